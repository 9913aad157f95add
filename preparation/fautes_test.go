package preparation_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// What cannot be repaired for certain is refused at its cell: nothing is guessed.
func TestFautesAuxCellules(t *testing.T) {
	t.Parallel()
	lettre := map[string]string{}
	for i, nom := range titres() {
		lettre[nom] = preparation.Lettres(i)
	}
	for _, c := range []struct{ nom, balise, ecrit, code, message, aide string }{
		{"reference missing", "referenceCommande", " ", "T001", "référence de commande", "même référence"},
		{"OG missing", "FINESSJuridique", "", "T002", "FINESSJuridique est vide", "un ESMS"},
		{"ESMS missing", "FINESSGeo", "\u00a0", "T002", "FINESSGeo est vide", "un ESMS"},
		{"cell too long", "ancienneVersion", strings.Repeat("v", 20_000), "T005", "octets", "cellule"},
		{"not UTF-8", "ancienneVersion", "V\xe9", "T005", "UTF-8", "encodage"},
		{"failed formula", "ancienneVersion", "=#REF!", "T016", "#REF!", "formule"},
		{"word for an amount", "montantSegurHT", "à voir", "T009", "« à voir » ne se lit pas comme un montant", "2433.33"},
		{"three decimals", "montantSegurHT", "2,920", "T009", "2,920", "2433.33"},
		{"amount not rounded", "montantSegurHT", "#4866.666666", "T009", "4866.666666", "2433.33"},
		{"neither yes nor no", "isMaitreId", "peut-être", "T009", "« peut-être » ne se lit pas comme oui ou non", "oui"},
		{"scientific, digits lost", "numeroCarteCPX", "3,7E+9", "F", "numeroCarteCPX", "reprenez-le à la source"},
		{"lost zero without a key", "numeroEditeur", "0042", "F", "numeroEditeur", "zéro de tête"},
		{"date that is none", "dateCommande", "31/02/2023", "F", "dateCommande", ""},
		{"month before day", "dateCommande", "09/15/2023", "T019", "se lit 15/09/2023 : le mois y vient d'abord", "15/09/2023"},
		{"phone without sense", "telephoneResponsableOG", "poste 12", "F", "telephoneResponsableOG", ""},
		{"mail", "emailResponsableOG", "direction", "F", "emailResponsableOG", ""},
		{"operator nearly known", "operateurMessagerie", "MAILIS", "F", "operateurMessagerie", "MAI_15 (MAILIZ)"},
		{"unknown profile", "profilMetier", "PA, XX", "F", "profilMetier", ""},
		{"document of another kind", "BON_COMMANDE", "bon.docx", "T007", "bon.docx", "convertissez"},
		{"document missing", "BON_COMMANDE", "", "C", "la colonne est vide : une pièce est attendue", "nom du fichier"},
		{"mandatory value missing", "nomResponsableOG", "", "F102", "la colonne est vide : la valeur est obligatoire ; attendu : de 1 à 49 caractères", "remplissez la cellule : nom de famille"},
		{"value that a condition asks for", "contractualisationOG", "", "C", "la colonne est vide : la valeur est obligatoire si demandeCertificatServeur = oui ; attendu : oui ou non", "remplissez"},
		{"instant of another day in Paris", "dateCommande", "2023-09-11T22:00:00Z", "T020", "« 2023-09-11T22:00:00Z » est le 11/09/2023 là où l'heure est prise, et le 12/09/2023 à Paris", "11/09/2023 ou 12/09/2023"},
		{"two figures for a year", "dateCommande", "12/09/23", "T019", "« 12/09/23 » se lit 12/09/2023 ou 09/12/2023 ; rien dans la colonne ne dit lequel", "quatre chiffres"},
		{"unit beside an amount", "montantSegurHT", "2920 EUR TTC", "T009", "« 2920 EUR TTC »", "2433.33"},
		{"factor beside an amount", "montantSegurHT", "2 920 EUR x2", "T009", "« 2 920 EUR x2 »", "2433.33"},
		{"two amounts", "montantSegurHT", "2920EUR2433", "T009", "« 2920EUR2433 »", "2433.33"},
		{"shortened reference", "referenceCommande", "2,02309E+11", "T017", "« 2,02309E+11 » est un numéro abrégé", "à la source"},
		{"shortened free text", "ancienneVersion", "3,1E+05", "T017", "abrégé", "à la source"},
		{"formula", "ancienneVersion", "==A2", "T018", "« =A2 » est une formule", "élargissez"},
		{"narrow column", "ancienneVersion", "=#####", "T018", "« ##### »", "élargissez"},
		{"nothing where a number is due", "FINESSGeo", "n/a", "T002", "FINESSGeo ne donne pas de numéro (« n/a »)", "un ESMS"},
		{"nothing where a value is due", "telephoneResponsableOG", "néant", "F", "« néant » dit qu'il n'y a rien : la valeur est obligatoire", "remplissez"},
		{"nothing where a condition asks for a value", "numeroCarteCPX", "-", "C", "« - » dit qu'il n'y a rien : la valeur est obligatoire si", "remplissez"},
		{"no order form", "BON_COMMANDE", "aucun", "C", "« aucun » dit qu'il n'y a rien : une pièce est attendue", "nom du fichier"},
		{"phone with a zero too many", "telephoneResponsableOG", "001 99 00 45 67", "F110", "telephoneResponsableOG", ""},
		{"two phone numbers", "telephoneResponsableOG", "01 99 00 10 01 / 06 99 00 10 01", "F", "telephoneResponsableOG", ""},
		{"phone with words", "telephoneResponsableOG", "01 99 00 10 01 (standard)", "F", "telephoneResponsableOG", ""},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			_, _, fautes := preparer(t, preparation.Options{}, feuille("commandes.xlsx", "Commandes", titres(), juste(c.balise, c.ecrit)))
			fautes = slices.DeleteFunc(fautes, func(f preparation.Faute) bool { return !f.Bloquante() })
			if len(fautes) != 1 {
				t.Fatalf("%d faults instead of one:\n%s", len(fautes), phrases(fautes))
			}
			f, want := fautes[0], preparation.Lieu{Fichier: "commandes.xlsx", Feuille: "Commandes", Ligne: 2, Colonne: lettre[c.balise], Balise: c.balise}
			if !strings.HasPrefix(f.Code, c.code) || f.Lieu != want || !strings.Contains(f.Message.Fr, c.message) || !strings.Contains(f.Aide.Fr, c.aide) || f.Message.En == "" {
				t.Errorf("%s\nwant %s %s: %s / %s", phrases(fautes), c.code, want.In(modele.Francais), c.message, c.aide)
			}
		})
	}
}

