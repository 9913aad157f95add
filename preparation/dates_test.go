package preparation_test

import (
	"fmt"
	"strings"
	"testing"

	"guichet/affichage"
	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/preparation"
)

// datees makes one order for each date, and tells what is written, what is told and what is refused, by row.
func datees(t *testing.T, strict bool, dates ...string) (ecrites, dites []string) {
	t.Helper()
	rangees := [][]string{titres()}
	for i, d := range dates {
		rangees = append(rangees, juste("referenceCommande", fmt.Sprint("CMD-", i), "numeroEditeur", fmt.Sprintf("A%04d", i), "FINESSGeo", corpus.Finess(500_000+i), "dateCommande", d))
	}
	lot, fichiers, fautes := preparer(t, preparation.Options{Strict: strict}, feuille("a.csv", "", rangees...))
	for ligne := range strings.SplitSeq(fichiers[0], "\n") {
		if _, apres, ok := strings.Cut(ligne, `"dateCommande": `); ok {
			ecrites = append(ecrites, strings.Trim(apres, `",`))
		}
	}
	for _, r := range lot.Reparations {
		dites = append(dites, fmt.Sprintf("%d %s→%s", r.Lieu.Ligne, r.Avant, strings.Trim(r.Apres, `"`)))
	}
	for _, f := range fautes {
		if f.Bloquante() {
			dites = append(dites, fmt.Sprintf("%d %s", f.Lieu.Ligne, f.Code))
		}
	}
	return ecrites, dites
}

// Day and month are judged over the column of a sheet: what one cell leaves open another may settle, or put in doubt.
func TestDatesDUneColonne(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, dates, ecrites, dites string }{
		{"the norm's form", "09/12/2022 25/09/2023 05/05/2023", "09/12/2022 25/09/2023 05/05/2023", ""},
		{"all ambiguous", "09/12/2022 01/02/2023", "09/12/2022 01/02/2023", ""},
		{"short, day first", "9/12/2022 25/9/2023", "09/12/2022 25/09/2023", "2 9/12/2022→09/12/2022; 3 25/9/2023→25/09/2023"},
		{"one month first", "09/12/2022 12/25/2022 13/01/2023", "", "2 T019; 3 T019"},
		{"only month first", "12/25/2022 01/31/2023", "", "2 T019; 3 T019"},
		{"month first, same day and month", "05/05/2023 12/25/2022", "", "3 T019"},
		{"month first beside ISO", "2022-12-09 12/25/2022 2023-01-02", "", "2 2022-12-09→09/12/2022; 4 2023-01-02→02/01/2023; 3 T019"},
		{"two figures alone", "09/12/22", "", "2 T019"},
		{"two figures, settled by another", "09/12/22 31/12/22 13/01/23", "09/12/2022 31/12/2022 13/01/2023", "2 09/12/22→09/12/2022; 3 31/12/22→31/12/2022; 4 13/01/23→13/01/2023"},
		{"two figures, settled by four", "09/12/22 25/09/2023", "09/12/2022 25/09/2023", "2 09/12/22→09/12/2022"},
		{"two figures, the year may be first", "22/12/23 23/09/22", "", "2 T019; 3 T019"},
		{"two figures, the year is first", "22-12-23 23-09-02", "23/12/2022 02/09/2023", "2 22-12-23→23/12/2022; 3 23-09-02→02/09/2023"},
		{"two figures, month first", "12/31/22 01/02/23", "", "2 T019; 3 T019"},
		{"two figures that contradict each other", "12/31/22 31/12/22 01/02/23", "", "2 T019; 3 T019; 4 T019"},
		{"two figures outside of the campaign", "01/02/99", "", "2 F112"},
		{"a real date beside the month first", "@44904 12/25/2022", "", "2 T019; 3 T019"},
		{"a real date of which only one reading exists", "@44920 12/25/2022", "", "3 T019"},
		{"the month first, by its name", "09/12/2022 Dec_25,_2022", "", "2 T019; 3 Dec 25, 2022→25/12/2022"},
		{"an hour is not dropped in silence", "2023-09-12T14:00 13/09/2023_12h00 12/09/2023_00:00", "12/09/2023 13/09/2023 12/09/2023", "2 2023-09-12T14:00→12/09/2023; 3 13/09/2023 12h00→13/09/2023; 4 12/09/2023 00:00→12/09/2023"},
		{"words settle nothing", "2-oct-22 09/12/22", "", "3 T019; 2 2-oct-22→02/10/2022"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			dates := strings.Fields(c.dates)
			for i := range dates {
				dates[i] = strings.ReplaceAll(dates[i], "_", " ")
			}
			ecrites, dites := datees(t, false, dates...)
			if !memes(dites, strings.Split(c.dites, "; ")) {
				t.Errorf("told: %s\nwant: %s", strings.Join(dites, "; "), c.dites)
			}
			if c.ecrites != "" && strings.Join(ecrites, " ") != c.ecrites {
				t.Errorf("written: %v\nwant: %s", ecrites, c.ecrites)
			}
			if _, strictes := datees(t, true, dates...); strings.Count(c.dites, "→") != strings.Count(strings.Join(strictes, " "), "T008") {
				t.Errorf("strict: %v", strictes)
			}
		})
	}
}

