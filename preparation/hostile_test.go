package preparation_test

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// Every edition takes the layout, and the columns of another edition are only remarked.
func TestEditions(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		lot, err := preparation.Lire(context.Background(), m, []preparation.Feuille{feuille("a.csv", "", titres(), juste())}, preparation.Options{})
		if err != nil || lot.Bloquant() {
			t.Fatalf("%s: %v\n%s", m.Edition, err, phrases(lot.Fautes))
		}
		for f, err := range lot.Fichiers(context.Background(), envoi()) {
			if err != nil || len(f.Fautes) > 0 {
				t.Errorf("%s: %v\n%s", m.Edition, err, phrases(f.Fautes))
			}
		}
	}
}

// A table without a ceiling has no regime to name, and orders all the same.
func TestSansPlafond(t *testing.T) {
	t.Parallel()
	m := *ms1dui.Courante()
	m.Coherence = slices.DeleteFunc(slices.Clone(m.Coherence), func(c modele.Coherence) bool { _, plafond := c.(modele.Plafond); return plafond })
	lot, err := preparation.Lire(context.Background(), &m, []preparation.Feuille{feuille("a.csv", "", titres(), juste())}, preparation.Options{})
	if err != nil || lot.Nombre() != 1 {
		t.Fatal(err, phrases(lot.Fautes))
	}
	for d := range lot.Demandes() {
		if d.Regime() != "" || d.Montant() != 243333 {
			t.Errorf("regime %q, amount %d", d.Regime(), d.Montant())
		}
	}
}

// A cell that reads like the one above, but is of another kind, is read by its own.
func TestMemeTexteAutreGenre(t *testing.T) {
	t.Parallel()
	lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(),
		juste("dateCommande", "@45184"), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "dateCommande", "45184"),
		juste("referenceCommande", "CMD-3", "numeroEditeur", "#42"), juste("referenceCommande", "CMD-4", "numeroEditeur", "42")))
	if len(lot.Reparations) != 2 || lot.Reparations[0].Lieu.Ligne != 3 || lot.Reparations[1].Lieu.Ligne != 4 {
		t.Errorf("repairs: %v", lot.Reparations)
	}
	if refusees := slices.DeleteFunc(slices.Clone(fautes), func(f preparation.Faute) bool { return !f.Bloquante() }); len(refusees) != 1 || refusees[0].Lieu.Ligne != 5 {
		t.Errorf("faults:\n%s", phrases(fautes))
	}
}

// What is kept is bounded, what is told is not: a sheet full of faults is still refused.
func TestBornes(t *testing.T) {
	t.Parallel()
	rangees := [][]string{titres()}
	for range 11_000 {
		rangees = append(rangees, juste("FINESSGeo", "", "nomResponsableOG", "durandal"))
	}
	lot, err := preparation.Lire(context.Background(), ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", rangees...)}, preparation.Options{})
	if err != nil || len(lot.Fautes) != 10_000 || lot.FautesOmises != 1_000 || len(lot.Reparations) != 10_000 || lot.ReparationsOmises != 1_000 || !lot.Bloquant() {
		t.Errorf("%v: %d faults and %d, %d repairs and %d", err, len(lot.Fautes), lot.FautesOmises, len(lot.Reparations), lot.ReparationsOmises)
	}
}

// Texts that JSON must escape come through.
func TestEchappements(t *testing.T) {
	t.Parallel()
	version := "V\"3\\2\t\x01é\n4"
	lot, fichiers, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("ancienneVersion", version, "numeroEditeur", `A"\01`)))
	var f struct {
		LignesImport []struct {
			NumeroEditeur        string
			ScenarioInstallation []struct{ AncienneVersion string }
		}
	}
	if err := json.Unmarshal([]byte(fichiers[0]), &f); err != nil {
		t.Fatal(err)
	}
	if got := f.LignesImport[0]; got.ScenarioInstallation[0].AncienneVersion != version || got.NumeroEditeur != `A"\01` {
		t.Errorf("read again: %+v", got)
	}
	for d := range lot.Demandes() {
		if d.NumeroEditeur != `A"\01` {
			t.Errorf("number %q", d.NumeroEditeur)
		}
	}
}

// Whatever the cells, rows are read without panic, and files are JSON.
func FuzzLire(f *testing.F) {
	f.Add(strings.Join(juste(), "\t")+"\n"+strings.Join(juste("FINESSGeo", "995000015"), "\t"), false)
	f.Add("a\tb\n\t\tc", true)
	f.Fuzz(func(t *testing.T, texte string, strict bool) {
		rangees := [][]string{titres()}
		for ligne := range strings.SplitSeq(texte, "\n") {
			rangees = append(rangees, strings.Split(ligne, "\t"))
		}
		_, fichiers, _ := preparer(t, preparation.Options{Strict: strict, Defauts: map[string]string{"regimeTVA": "HT"}}, feuille("a.csv", "", rangees...))
		for _, f := range fichiers {
			if !json.Valid([]byte(f)) {
				t.Errorf("no JSON:\n%s", f)
			}
		}
	})
}
