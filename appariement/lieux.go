package appariement

import (
	"cmp"
	"path"
	"slices"
)

// Lieux are the documents that a file names, as a name that somebody chose is compared with them.
type Lieux struct{ tous []lieu }

type lieu struct {
	nom          string // as it is compared
	numero, mots []string
}

// NouveauxLieux prepares the comparison.
func NouveauxLieux(pieces []Piece) *Lieux {
	l := &Lieux{make([]lieu, len(pieces))}
	for i, p := range pieces {
		nom := tige(nomCompare(p.Nom))
		l.tous[i] = lieu{nom, decouper(p.Numero), decouper(nom)}
	}
	return l
}

func nomCompare(chemin string) string { return path.Base(formes(chemin)[nombrePrecisions-1]) }

// Proches tells which of the documents, at most max, a file may be by its name, best first, among those that libre
// lets through: the same but for capitals and the ways to write a letter; one whose numeroEditeur it holds; one that
// is like it, as long as both have the same numbers.
func (l *Lieux) Proches(chemin string, max int, libre func(i int) bool) (trouves []int) {
	nom := tige(nomCompare(chemin))
	mots := decouper(nom)
	type proche struct{ i, rang, communs, distance int }
	var liste []proche
	for i := range l.tous {
		if !libre(i) {
			continue
		}
		u := &l.tous[i]
		d, near := distance(nom, u.nom)
		p := proche{i, 0, communs(mots, u.mots), d}
		switch {
		case nom == u.nom:
		case len(u.numero) > 0 && contient(mots, u.numero):
			p.rang = 1
		case near && slices.Equal(nombres(mots), nombres(u.mots)):
			p.rang = 2
		default:
			continue
		}
		liste = append(liste, p)
	}
	slices.SortStableFunc(liste, func(a, b proche) int {
		return cmp.Or(a.rang-b.rang, b.communs-a.communs, a.distance-b.distance)
	})
	for _, p := range liste[:min(max, len(liste))] {
		trouves = append(trouves, p.i)
	}
	return trouves
}

// communs counts the words of a that are in b too: "A0002 preuve HT" has HT in common with the one of two documents of A0002.
func communs(a, b []string) (n int) {
	for _, m := range a {
		if slices.Contains(b, m) {
			n++
		}
	}
	return n
}