func memes(a, b []string) bool {
	vus := map[string]int{}
	for _, t := range a {
		vus[t]++
	}
	for _, t := range b {
		vus[t]--
	}
	for t, n := range vus {
		if n != 0 && t != "" {
			return false
		}
	}
	return true
}

// The doubt names the other cell; another sheet, another column and what is left empty put nothing in doubt.
func TestDatesDouteuses(t *testing.T) {
	t.Parallel()
	a := feuille("a.csv", "", titres(), juste("dateCommande", "09/12/2022"), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "FINESSGeo", "995000015", "dateCommande", "12/25/2022"))
	b := feuille("b.csv", "", titres(), juste("referenceCommande", "CMD-3", "numeroEditeur", "A0003", "FINESSGeo", "995000023", "dateCommande", "09/12/2022"))
	lot, _, _ := preparer(t, preparation.Options{}, a, b)
	if len(lot.Fautes) != 2 {
		t.Fatalf("faults:\n%s", phrases(lot.Fautes))
	}
	want := "a.csv, ligne 2, colonne C (dateCommande) : « 09/12/2022 » se lit 09/12/2022 ou 12/09/2022 ; dans cette colonne, « 12/25/2022 » (ligne 3) a le mois d'abord"
	if got := lot.Fautes[0].In(modele.Francais); got != want {
		t.Errorf("%s\nwant %s", got, want)
	}
	if got := lot.Fautes[1].In(modele.Anglais); !strings.HasSuffix(got, `"12/25/2022" reads as 25/12/2022: the month comes first in it`) {
		t.Error(got)
	}
}

// A default and a constant stand in no column: two figures of a year are not read.
func TestDateSeule(t *testing.T) {
	t.Parallel()
	o := preparation.Options{Defauts: map[string]string{"dateCommande": "31/12/22"}}
	_, _, fautes := preparer(t, o, feuille("a.csv", "", titres(), juste("dateCommande", "")))
	if len(fautes) != 1 || fautes[0].Code != "F112" {
		t.Errorf("faults:\n%s", phrases(fautes))
	}
}

// What is said of a time that is left out: near midnight, that the day is to be looked at.
func TestHeureLaissee(t *testing.T) {
	t.Parallel()
	for date, want := range map[string]string{
		"12/09/2023 12:00": "sans son heure", "2023-09-12T23:59:59": "minuit est proche", "12/09/2023 22h00": "minuit est proche", "12/09/2023 02:59": "minuit est proche",
		"12/09/2023 03:00": "sans son heure", "12/09/2023 20:59": "sans son heure", "12/09/2023 00:00": "JJ/MM/AAAA", "12 septembre 2023 à 12:00": "sans son heure",
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("dateCommande", date)))
		if len(lot.Reparations) != 1 || !strings.Contains(lot.Reparations[0].In(modele.Francais), want) {
			t.Errorf("%s: %v, want %q", date, lot.Reparations, want)
		}
	}
}

// A number that is not shown as a day is counted as its workbook counts.
func TestDepuis1904(t *testing.T) {
	t.Parallel()
	de4 := affichage.Lire("General")
	de4.Depuis1904 = true
	f := feuille("a.xlsx", "Commandes", titres(), juste("dateCommande", "#43719"))
	rangees := f.Rangees
	f.Rangees = func(rendre func(int, []preparation.Cellule) error) error {
		return rangees(func(ligne int, cellules []preparation.Cellule) error {
			for i := range cellules {
				cellules[i].Format = de4
			}
			return rendre(ligne, cellules)
		})
	}
	_, fichiers, _ := preparer(t, preparation.Options{}, f)
	if !strings.Contains(fichiers[0], balise("dateCommande", "12/09/2023")) {
		t.Error(fichiers[0])
	}
}
