package preparation_test

import (
	"context"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// A year that nobody meant is an error at its cell, however it came there; others of this century are not.
func TestYearsNobodyMeant(t *testing.T) {
	t.Parallel()
	for cellule, refusee := range map[string]bool{
		"15/09/0023": true, "0023-09-15": true, "0023-09-15T10:00:00": true, "15/09/0202": true, "15/09/1923": true, "31/12/1999": true,
		"15/09/2100": true, "15/09/9999": true, "9999-12-31": true,
		"15/09/2023": false, "01/01/2000": false, "31/12/2099": false, "15/09/23": false, "2023-09-15": false, "@45184|dd/mm/yyyy": false, "@45184|dd/mm/yy": false,
	} {
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", titres(), juste("dateCommande", cellule))}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		dit := ""
		for _, f := range lot.Fautes {
			dit += f.Code + " " + f.In(modele.Francais) + "\n"
		}
		if strings.Contains(dit, "T044 a.csv, ligne 2, colonne C (dateCommande)") != refusee || lot.Bloquant() != refusee {
			t.Errorf("%s: %s", cellule, dit)
		}
	}
}
