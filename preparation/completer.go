package preparation

import (
	"bytes"
	"slices"
	"strings"

	"guichet/modele"
)

// completer fills in what empty cells mean, empties what the conditions of the table want empty, and looks at
// the documents and numbers.
func (l *Lot) completer() {
	numeros := nouvelIndex()
	for d := range l.demandes.n {
		l.niveau(Commande, d, d, 0)
		l.documents(d)
		l.numerote(&numeros, d)
		for o := l.demandes.a(d).premier; o != aucun; o = l.ogs.a(o).suivant {
			l.niveau(OG, d, o, 0)
			for e := l.ogs.a(o).premier; e != aucun; e = l.esms.a(e).suivant {
				l.niveau(ESMS, d, o, e)
			}
		}
	}
}

// niveau completes the values of one item; d, o and e are the demande, OG and ESMS at hand.
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
		if !col.gardees || *r <= nulle || !col.nul.vaut(valeurDe) {
			continue
		}
		if *r != col.defaut {
			m := motifNul
			if col.Piece != "" {
				m = motifSansPiece
			}
			motif := modele.Texte{Fr: texte(motifs[m], col.nul.phrase.Fr).Fr, En: texte(motifs[m], col.nul.phrase.En).En}
			l.reparer(func() Lieu { return l.cellule(c, items[n]) }, string(l.memoire.lire(*r)), "null", motif)
		}
		*r = nulle
	}
}

// documents looks at the extensions of the documents of a demande.
func (l *Lot) documents(d int32) {
	for c := l.plan.debut[Commande]; c < l.plan.debut[OG]; c++ {
		r := *l.ref(c, d)
		if l.plan.colonnes[c].Piece == "" || r <= nulle {
			continue
		}
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

// numerote looks whether another demande has the number of this one: the check sees one file only.
func (l *Lot) numerote(numeros *index, d int32) {
	c := l.plan.numero
	if c < 0 || *l.ref(c, d) <= nulle {
		return
	}
	numero := l.litteral(c, d)
	autre, nouveau := numeros.chercher(numeros.hacher(numero), int(d), func(i int) bool { return bytes.Equal(l.litteral(c, int32(i)), numero) })
	if nouveau {
		return
	}
	la := l.cellule(c, int32(autre))
	f := regleNumero.faute(l.cellule(c, d))
	f.Message.Fr = texte(regles[regleNumero].Message, string(numero), la.In(modele.Francais)).Fr
	f.Message.En = texte(regles[regleNumero].Message, string(numero), la.In(modele.Anglais)).En
	l.fauter(f)
}
