package preparation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// Rows are read by several at once, and told in their order: what is kept of more than can be kept is the first.
func TestOrdreDesRangees(t *testing.T) {
	t.Parallel()
	const n = 3_000 // some ten times what is read together
	rangees := [][]string{titres()}
	var fautives, reparees []int
	for i := range n {
		r := juste("referenceCommande", fmt.Sprint("CMD-", i/3), "FINESSGeo", fmt.Sprintf("99%07d", i))
		ligne := i + 2
		if i%7 == 0 {
			r[slices.Index(titres(), "FINESSGeo")], fautives = " ", append(fautives, ligne)
		}
		if i%11 == 0 {
			r[slices.Index(titres(), "profilMetier")], reparees = "pa,ph", append(reparees, ligne)
		}
		rangees = append(rangees, r)
	}
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", rangees...)}, preparation.Options{})
	if err != nil {
		t.Fatal(err)
	}
	lignes := func(lieux []int, code string) []int {
		for _, f := range lot.Fautes {
			if f.Code == code {
				lieux = append(lieux, f.Lieu.Ligne)
			}
		}
		return lieux
	}
	if got := lignes(nil, "T002"); !slices.Equal(got, fautives) {
		t.Errorf("faults at %v\nwant %v", got, fautives)
	}
	var got []int
	for _, r := range lot.Reparations {
		if r.Lieu.Balise == "profilMetier" {
			got = append(got, r.Lieu.Ligne)
		}
	}
	if !slices.Equal(got, reparees) {
		t.Errorf("repairs at %v\nwant %v", got, reparees)
	}
	if lot.Nombre() != n/3 {
		t.Errorf("%d orders, want %d", lot.Nombre(), n/3)
	}
}

// A cell whose text becomes longer in JSON than is kept is refused, not cut.
func TestTexteQuiGrandit(t *testing.T) {
	t.Parallel()
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("ancienneVersion", strings.Repeat("\x01", 12_000))))
	if !slices.ContainsFunc(fautes, func(f preparation.Faute) bool { return f.Code == "T005" && f.Lieu.Balise == "ancienneVersion" }) {
		t.Errorf("faults:\n%s", phrases(fautes))
	}
}
