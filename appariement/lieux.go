package appariement

import (
	"cmp"
	"path"
	"slices"
	"strings"
)

// Lieux are the documents that a file names, as a name that somebody chose is compared with them.
type Lieux struct {
	tous                   []lieu
	noms, numeros, nombres map[string][]int // by name, numeroEditeur, numbers of the name
	allures                map[string]bool  // of the names, and of each numeroEditeur that has letters
	longueur               int              // words of the longest of these
}

type lieu struct {
	nom          string // as it is compared
	numero, mots []string
}

// NouveauxLieux prepares the comparison.
func NouveauxLieux(pieces []Piece) *Lieux {
	l := &Lieux{make([]lieu, len(pieces)), map[string][]int{}, map[string][]int{}, map[string][]int{}, map[string]bool{}, 0}
	for i, p := range pieces {
		nom := tige(nomCompare(p.Nom))
		u := lieu{nom, decouper(p.Numero), decouper(nom)}
		l.tous[i] = u
		ranger(l.noms, nom, i)
		ranger(l.numeros, suite(u.numero), i)
		ranger(l.nombres, suite(nombres(u.mots)), i)
		l.allures[allure(u.mots)] = true
		if slices.ContainsFunc(u.numero, func(m string) bool { return !chiffre(m) }) {
			l.allures[allure(u.numero)] = true
		}
		l.longueur = max(l.longueur, len(u.numero), len(u.mots))
	}
	return l
}

func ranger(index map[string][]int, cle string, i int) { index[cle] = append(index[cle], i) }

func nomCompare(chemin string) string { return path.Base(formes(chemin)[nombrePrecisions-1]) }

func suite(mots []string) string { return strings.Join(mots, " ") }

// allure is what words look like, whatever their numbers: "a #" for A0001.
func allure(mots []string) string {
	mots = slices.Clone(mots)
	for i := range mots {
		if chiffre(mots[i]) {
			mots[i] = "#"
		}
	}
	return suite(mots)
}

// Proches tells which of the documents, at most max, a file may be by its name, best first, among those that libre
// lets through: the same but for capitals and the ways to write a letter; one whose numeroEditeur it holds; one that
// is like it, as long as both have the same numbers.
func (l *Lieux) Proches(chemin string, max int, libre func(i int) bool) (trouves []int) {
	nom := tige(nomCompare(chemin))
	mots := decouper(nom)
	type proche struct{ i, rang, communs, distance int }
	var liste []proche
	for _, i := range l.possibles(nom, mots) {
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

// possibles are those documents that have something of a name: few among thousands, in their order.
func (l *Lieux) possibles(nom string, mots []string) []int {
	tous := slices.Concat(l.noms[nom], l.nombres[suite(nombres(mots))])
	for _, s := range l.suites(mots) {
		tous = append(tous, l.numeros[suite(s)]...)
	}
	slices.Sort(tous)
	return slices.Compact(tous)
}

// Designe tells whether a name says of which demande a file is: it holds a numeroEditeur, or one made like those of the
// documents, or it is made like the name of one.
func (l *Lieux) Designe(chemin string) bool {
	return slices.ContainsFunc(l.suites(decouper(tige(nomCompare(chemin)))), func(s []string) bool {
		return l.numeros[suite(s)] != nil || l.allures[allure(s)]
	})
}

// suites are the words of a name that follow each other, as many as a numeroEditeur or a name has.
func (l *Lieux) suites(mots []string) (suites [][]string) {
	for i := range mots {
		for j := i + 1; j <= min(i+l.longueur, len(mots)); j++ {
			suites = append(suites, mots[i:j])
		}
	}
	return suites
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
