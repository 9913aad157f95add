package controle

import (
	"cmp"
	"slices"
	"strings"
	"unicode"

	"guichet/modele"
)

// maxCompare bounds the texts that are compared letter by letter.
const maxCompare = 80

// plat reduces a text to its letters and digits, in lower case: what is left when case, blanks and
// separators are overlooked.
func plat(t string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return unicode.ToLower(c)
		}
		return -1
	}, t)
}

// Proche returns the name among noms that t was meant to be, "" when none is near enough: the same letters
// overlooking case and separators, or a third of them different at most.
func Proche(t string, noms []string) string {
	if len(t) > maxCompare {
		return ""
	}
	choix, meilleure := "", 0
	for _, nom := range noms {
		if plat(nom) == plat(t) {
			return nom
		}
		d := distance(plat(t), plat(nom))
		if d <= len(nom)/3 && (choix == "" || d < meilleure) {
			choix, meilleure = nom, d
		}
	}
	return choix
}

// maxRecherches bounds how many values of a file are compared with a whole list of codes.
const maxRecherches = 200

// plusProches returns the three entries whose code or label are nearest to t, reduced by plat, nearest
// first; none once too many values of the file have been looked for.
func (c *champ) plusProches(t string) []modele.Entree {
	if c.recherches++; t == "" || c.recherches > maxRecherches {
		return nil
	}
	entrees := c.Type.Nomenclature.Codes
	type ecart struct {
		entree modele.Entree
		points int
	}
	ecarts := make([]ecart, len(entrees))
	for i, e := range entrees {
		ecarts[i] = ecart{e, min(eloignement(t, c.plats[i].Code), eloignement(t, c.plats[i].Libelle))}
	}
	slices.SortStableFunc(ecarts, func(a, b ecart) int { return cmp.Compare(a.points, b.points) })
	proches := make([]modele.Entree, 0, 3)
	for _, e := range ecarts[:min(3, len(ecarts))] {
		proches = append(proches, e.entree)
	}
	return proches
}

// eloignement is the edit distance, nothing when one text starts with the other.
func eloignement(t, autre string) int {
	if len(t) >= 3 && strings.HasPrefix(autre, t) {
		return 0
	}
	return distance(t, autre)
}

// distance counts the letters to insert, delete, replace or swap to get from a to b (optimal string
// alignment).
func distance(a, b string) int {
	r, s := []rune(a), []rune(b)
	avantDerniere, derniere, ligne := make([]int, len(s)+1), make([]int, len(s)+1), make([]int, len(s)+1)
	for j := range derniere {
		derniere[j] = j
	}
	for i := 1; i <= len(r); i++ {
		ligne[0] = i
		for j := 1; j <= len(s); j++ {
			cout := 1
			if r[i-1] == s[j-1] {
				cout = 0
			}
			ligne[j] = min(ligne[j-1]+1, derniere[j]+1, derniere[j-1]+cout)
			if i > 1 && j > 1 && r[i-1] == s[j-2] && r[i-2] == s[j-1] {
				ligne[j] = min(ligne[j], avantDerniere[j-2]+1)
			}
		}
		avantDerniere, derniere, ligne = derniere, ligne, avantDerniere
	}
	return derniere[len(s)]
}
