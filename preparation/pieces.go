package preparation

import (
	"slices"

	"guichet/modele"
)

// Retrouver notes that a document was found under another name than that of its cell: a repair, which is a fault in
// strict mode.
func (l *Lot) Retrouver(d Document, fichier string, motif modele.Texte) (f Faute, refusee bool) {
	if l.strict {
		return stricte(d.Lieu, d.Chemin, fichier, motif), true
	}
	if len(l.Reparations) >= maxGardees {
		l.ReparationsOmises++
		return f, false
	}
	l.Reparations = append(l.Reparations, Reparation{Lieu: d.Lieu, Avant: abreger(d.Chemin), Apres: fichier, Motif: motif})
	return f, false
}

// Introuvable notes that a document is nowhere, which is told at its cell: nothing is told there of its extension any more.
func (l *Lot) Introuvable(d Document) {
	l.Fautes = slices.DeleteFunc(l.Fautes, func(f Faute) bool { return f.Code == regles[regleExtension].Code && f.Lieu == d.Lieu })
}

// Partagee is the fault of a document that is also one of another order.
func Partagee(d, autre Document, commande string) Faute {
	return reglePartage.faute(d.Lieu, d.Chemin, autre.Type, commande)
}

// Propre tells whether each order has a document of this kind of its own: one that every order needs. A proof that is
// about the supplier serves all its orders.
func (l *Lot) Propre(piece string) bool {
	c := l.plan.compte(piece)
	if c == nil {
		return false
	}
	toujours, constante := modele.Constante(c.Si)
	return toujours && constante
}
