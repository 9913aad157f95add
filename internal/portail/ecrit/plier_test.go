package ecrit_test

import (
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"guichet/internal/portail/ecrit"
)

func TestPlier(t *testing.T) {
	t.Parallel()
	for texte, veut := range map[string]string{
		"Crèche des Lilas":             "creche des lilas",
		"CRE\u0300CHE  DES\u00a0LILAS": "creche des lilas",
		"Œuvre de l’Été – Straße":      "oeuvre de l'ete - strasse",
		"ﬁn\u200b de\tligne":           "fin de ligne",
		"100 % d'a_b":                  "100 % d'a_b",
	} {
		if a := ecrit.Plier(texte); a != veut {
			t.Errorf("Plier(%q) = %q, want %q", texte, a, veut)
		}
	}
	if a := ecrit.Motif(`50 %_\É`); a != `%50 \%\_\\e%` {
		t.Errorf("%q", a)
	}
	if a := ecrit.MotifNumero(" enr-1\u00a02_"); a != `%ENR-12\_%` {
		t.Errorf("%q", a)
	}
	if a := ecrit.MotifNumero("enr"); a != "" {
		t.Errorf("%q", a)
	}
	if a := ecrit.Numero(" 0100\u00a000032 "); a != "010000032" {
		t.Errorf("%q", a)
	}
}

// Any part of a name is found in it, in any case and form.
func TestAPartIsFoundInItsName(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		nom := rapid.String().Draw(t, "nom")
		lettres := []rune(norm.NFC.String(nom))
		i := rapid.IntRange(0, len(lettres)).Draw(t, "i")
		partie := string(lettres[i:rapid.IntRange(i, len(lettres)).Draw(t, "j")])
		for _, forme := range []string{partie, norm.NFD.String(partie), norm.NFC.String(partie)} {
			if !strings.Contains(ecrit.Plier(nom), ecrit.Plier(forme)) {
				t.Fatalf("%q (%q) is not found in %q", forme, ecrit.Plier(forme), ecrit.Plier(nom))
			}
		}
		if plie := ecrit.Plier(nom); ecrit.Plier(plie) != plie {
			t.Fatalf("%q becomes %q", plie, ecrit.Plier(plie))
		}
	})
}

// A letter of any script is found by its capital and by its small form, and what is folded stays as it is.
func TestEachLetterIsFolded(t *testing.T) {
	t.Parallel()
	for c := rune(1); c <= unicode.MaxRune; c++ {
		if !unicode.IsGraphic(c) || unicode.Is(unicode.Mn, c) {
			continue
		}
		plie := ecrit.Plier(string(c))
		for _, autre := range []string{plie, string(unicode.ToUpper(c)), string(unicode.ToLower(c)), norm.NFC.String(string(c))} {
			if got := ecrit.Plier(autre); got != plie {
				t.Errorf("%U %q becomes %q, but %q becomes %q", c, c, plie, autre, got)
			}
		}
	}
}