func TestLieuIn(t *testing.T) {
	t.Parallel()
	l := preparation.Lieu{Fichier: "commandes.xlsx", Feuille: "Commandes", Ligne: 14, Colonne: "F", Balise: "telephoneResponsableOG"}
	if got, want := l.In(modele.Francais), "commandes.xlsx, feuille Commandes, ligne 14, colonne F (telephoneResponsableOG)"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if got := preparation.Lettres(-1) + preparation.Lettres(25) + preparation.Lettres(26) + preparation.Lettres(701) + preparation.Lettres(702); got != "ZAAZZAAA" {
		t.Errorf("letters: %s", got)
	}
}

// Rows that say two things of one order are told both; the second cell is where the fault is.
func TestContradiction(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{},
		feuille("a.csv", "", titres(), juste("montantSegurHT", "2 920,00"), juste("referenceCommande", "CMD-2", "numeroEditeur", "A0002", "FINESSGeo", "995000023")),
		feuille("b.csv", "", titres(), juste("FINESSGeo", "995000015", "montantSegurHT", "5840", "nomResponsableOG", "AUTRE")))
	var got []string
	for _, f := range lot.Fautes {
		got = append(got, f.In(modele.Francais))
	}
	want := []string{
		"b.csv, ligne 2, colonne E (montantSegurHT) : montantSegurHT vaut ici 5840.00, et 2920.00 en a.csv, ligne 2, colonne E (montantSegurHT)",
		"b.csv, ligne 2, colonne T (nomResponsableOG) : nomResponsableOG vaut ici « AUTRE », et « DURANDAL » en a.csv, ligne 2, colonne T (nomResponsableOG)",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("faults:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// The same value written twice in two ways is no contradiction, and an empty cell says nothing.
func TestPasDeContradiction(t *testing.T) {
	t.Parallel()
	lot, fichiers, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(),
		juste("montantSegurHT", "", "dateCommande", "2023-09-15"), juste("FINESSGeo", "995000015", "montantSegurHT", "2 433,33 €")))
	if len(fautes) > 0 || len(fichiers) != 1 || !strings.Contains(fichiers[0], `"montantSegurHT": 2433.33`) || !strings.Contains(fichiers[0], `["995000007", "995000015"]`) {
		t.Errorf("%s%v", phrases(fautes), fichiers)
	}
	if lot.Nombre() != 1 {
		t.Errorf("%d orders, want 1", lot.Nombre())
	}
}

