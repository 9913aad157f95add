package preparation_test

import (
	"slices"
	"strings"
	"testing"

	"guichet/preparation"
)

// A line that adds up others is told as what it looks like, wherever it says so; nothing is written of the table.
func TestTotaux(t *testing.T) {
	t.Parallel()
	vide := func(cellules ...string) []string {
		ligne := juste()
		for i := range ligne {
			ligne[i] = ""
		}
		for i := 0; i < len(cellules); i += 2 {
			ligne[slices.Index(titres(), cellules[i])] = cellules[i+1]
		}
		return ligne
	}
	for _, c := range []struct {
		nom, code, dit string
		ligne          []string
	}{
		{"total as the reference", "T047", "« TOTAL » : la ligne a l'air d'un total", vide("referenceCommande", "TOTAL", "montantSegurHT", "7300,00")},
		{"grand total", "T047", "« Total général »", vide("referenceCommande", "Total général", "montantSegurHT", "7300,00")},
		{"subtotal", "T047", "« Sous-total »", vide("referenceCommande", "Sous-total", "montantSegurHT", "7300,00")},
		{"subtotal of an order", "T047", "« Total CMD-1 »", vide("referenceCommande", "Total CMD-1", "montantSegurHT", "7300,00")},
		{"subtotal of an order, in English", "T047", "« CMD-1 Total »", vide("referenceCommande", "CMD-1 Total", "montantSegurHT", "7300,00")},
		{"total in another column", "T047", "« Total HT : »", vide("regimeTVA", "Total HT :", "montantSegurHT", "7300,00")},
		{"sum", "T047", "« SOMME »", vide("referenceCommande", "SOMME")},
		{"subtotal of a month", "T047", "« Sous total septembre »", vide("referenceCommande", "Sous total septembre", "montantSegurHT", "1")},
		{"amount alone", "T047", "seulement « 7 300,00 »", vide("montantSegurHT", "7 300,00")},
		{"total beside an establishment", "T047", "« Total »", juste("referenceCommande", "Total")},
		{"total with a number for nothing", "T047", "« Total »", vide("referenceCommande", "Total", "FINESSJuridique", "-")},
		{"name that has the word within", "T002", "FINESSJuridique est vide", vide("referenceCommande", "Projet total Nord")},
		{"customer of that name", "", "", juste("referenceCommande", "TOTAL-2023-01")},
		{"reference in words", "", "", juste("referenceCommande", "Total Energies")},
		{"text alone", "T001", "pas de référence", vide("nomResponsableOG", "DURAND")},
		{"text beside an amount", "T001", "pas de référence", vide("nomResponsableOG", "DURAND", "montantSegurHT", "7300,00")},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			lot, _, fautes := preparer(t, preparation.Options{}, feuille("c.csv", "", titres(), juste("referenceCommande", "CMD-9", "numeroEditeur", "A0009", "FINESSGeo", "995000023"), c.ligne))
			fautes = slices.DeleteFunc(fautes, func(f preparation.Faute) bool { return !f.Bloquante() })
			if c.code == "" && (len(fautes) > 0 || lot.Nombre() != 2) {
				t.Fatalf("%d orders\n%s", lot.Nombre(), phrases(fautes))
			}
			if c.code != "" && (len(fautes) != 1 || fautes[0].Code != c.code || !strings.Contains(fautes[0].Message.Fr, c.dit) || fautes[0].Lieu.Ligne != 3 || lot.Nombre() != 1) {
				t.Errorf("%d orders\n%s\nwant %s %s", lot.Nombre(), phrases(fautes), c.code, c.dit)
			}
		})
	}
}
