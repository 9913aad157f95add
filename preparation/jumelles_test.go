package preparation_test

import (
	"context"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// References that look the same are two orders, and this is told with both cells; others are not spoken of.
func TestReferencesThatLookTheSame(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		refs   string // separated by ;
		doutes int
	}{
		{"CMD-1;cmd-1", 1}, {"CMD-1;CMD - 1", 1}, {"CMD 1;CMD\u00a01", 0}, {"CMD 1;CMD  1", 1}, {"CMD1;CMD 1", 1},
		{"001;1", 1}, {"#1;001", 1}, {"BC-2023-01;BC-2023-001", 1}, {"#1.1|0;#1.2|0", 1}, {"#1.1;#1.2", 0}, {"#1.1|0.0;#1.2|0.0", 0},
		{"CMD‑1;CMD-1", 1}, {"É1;é1", 1}, {"\u00c91;E\u03011", 1}, {"\u00c91;e\u03011", 1}, {"E\u03011;E1", 1}, {"a;A;a ;A", 1}, {"a;A;a b;A B", 2},
		{"CMD-1;CMD-2", 0}, {"10;100", 0}, {"100;1000;1", 0}, {"A0;A", 0}, {"CMD-1;CMD1", 0}, {"101;11", 0}, {"1;1;1", 0}, {"1.10;1.1", 0},
	} {
		refs := strings.Split(c.refs, ";")
		rangees := [][]string{titres()}
		for i, r := range refs {
			rangees = append(rangees, juste("referenceCommande", r, "numeroEditeur", "", "FINESSGeo", corpus.Finess(500_000+i)))
		}
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", rangees...)}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var dites []string
		for _, f := range lot.Fautes {
			if f.Code == "T043" {
				dites = append(dites, f.In(modele.Francais)+"\n"+f.In(modele.Anglais))
			}
		}
		if len(dites) != c.doutes || lot.Bloquant() {
			t.Errorf("%s: %q", c.refs, dites)
		}
		if c.doutes == 1 && (!strings.Contains(dites[0], "a.csv, ligne ") || !strings.Contains(dites[0], "(a.csv, ligne 2, colonne A (referenceCommande))") && !strings.Contains(dites[0], "(a.csv, ligne 3")) {
			t.Errorf("%s: a cell is not named: %q", c.refs, dites)
		}
	}
}

// A letter with an accent is the same one in one character or in two; another letter contradicts it.
func TestUneLettreEnDeuxCaracteres(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		ici, la string
		dites   int
	}{{"\u00c9", "E\u0301", 0}, {"E\u0301", "\u00c9", 0}, {"MU\u0308LLER", "M\u00dcLLER", 0}, {"\u00c9", "\u00c8", 1}, {"E\u0301", "E", 1}} {
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", titres(),
			juste("nomResponsableOG", c.ici), juste("nomResponsableOG", c.la, "FINESSGeo", corpus.Finess(500_001)))}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		dites := 0
		for _, f := range lot.Fautes {
			if f.Code == "T003" {
				dites++
			}
		}
		if dites != c.dites {
			t.Errorf("%q, %q: %v", c.ici, c.la, lot.Fautes)
		}
	}
}

// It is told as long as one of the two is still to be prepared.
func TestReferencesThatLookTheSameLeftAside(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		aside string
		left  int
	}{{"", 1}, {"CMD-1", 1}, {"cmd-1", 1}, {"CMD-1 cmd-1", 0}} {
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", titres(),
			juste("numeroEditeur", ""), juste("referenceCommande", "cmd-1", "numeroEditeur", "", "FINESSGeo", corpus.Finess(500_001)))}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		lot.Laisser(func(reference string) bool {
			return reference != "" && strings.Contains(" "+c.aside+" ", " "+reference+" ")
		})
		if len(lot.Fautes) != c.left {
			t.Errorf("%q left aside: %v", c.aside, lot.Fautes)
		}
	}
}

// A reference that looks like what a spreadsheet makes of one is told at its cell, once an order; it may be right.
func TestReferenceDatee(t *testing.T) {
	t.Parallel()
	for ref, want := range map[string]bool{
		"oct-23": true, "Janv-01": true, "01-mars": true, "12-déc.": true, "sept.-22": true, "août-23": true,
		"CMD-23": false, "OCTO-23": false, "oct23": false, "10-23": false, "MA-2023": false, "2023-10": false, "mars": false, "avenant-1": false,
	} {
		lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", titres(), juste("referenceCommande", ref), juste("referenceCommande", ref, "FINESSGeo", corpus.Finess(500_001)))}, preparation.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var dites []string
		for _, f := range lot.Fautes {
			if f.Code == "T046" {
				dites = append(dites, f.In(modele.Francais))
			}
		}
		if (len(dites) == 1) != want || len(dites) == 1 && !strings.HasPrefix(dites[0], "a.csv, ligne 2, colonne A (referenceCommande) : « "+ref+" »") || lot.Bloquant() {
			t.Errorf("%s: %q", ref, dites)
		}
	}
}
