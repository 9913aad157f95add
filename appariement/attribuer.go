package appariement

import (
	"path"
	"strings"

	"guichet/modele"
)

// cle is what the name of a document says (§3.3): for which demande, and which kind.
type cle struct{ numero, typ string }

// attribution gives each document to those that ask for it.
type attribution struct {
	r       *Resultat
	norme   modele.NormePieces
	parNom  map[string][]int // by nomFichier: indexes in Attendues.Pieces
	parCle  map[cle][]int
	numeros map[string]bool
	trouves []*Document
}

// attribuer returns, for each document that the file names, the one that was found, and reports those that
// nobody asks for.
func (r *Resultat) attribuer(l *Lot, c *Correspondance) []*Document {
	t := attribution{
		r: r, norme: r.attendues.norme, parNom: map[string][]int{}, parCle: map[cle][]int{},
		numeros: map[string]bool{}, trouves: make([]*Document, len(r.attendues.Pieces)),
	}
	for i, p := range r.attendues.Pieces {
		t.parNom[p.Nom] = append(t.parNom[p.Nom], i)
		t.parCle[cle{p.Numero, p.Type}] = append(t.parCle[cle{p.Numero, p.Type}], i)
		t.numeros[p.Numero] = true
	}
	designes := t.correspondance(l, c)
	for i := range l.Documents {
		if d := &l.Documents[i]; !designes[d] {
			t.parSonNom(d)
		}
	}
	return t.trouves
}

// donner gives a document to those that ask for it; the first one found stays.
func (t *attribution) donner(d *Document, pieces []int) {
	for _, i := range pieces {
		if autre := t.trouves[i]; autre != nil {
			t.r.signaler(anomalie{numero: regleDouble, piece: i, document: d.Chemin, detail: modele.Texte{Fr: autre.Chemin, En: autre.Chemin}})
			continue
		}
		t.trouves[i] = d
		if nom := t.r.attendues.Pieces[i].Nom; d.Archive && path.Base(d.Relatif) != nom {
			t.r.signaler(anomalie{numero: regleNom, piece: i, document: d.Chemin})
		}
	}
}

// parSonNom gives a document by its name: exactly that of the file, else what the norm reads in it.
func (t *attribution) parSonNom(d *Document) {
	nom := path.Base(d.Relatif)
	if pieces := t.parNom[nom]; pieces != nil {
		t.donner(d, pieces)
		return
	}
	k, ok := lireNom(t.norme, nom)
	if pieces := t.parCle[k]; ok && pieces != nil {
		t.donner(d, pieces)
		return
	}
	a := anomalie{numero: regleEnTrop, piece: -1, document: d.Chemin, detail: t.raison(k, ok)}
	if n, autre := d.nature(); autre {
		a.detail, a.faire = modele.Texte{Fr: "c'est " + n.Nom.Fr, En: "it is " + n.Nom.En}, n.Faire
	}
	t.r.signaler(a)
}

// raison says why nobody asks for a document.
func (t *attribution) raison(k cle, ok bool) modele.Texte {
	switch {
	case !ok:
		return modele.Texte{
			Fr: "son nom n'est pas de la forme " + t.norme.Gabarit(baliseNumero),
			En: "its name is not of the form " + t.norme.Gabarit(baliseNumero),
		}
	case !t.numeros[k.numero]:
		return modele.Texte{
			Fr: "aucune demande n'a le numeroEditeur " + k.numero,
			En: "no request has the numeroEditeur " + k.numero,
		}
	}
	return modele.Texte{
		Fr: "la demande " + k.numero + " n'a pas de pièce " + k.typ,
		En: "the request " + k.numero + " has no document " + k.typ,
	}
}

// lireNom reads a document's name with more leniency than the control: for someone who names files by hand,
// case, blanks at the ends and extension tell nothing about what is meant.
func lireNom(n modele.NormePieces, nom string) (k cle, ok bool) {
	nom = tige(ecriture(nom))
	for _, prefixe := range append([]string{n.Prefixe}, n.Tolerees...) {
		if len(nom) <= len(prefixe) || !strings.EqualFold(nom[:len(prefixe)], prefixe) {
			continue
		}
		code, numero, cut := strings.Cut(strings.TrimPrefix(nom[len(prefixe):], "-"), "-")
		for typ, c := range n.Codes {
			if cut && strings.EqualFold(code, c) && len(numero) == n.Longueur {
				return cle{numero, typ}, true
			}
		}
	}
	return k, false
}
