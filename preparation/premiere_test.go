package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/preparation"
)

// A heading is found in whatever column it stands, whatever its case and accents: the first one, too.
func TestTitreEnTeteDeLigne(t *testing.T) {
	t.Parallel()
	tous, ligne := titres(), juste()
	for i, titre := range tous {
		deplace := func(r []string, premier string) []string {
			return append([]string{premier}, append(slices.Clone(r[:i]), r[i+1:]...)...)
		}
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", deplace(tous, strings.ToUpper(titre)), deplace(ligne, ligne[i])))
		if lot.Nombre() != 1 || len(lot.Fautes) > 0 {
			t.Errorf("%s: %d orders\n%s", titre, lot.Nombre(), phrases(lot.Fautes))
		}
	}
}

// A row that says the headings again is told as such, one with a cell more is an order like any other.
func TestTitresRepetesEtUneCelluleDePlus(t *testing.T) {
	t.Parallel()
	encore := func(plus ...string) string {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), append(titres(), plus...)))
		return lot.Fautes[0].Code
	}
	if simple, plus := encore(), encore("x"); simple == plus {
		t.Errorf("%s both times", simple)
	}
	if simple, vide := encore(), encore(""); simple != vide {
		t.Errorf("an empty cell more: %s", vide)
	}
}

// Two characters that are the two bytes of one are told at the bounds of what bytes can be, and nothing beyond.
func TestPairesAuBord(t *testing.T) {
	t.Parallel()
	double := func(texte string) bool {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("ancienneVersion", texte)))
		return slices.ContainsFunc(fautes, func(f preparation.Faute) bool { return f.Lieu.Balise == "ancienneVersion" && f.Bloquante() })
	}
	for _, texte := range []string{"VÃ\u0080", "VÃ\u00a0x", "VÃ¿", "VÂ\u0080", "VÂ€", "VÃŸ", "VÅ’", "VÅ¸", "Vâ€™", "Vâ‚¬", "V√©", "V├®", "V┬á"} {
		if !double(texte) {
			t.Errorf("%q is taken", texte)
		}
	}
	for _, texte := range []string{"VÃÀ", "VÃ~", "VÃa", "VÂa", "VÅa", "Vâa", "Vâ", "VÃ", "V√a", "V√ ", "V├a"} {
		if double(texte) {
			t.Errorf("%q is refused", texte)
		}
	}
}
