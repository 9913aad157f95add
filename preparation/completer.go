package preparation

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"guichet/modele"
)

// completer fills in what empty cells mean, empties what the conditions of the table want empty, and looks at
// the documents and numbers.
func (l *Lot) completer() {
	numeros, etablissements := indexDe(int(l.demandes.n)), indexDe(int(l.esms.n))
	for d := range l.demandes.n {
		l.niveau(Commande, d, aucun, aucun)
		l.documents(d)
		l.numerote(&numeros, d)
		for o := l.demandes.a(d).premier; o != aucun; o = l.ogs.a(o).suivant {
			l.niveau(OG, d, o, aucun)
			for e := l.ogs.a(o).premier; e != aucun; e = l.esms.a(e).suivant {
				l.niveau(ESMS, d, o, e)
				l.ailleurs(&etablissements, d, e)
			}
		}
	}
}

// niveau completes the values of one item; d, o and e are the demande, OG and ESMS at hand, aucun for those beneath it.
func (l *Lot) niveau(n Niveau, d, o, e int32) {
	items := [...]int32{d, o, e}
	valeurDe := func(c int) []byte { return l.litteral(c, items[l.plan.colonnes[c].Niveau]) }
	for c := l.plan.debut[n]; c < l.plan.debut[n+1]; c++ {
		if r := l.ref(c, items[n]); *r == vide {
			*r = l.plan.colonnes[c].defaut
		}
	}
	for c := l.plan.debut[n]; c < l.plan.debut[n+1]; c++ {
		col, r := l.plan.colonnes[c], l.ref(c, items[n])
		if !col.gardees || !r.tenue() || !col.nul.vaut(valeurDe) {
			continue
		}
		if *r != col.defaut {
			if col.Piece != "" {
				continue // the check remarks it: the source forbids no document
			}
			l.vider(valeurDe, c, items[:])
		}
		*r = nulle
	}
}

// vider tells what becomes of a value under a condition that wants none. A no that every row has, and a constant of the
// mapping, do not count there; a filled cell says otherwise than that of the condition, and nobody knows which is wrong.
func (l *Lot) vider(valeurDe func(int) []byte, c int, items []int32) {
	col := l.plan.colonnes[c]
	item := items[col.Niveau]
	lieu, ecrit, reference := l.cellule(c, item), valeurDe(c), l.memoire.lire(l.demandes.a(items[Commande]).reference)
	if lieu.Colonne == "" || string(ecrit) == "false" {
		motif := modele.Texte{Fr: texte(motifs[motifNul], parlerEn(col.nul.phrase.Fr, modele.Francais)).Fr, En: texte(motifs[motifNul], parlerEn(col.nul.phrase.En, modele.Anglais)).En}
		l.reparer(func() Lieu { return lieu }, reference, cmp.Or(nu(ecrit), string(ecrit)), "null", motif)
		return
	}
	si := col.nul.tenue(valeurDe)
	f, la, vaut := regleCondition.faute(lieu), l.cellule(si, items[l.plan.colonnes[si].Niveau]), montrer(string(ecrit))
	f.Message.Fr = texte(regles[regleCondition].Message, lieu.Balise, abreger(vaut.Fr), parlerEn(col.nul.phrase.Fr, modele.Francais), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleCondition].Message, lieu.Balise, abreger(vaut.En), parlerEn(col.nul.phrase.En, modele.Anglais), la.In(modele.Anglais)).En
	f.commandes = []string{string(reference)}
	l.fauter(f)
}

// documents looks at the extensions of the documents of a demande.
func (l *Lot) documents(d int32) {
	for c, r := range l.pieces(d) {
		if _, ok := l.extension(r); !ok {
			var admises []string
			for e := range l.plan.pieces.formats {
				admises = append(admises, "."+e)
			}
			slices.Sort(admises)
			l.fauter(regleExtension.faute(l.cellule(c, d), abreger(string(l.memoire.lire(r))), strings.Join(admises, ", ")))
		}
	}
}

// ailleurs looks whether another order has an ESMS of this one: the check sees one file only, and not the table.
func (l *Lot) ailleurs(etablissements *index, d, e int32) {
	c := l.plan.identite[ESMS]
	finess := l.litteral(c, e)
	i, nouveau := etablissements.chercher(etablissements.hacher(finess), int(e), func(i int) bool { return bytes.Equal(l.litteral(c, int32(i)), finess) })
	autre := int32(i)
	if nouveau || l.esms.a(autre).demande == d {
		return
	}
	la, reference := l.cellule(c, autre), string(l.memoire.lire(l.demandes.a(l.esms.a(autre).demande).reference))
	f := regleESMSAilleurs.faute(l.cellule(c, e))
	f.Message.Fr = texte(regles[regleESMSAilleurs].Message, nu(finess), abreger(reference), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleESMSAilleurs].Message, nu(finess), abreger(reference), la.In(modele.Anglais)).En
	f.commandes = []string{reference, string(l.memoire.lire(l.demandes.a(d).reference))}
	l.fauter(f)
}

// numerote looks whether another demande has the number of this one: the check sees one file only.
func (l *Lot) numerote(numeros *index, d int32) {
	c := l.plan.numero
	if c < 0 || !l.ref(c, d).tenue() {
		return
	}
	numero := l.litteral(c, d)
	autre, nouveau := numeros.chercher(numeros.hacher(numero), int(d), func(i int) bool { return bytes.Equal(l.litteral(c, int32(i)), numero) })
	if nouveau {
		return
	}
	la := l.cellule(c, int32(autre))
	f := regleNumero.faute(l.cellule(c, d))
	f.Message.Fr = texte(regles[regleNumero].Message, nu(numero), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleNumero].Message, nu(numero), la.In(modele.Anglais)).En
	l.fauter(f)
}