// A value that a later row gave is shown there when the check refuses it.
func TestFauteDUneLigneTardive(t *testing.T) {
	t.Parallel()
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(),
		juste("dateCommande", ""), juste("FINESSGeo", "995000015", "dateCommande", "hier")))
	if len(fautes) != 1 || fautes[0].Lieu.Ligne != 3 || fautes[0].Lieu.Balise != "dateCommande" {
		t.Errorf("faults:\n%s", phrases(fautes))
	}
}

func TestESMSDouble(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.xlsx", "Commandes", titres(), juste(), juste("FINESSGeo", "995000007 ")))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T004" || lot.Fautes[0].Lieu.Ligne != 3 || !strings.Contains(lot.Fautes[0].Message.Fr, "ligne 2 de a.xlsx, Commandes") {
		t.Errorf("faults:\n%s", phrases(lot.Fautes))
	}
}

// A large order is one demande, whatever the order of its rows; each repeated ESMS is found, the first row's too.
func TestGrandeCommande(t *testing.T) {
	t.Parallel()
	rangees := [][]string{titres()}
	for i := range 300 { // the second order of each round claims the ESMS of the first one again
		rangees = append(rangees, juste("FINESSJuridique", corpus.Finess(i%40), "FINESSGeo", corpus.Finess(500_000+i)),
			juste("referenceCommande", fmt.Sprint("CMD-", 2+i), "numeroEditeur", fmt.Sprintf("B%04d", i)))
	}
	rangees = append(rangees, rangees[1], rangees[299])
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", rangees...))
	ailleurs := len(lot.Fautes)
	lot.Fautes = slices.DeleteFunc(lot.Fautes, func(f preparation.Faute) bool { return f.Code == "T021" })
	if ailleurs -= len(lot.Fautes); ailleurs != 300 {
		t.Errorf("%d ESMS in two orders, want 300", ailleurs)
	}
	if lot.Nombre() != 301 || len(lot.Fautes) != 2 || lot.Fautes[0].Lieu.Ligne != 602 || lot.Fautes[1].Lieu.Ligne != 603 || lot.Fautes[0].Code != "T004" {
		t.Errorf("%d orders\n%s", lot.Nombre(), phrases(lot.Fautes))
	}
	for d := range lot.Demandes() {
		if d.Indice == 0 && (len(d.OGs()) != 40 || len(d.ESMS()) != 300) {
			t.Errorf("%d OGs, %d ESMS", len(d.OGs()), len(d.ESMS()))
		}
	}
}

// Two orders with one number are seen even where they go to two files.
func TestNumeroDeDeuxCommandes(t *testing.T) {
	t.Parallel()
	lot, _, _ := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(), juste(), juste("referenceCommande", "CMD-2", "FINESSGeo", "995000015")))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T014" || lot.Fautes[0].Lieu.Ligne != 3 {
		t.Errorf("faults:\n%s", phrases(lot.Fautes))
	}
}

// Anomalies inside arrays find the row of their own OG and ESMS.
func TestLieuxDansLesTableaux(t *testing.T) {
	t.Parallel()
	_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(),
		juste(), juste("FINESSGeo", "995000015"),
		juste("FINESSJuridique", "990000028", "FINESSGeo", "995000023", "emailResponsableOG", "faux"),
		juste("FINESSJuridique", "990000028", "FINESSGeo", "995000031", "profilMetier", "XX", "emailResponsableOG", "")))
	got := ""
	for _, f := range fautes {
		got += f.Lieu.In(modele.Francais) + "\n"
	}
	want := "a.csv, ligne 4, colonne U (emailResponsableOG)\na.csv, ligne 5, colonne AD (profilMetier)\n"
	if got != want {
		t.Errorf("places:\n%swant\n%s\n%s", got, want, phrases(fautes))
	}
}

