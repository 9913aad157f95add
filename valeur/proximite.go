package valeur

import (
	"strings"
	"unicode"
)

// MaxCompare bounds the texts that are worth comparing letter by letter, in bytes.
const MaxCompare = 80

// Plat reduces a text to its letters and digits, in lower case: what is left when case, blanks and
// separators are overlooked.
func Plat(t string) string {
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
	if len(t) > MaxCompare {
		return ""
	}
	choix, meilleure := "", 0
	for _, nom := range noms {
		if len(nom) > MaxCompare {
			continue
		}
		if Plat(nom) == Plat(t) {
			return nom
		}
		d := Distance(Plat(t), Plat(nom))
		if d <= len(nom)/3 && (choix == "" || d < meilleure) {
			choix, meilleure = nom, d
		}
	}
	return choix
}

// Ecart is the edit distance, nothing when one text starts with the other.
func Ecart(t, autre string) int {
	if len(t) >= 3 && strings.HasPrefix(autre, t) {
		return 0
	}
	return Distance(t, autre)
}

// Distance counts the letters to insert, delete, replace or swap to get from a to b (optimal string
// alignment).
func Distance(a, b string) int {
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
