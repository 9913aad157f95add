package appariement

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"unicode"

	"guichet/valeur"
)

// Proches proposes the files, at most max, that a path may have meant, best first; indices are other words that the
// name of the file may hold, such as the reference of the order. A file that ecarter holds for taken is not proposed.
func (r *Repertoire) Proches(chemin string, indices []string, max int, ecarter func(fichier string) bool) []string {
	cherche := tige(formes(chemin)[nombrePrecisions-1])
	mots := decouper(cherche)
	var suites [][]string
	for _, t := range append([]string{cherche}, indices...) {
		if m := decouper(tige(t)); slices.ContainsFunc(m, chiffre) {
			suites = append(suites, m)
		}
	}
	type proche struct {
		fichier string
		rang    [2]int
	}
	var liste []proche
	for i := range r.entrees {
		e := &r.entrees[i]
		if ecarter(e.fichier) {
			continue
		}
		nom := tige(e.formes[nombrePrecisions-1])
		if e.mots == nil {
			e.mots = decouper(nom)
		}
		d, near := distance(cherche, nom)
		switch {
		case slices.ContainsFunc(suites, func(s []string) bool { return contient(e.mots, s) }):
			liste = append(liste, proche{e.fichier, [2]int{0, d}})
		case near && slices.Equal(nombres(mots), nombres(e.mots)):
			liste = append(liste, proche{e.fichier, [2]int{1, d}})
		case near:
			liste = append(liste, proche{e.fichier, [2]int{2, d}})
		}
	}
	slices.SortStableFunc(liste, func(a, b proche) int {
		return cmp.Or(slices.Compare(a.rang[:], b.rang[:]), cmp.Compare(a.fichier, b.fichier))
	})
	var fichiers []string
	for _, p := range liste {
		if len(fichiers) < max && !slices.Contains(fichiers, p.fichier) {
			fichiers = append(fichiers, p.fichier)
		}
	}
	return fichiers
}

// tige is the name of a file without folder and extension.
func tige(chemin string) string {
	nom := path.Base(chemin)
	return strings.TrimSuffix(nom, path.Ext(nom))
}

// decouper cuts a name where letters, digits and other signs meet: BC2023-014 gives bc, 2023, 14. So 12 is not in
// 112.
func decouper(nom string) []string {
	var mots []string
	debut := 0
	genre := func(r rune) int {
		switch {
		case unicode.IsDigit(r):
			return 1
		case unicode.IsLetter(r):
			return 2
		}
		return 0
	}
	avant := 0
	noter := func(mot string) {
		if avant == 1 {
			mot = cmp.Or(strings.TrimLeft(mot, "0"), "0")
		}
		if avant != 0 {
			mots = append(mots, strings.ToLower(mot))
		}
	}
	for i, r := range nom {
		if g := genre(r); g != avant {
			noter(nom[debut:i])
			debut, avant = i, g
		}
	}
	noter(nom[debut:])
	return mots
}

func chiffre(mot string) bool { return mot != "" && mot[0] >= '0' && mot[0] <= '9' }

func nombres(mots []string) []string {
	return slices.DeleteFunc(slices.Clone(mots), func(m string) bool { return !chiffre(m) })
}

// contient tells whether the words of part follow each other in all.
func contient(all, part []string) bool {
	for i := 0; i+len(part) <= len(all); i++ {
		if slices.Equal(all[i:i+len(part)], part) {
			return true
		}
	}
	return false
}

// distance counts the letters to change, where a third of them at most is.
func distance(a, b string) (d int, near bool) {
	plus := len(a)/3 + 1
	if len(a) > valeur.MaxCompare || len(b) > valeur.MaxCompare || len(a)-len(b) > plus || len(b)-len(a) > plus {
		return len(a) + len(b), false
	}
	d = valeur.Distance(a, b)
	return d, d <= plus
}