func TestLignesVides(t *testing.T) {
	t.Parallel()
	lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", []string{"Export du 02/10"}, titres(), []string{"", " "}, juste(), make([]string, 31)))
	if len(fautes) > 0 || lot.Nombre() != 1 {
		t.Errorf("%d orders\n%s", lot.Nombre(), phrases(fautes))
	}
}

// Sheets without the column of references are left aside, unless there is no other.
func TestFeuillesIgnorees(t *testing.T) {
	t.Parallel()
	aide := feuille("a.xlsx", "Aide", []string{"Comment remplir"})
	exemple := feuille("a.xlsx", preparation.FeuilleExemple, titres(), juste())
	lot, _, fautes := preparer(t, preparation.Options{}, aide, exemple, feuille("a.xlsx", "Commandes", titres(), juste()))
	if len(fautes) > 0 || lot.Nombre() != 1 || len(lot.Ignorees) != 1 {
		t.Errorf("%d orders, %v\n%s", lot.Nombre(), lot.Ignorees, phrases(fautes))
	}
	lot, _, _ = preparer(t, preparation.Options{}, feuille("b.csv", "", []string{"reference_commandes", "FINESSGeo"}, []string{"1", "2"}))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T010" || !strings.Contains(lot.Fautes[0].Message.Fr, "reference_commandes") {
		t.Errorf("faults:\n%s", phrases(lot.Fautes))
	}
	lot, _, _ = preparer(t, preparation.Options{}, feuille("b.csv", "", titres()))
	if len(lot.Fautes) != 1 || lot.Fautes[0].Code != "T012" {
		t.Errorf("faults:\n%s", phrases(lot.Fautes))
	}
}

// Headings are compared without case, accents and separators; an unknown one is told with the nearest.
func TestTitres(t *testing.T) {
	t.Parallel()
	tordus := titres()
	for i := range tordus {
		tordus[i] = strings.ToUpper(strings.ReplaceAll(tordus[i], "Commande", " commande"))
	}
	lot, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", append(tordus, "telephoneResponsable"), append(juste(), "x")))
	if len(fautes) != 1 || fautes[0].Code != "T013" || fautes[0].Bloquante() || lot.Nombre() != 1 {
		t.Errorf("faults:\n%s", phrases(fautes))
	}
}

// A reader's error ends the reading, and so does the caller.
func TestErreurs(t *testing.T) {
	t.Parallel()
	ctx, annuler := context.WithCancel(context.Background())
	annuler()
	rangees := [][]string{titres()}
	for range 2000 {
		rangees = append(rangees, juste())
	}
	if _, err := preparation.Lire(ctx, ms1dui.Courante(), []preparation.Feuille{feuille("a.csv", "", rangees...)}, preparation.Options{}); err != context.Canceled {
		t.Errorf("error %v, want that of the context", err)
	}
}

// An OG whose only row names an ESMS that the order has already is left with none: what the check of the file says of
// its empty list has its cell all the same.
func TestOGSansESMS(t *testing.T) {
	t.Parallel()
	for nom, esms := range map[string]string{"twice": "995000007", "empty": "", "unread": "9950000O7X"} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			_, _, fautes := preparer(t, preparation.Options{}, feuille("a.csv", "", titres(),
				juste("FINESSGeo", esms), juste("FINESSJuridique", "990000028", "FINESSGeo", esms)))
			dites := map[int]int{}
			for _, f := range fautes {
				if f.Lieu.Balise == "FINESSGeo" && f.Lieu.Colonne != "" {
					dites[f.Lieu.Ligne]++
				}
			}
			if dites[3] != 1 || esms != "995000007" && dites[2] != 1 {
				t.Errorf("one fault for each row at its FINESSGeo, not %v: %v", dites, fautes)
			}
		})
	}
}
