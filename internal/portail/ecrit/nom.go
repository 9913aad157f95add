package ecrit

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"

	"guichet/diag"
)

// An isolated text runs in its own direction, and nothing around it does.
const (
	debutIsole = "\u2068"
	finIsole   = "\u2069"
)

// Nom is what somebody wrote, for a sentence of the counter: on one line, what does not print is made visible, and a name that
// is written from right to left moves nothing beside it.
func Nom(t string) string {
	t = diag.Neutralize(t)
	if DroiteAGauche(t) {
		return debutIsole + t + finIsole
	}
	return t
}

// Citer marks what somebody wrote, line by line, so that it is not taken for ours.
func Citer(t string) string {
	lignes := strings.Split(strings.ReplaceAll(t, "\r\n", "\n"), "\n")
	for i, ligne := range lignes {
		lignes[i] = "> " + Nom(ligne)
	}
	return strings.Join(lignes, "\n")
}

// Visible shows what does not print in a text that may have several lines. What Nom isolated stays so.
func Visible(t string) string {
	if simple(t) {
		return t
	}
	lignes := strings.Split(strings.ReplaceAll(t, "\r\n", "\n"), "\n")
	for i, ligne := range lignes {
		lignes[i] = visible(ligne)
	}
	return strings.Join(lignes, "\n")
}

func visible(t string) string {
	var b strings.Builder
	for {
		avant, reste, ouvert := strings.Cut(t, debutIsole)
		dedans, apres, ferme := strings.Cut(reste, finIsole)
		if !ouvert || !ferme {
			b.WriteString(neutre(t))
			return b.String()
		}
		b.WriteString(neutre(avant) + debutIsole + neutre(dedans) + finIsole)
		t = apres
	}
}

// neutre leaves tabs, which do no harm on a page.
func neutre(t string) string {
	morceaux := strings.Split(t, "\t")
	for i, m := range morceaux {
		morceaux[i] = diag.Neutralize(m)
	}
	return strings.Join(morceaux, "\t")
}

// simple tells whether a text has nothing to look at: most have not.
func simple(t string) bool {
	for _, c := range t {
		if c == utf8.RuneError || !unicode.IsGraphic(c) && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

// DroiteAGauche tells whether a text has letters that are written from right to left.
func DroiteAGauche(t string) bool {
	for _, c := range t {
		if c < premiereDroite {
			continue
		}
		p, _ := bidi.LookupRune(c)
		if s := p.Class(); s == bidi.R || s == bidi.AL {
			return true
		}
	}
	return false
}

// premiereDroite is where the first script that runs from right to left begins: nothing before it needs to be looked up.
const premiereDroite = 0x590
