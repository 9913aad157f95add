package export_test

import (
	"regexp"
	"strings"
	"testing"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func TestDocumentationHasEachTag(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			rows := tableRows(string(export.Documentation(m, l)))
			visit(m.EnTete, func(c modele.Champ) {
				row, found := rows["`"+c.Balise+"`"]
				if !found {
					t.Fatalf("%s: no row for %s", m.Edition, c.Balise)
				}
				for _, want := range []string{c.Libelle.In(l), c.Aide.In(l), modele.Format(c.Type, l), c.Obligation.Phrase(l), c.Source, c.Exemple} {
					if !strings.Contains(row, want) {
						t.Errorf("%s: the row of %s lacks %q: %s", m.Edition, c.Balise, want, row)
					}
				}
			})
		}
	}
}

func TestDocumentationRules(t *testing.T) {
	t.Parallel()
	page := string(export.Documentation(ms1dui.Courante(), modele.Anglais))
	for _, want := range []string{
		"- `C302`, `A516` — piecesJustificatives: exactly once typeFichier = \"PREUVE_HT\" if regimeTVA = \"HT\", never if regimeTVA = \"TTC\" (a mere warning)",
		"- `C303`, `C304`, `C305` — scenarioInstallation.FINESSGeo takes up each value of",
		"`MS1-DUI-Va1-<BDC|HT>-<numeroEditeur>.<jpg|pdf|png>`",
		"## Bénéficiaires (continued)",
	} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if french := regexp.MustCompile(`obligatoire|toléré|exactement`).FindString(page); french != "" {
		t.Errorf("the English page says %q", french)
	}
}

func TestNomenclature(t *testing.T) {
	t.Parallel()
	n := &modele.Nomenclature{
		Nom:   modele.Texte{Fr: "liste d'essai", En: "test list"},
		Codes: []modele.Entree{{Code: "A_1", Libelle: "PREMIER | UN"}, {Code: "B_2", Libelle: "SECOND"}},
	}
	page := string(export.Nomenclature(n, modele.Francais))
	for _, want := range []string{"# Liste d'essai\n", "2 codes", "| Code | Libellé |\n| --- | --- |\n| `A_1` | PREMIER \\| UN |\n| `B_2` | SECOND |\n"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q:\n%s", want, page)
		}
	}
}

// tableRows returns the rows of six cells by the code that begins their first cell.
func tableRows(page string) map[string]string {
	rows := map[string]string{}
	for line := range strings.Lines(page) {
		if code := regexp.MustCompile("^\\| (`[^`]+`)").FindStringSubmatch(line); code != nil && strings.Count(strings.ReplaceAll(line, `\|`, ""), "|") == 7 {
			rows[code[1]] = line
		}
	}
	return rows
}
