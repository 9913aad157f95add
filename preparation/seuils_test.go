package preparation_test

import (
	"strings"
	"testing"

	"guichet/modele"
	"guichet/preparation"
)

// A cent is an amount, ten thousand millions are the most that a cell holds to the cent; what its format hides is told up to
// there.
func TestMontantsAuBord(t *testing.T) {
	t.Parallel()
	lues(t, "montantSegurHT", map[string]string{"0.01": "0.01", "#0.01": "0.01", "0.00": "T009", "#99500000.5": "99500000.50", "#9950000000.5": "F125", "#9950000000.5|0": "T030", "#99999999.99|#,##0.00": "99999999.99"})
}

// What is wrong with one of several OGs is told at its own first row, whichever it is.
func TestPlaceDeChaqueOG(t *testing.T) {
	t.Parallel()
	og := func(n int, changees ...string) []string {
		return juste(append([]string{"FINESSJuridique", []string{"990000010", "990000028", "990000036"}[n], "FINESSGeo", []string{"995000007", "995000015", "995000023"}[n]}, changees...)...)
	}
	for faux, want := range []string{"a.csv, ligne 2, colonne U (emailResponsableOG)", "a.csv, ligne 3, colonne U (emailResponsableOG)", "a.csv, ligne 4, colonne U (emailResponsableOG)"} {
		rangees := [][]string{titres(), og(0), og(1), og(2)}
		rangees[faux+1] = og(faux, "emailResponsableOG", "faux")
		lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", rangees...))
		if len(fautes) != 1 || fautes[0].Lieu.In(modele.Francais) != want {
			t.Errorf("want %s\n%s", want, phrases(fautes))
		}
		for d := range lot.Demandes() {
			if got := d.Lieu().In(modele.Francais); got != "a.csv, ligne 2" {
				t.Errorf("the order is at %s", got)
			}
		}
	}
}

// The time that is dropped near midnight is shown as far as it is told.
func TestHeureMontree(t *testing.T) {
	t.Parallel()
	for cellule, want := range map[string]string{
		"@45184.9": "15/09/2023 21:36", "@45184.0000116": "15/09/2023 00:00:01,002", "@45184.00002315": "15/09/2023 00:00:02", "@45184.99999": "15/09/2023 23:59:59,136", "@45184.0417": "15/09/2023 01:00:02,880", "@45184.999999999": "15/09/2023 23:59:59,999",
	} {
		lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("dateCommande", cellule)))
		if len(lot.Reparations) != 1 || lot.Reparations[0].Avant != want {
			t.Errorf("%s: %v, want %s", cellule, lot.Reparations, want)
		}
	}
}

// What a rule of the counter advises is said in the words of a table, in both languages.
func TestParolesDesDeuxLangues(t *testing.T) {
	t.Parallel()
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("isMandataire", "true", "nomMandataire", "")))
	if len(fautes) == 0 {
		t.Fatal("a mandataire without a name")
	}
	fr, en := phrases(fautes), ""
	for _, f := range fautes {
		en += f.In(modele.Anglais) + "\n"
	}
	if !strings.Contains(fr, "isMandataire = oui") || !strings.Contains(en, "isMandataire = yes") || strings.Contains(fr+en, "true") {
		t.Errorf("%s\n%s", fr, en)
	}
}

// A long text is told by its first 59 characters.
func TestTextesAbregesDansLesMessages(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]string{60: "« " + strings.Repeat("é", 60) + " »", 61: "« " + strings.Repeat("é", 59) + "… »"} {
		_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste("isMaitreId", strings.Repeat("é", n))))
		if len(fautes) == 0 || !strings.Contains(fautes[0].Message.Fr, want) {
			t.Errorf("%d characters: %s", n, phrases(fautes))
		}
	}
}

// A number that has its prefix but no plus is one of ours.
func TestIndicatifSansPlus(t *testing.T) {
	t.Parallel()
	lues(t, "telephoneResponsableOG", map[string]string{"33 1 99 00 10 01": `~"+33 1 99 00 10 01"`, "9 99 00 10 01": `~"+33 9 99 00 10 01"`, "1990010011": "F110"})
}

// Each word for nothing is nothing in a column of codes, which is told, and missing where a version is mandatory.
func TestMotsPourRien(t *testing.T) {
	t.Parallel()
	rien, nom := map[string]string{}, map[string]string{}
	for _, mot := range []string{
		"none", "Nil", "NA", "n.a.", "n.a", "-", "--", "---", "–", "—", "/", ".", "…", "...", "Néant", "neant", "rien", "Aucun", "aucune", "vide", "Sans objet", "s.o.", "s.o", "SO", "s/o",
		"NC", "n.c.", "n.c", "n/c", "NR", "n/r", "non concerné", "Non concernée", "non applicable", "non renseigné", "non communiqué", "not applicable", "nothing", "empty",
	} {
		rien[mot], nom[mot] = "~null", "F102"
	}
	lues(t, "operateurMessagerie", rien)
	lues(t, "ancienneVersion", nom)
}
