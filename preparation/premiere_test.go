package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/modele"
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

// What stands for no reference makes no order: two orders that have it would become one, and the amount of the second be lost.
func TestReferencesVaines(t *testing.T) {
	t.Parallel()
	for _, r := range []string{"-", "?", "néant", "n/a", "à venir", "0", "000", "idem", "Idem.", "\"", "''", "…", "--", "xxx", "sans objet", "à compléter", "RAS", "sans numéro"} {
		lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("referenceCommande", r), juste("referenceCommande", r, "FINESSGeo", "995000015")))
		if lot.Nombre() != 0 || len(fautes) != 2 || fautes[0].Code != "T048" || fautes[1].Lieu.In(modele.Francais) != "a.csv, ligne 3, colonne A (referenceCommande)" {
			t.Errorf("%q: %d orders\n%s", r, lot.Nombre(), phrases(fautes))
		}
	}
	for _, r := range []string{"X7", "A", "ABC", "0A1", "idem 2", "Sans Souci", "CMD", "n° 7"} {
		if lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("referenceCommande", r))); lot.Nombre() != 1 || len(fautes) > 0 {
			t.Errorf("%q: %d orders\n%s", r, lot.Nombre(), phrases(fautes))
		}
	}
}

// A reference is the one of another row once what nobody sees is taken away: this is told of each, and refused in strict mode.
func TestReferencesEpurees(t *testing.T) {
	t.Parallel()
	for ecrite, propre := range map[string]string{"CMD\u00a01": "CMD 1", "CMD\u200b 1": "CMD 1", ` ="CMD1"`: "CMD1", "'CMD1": "CMD1", " CMD 1 ": "CMD 1"} {
		rangees := [][]string{titres(), juste("referenceCommande", propre), juste("referenceCommande", ecrite, "FINESSGeo", "995000015")}
		lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", rangees...))
		if lot.Nombre() != 1 || len(fautes) > 0 || len(lot.Reparations) != 1 || lot.Reparations[0].Apres != `"`+propre+`"` || lot.Reparations[0].Lieu.In(modele.Francais) != "a.csv, ligne 3, colonne A (referenceCommande)" {
			t.Errorf("%q: %d orders, %v\n%s", ecrite, lot.Nombre(), lot.Reparations, phrases(fautes))
		}
		if _, _, fautes := preparer(t, preparation.Options{Strict: true}, feuille("a.csv", "", rangees...)); len(fautes) != 1 || fautes[0].Code != "T008" {
			t.Errorf("%q, strict:\n%s", ecrite, phrases(fautes))
		}
	}
}
