package preparation

import (
	"context"
	"testing"

	"guichet/diag"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// rangeesDe makes a sheet of cells of text.
func rangeesDe(rangees ...[]string) Rangees {
	return func(f func(int, []Cellule) error) error {
		for i, r := range rangees {
			var cellules []Cellule
			for _, t := range r {
				cellules = append(cellules, Cellule{Texte: t})
			}
			if err := f(i+1, cellules); err != nil {
				return err
			}
		}
		return nil
	}
}

// The pointer of an anomaly leads to the cell that its value came from, and to the first row of its order where no cell
// gave it; of the whole file, to the file.
func TestLieuDUnPointeur(t *testing.T) {
	t.Parallel()
	lot, err := Lire(context.Background(), ms1dui.Courante(), []Feuille{{Fichier: "a.csv", Rangees: rangeesDe(
		[]string{"referenceCommande", "BON_COMMANDE", "PREUVE_HT", "FINESSJuridique", "FINESSGeo", "profilMetier", "nomResponsableOG", "dateCommande"},
		[]string{"UN", "bon.pdf", "preuve.pdf", "990000010", "995000007", "PA", "A", "15/09/2023"},
		[]string{"UN", "", "", "990000010", "995000015", "PH", "", ""},
		[]string{"UN", "", "", "990000028", "995000023", "PA", "B", ""},
		[]string{"UN", "", "", "990000028", "995000031", "PH", "", ""},
		[]string{"DEUX", "", "preuve.pdf", "990000036", "995000049", "PA", "C", "15/09/2023"},
	)}}, Options{Defauts: map[string]string{"regimeTVA": "HT"}})
	if err != nil {
		t.Fatal(err)
	}
	f := &fabrique{lot: lot}
	p := &Fichier{Nom: "f.json"}
	for d := range lot.Demandes() {
		p.Demandes = append(p.Demandes, d)
	}
	preuve := lot.plan.compte("PREUVE_HT").Regle
	for _, c := range []struct{ pointeur, code, want string }{
		{"/lignesImport/0/commande/dateCommande", "", "a.csv, ligne 2, colonne H (dateCommande)"},
		{"/lignesImport/1/commande/dateCommande", "", "a.csv, ligne 6, colonne H (dateCommande)"},
		{"/lignesImport/0/commande/montantSegurHT", "", "a.csv, ligne 2 (montantSegurHT)"},
		{"/lignesImport/0/piecesJustificatives/0/nomFichier", "", "a.csv, ligne 2, colonne B (BON_COMMANDE)"},
		{"/lignesImport/0/piecesJustificatives/1/nomFichier", "", "a.csv, ligne 2, colonne C (PREUVE_HT)"},
		{"/lignesImport/0/piecesJustificatives/2/nomFichier", "", "a.csv, ligne 2 (x)"},
		{"/lignesImport/1/piecesJustificatives/0/nomFichier", "", "a.csv, ligne 6, colonne C (PREUVE_HT)"},
		{"/lignesImport/1/piecesJustificatives/1/nomFichier", "", "a.csv, ligne 6 (x)"},
		{"/lignesImport/0/piecesJustificatives", "", "a.csv, ligne 2 (x)"},
		{"/lignesImport/0/piecesJustificatives", preuve, "a.csv, ligne 2, colonne C (PREUVE_HT)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/0/nomResponsableOG", "", "a.csv, ligne 2, colonne G (nomResponsableOG)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/1/nomResponsableOG", "", "a.csv, ligne 4, colonne G (nomResponsableOG)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/9/nomResponsableOG", "", "a.csv, ligne 4, colonne G (nomResponsableOG)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/0/FINESSGeos/0", "", "a.csv, ligne 2, colonne E (FINESSGeo)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/0/FINESSGeos/1", "", "a.csv, ligne 3, colonne E (FINESSGeo)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/1/FINESSGeos/1", "", "a.csv, ligne 5, colonne E (FINESSGeo)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/1/FINESSGeos/7", "", "a.csv, ligne 5, colonne E (FINESSGeo)"},
		{"/lignesImport/0/beneficiaires/etablissementsClients/1/FINESSGeos", "", "a.csv, ligne 4, colonne E (FINESSGeo)"},
		{"/lignesImport/0/scenarioInstallation/0/profilMetier", "", "a.csv, ligne 2, colonne F (profilMetier)"},
		{"/lignesImport/0/scenarioInstallation/2/profilMetier", "", "a.csv, ligne 4, colonne F (profilMetier)"},
		{"/lignesImport/0/scenarioInstallation/3/profilMetier", "", "a.csv, ligne 5, colonne F (profilMetier)"},
		{"/lignesImport/0/scenarioInstallation/4/profilMetier", "", "a.csv, ligne 2, colonne F (profilMetier)"},
		{"/lignesImport/1/scenarioInstallation/0/profilMetier", "", "a.csv, ligne 6, colonne F (profilMetier)"},
		{"/lignesImport/1", "", "a.csv, ligne 6 (x)"},
		{"/lignesImport/0/inconnue/2/x", "", "a.csv, ligne 2 (x)"},
		{"/lignesImport/2/commande/dateCommande", "", "f.json (x)"},
		{"/SIRET", "", "f.json (x)"},
		{"", "", "f.json (x)"},
	} {
		lieu, colonne, _ := f.lieu(p, &diag.Diagnostic{Pointeur: c.pointeur, Code: c.code, Balise: "x"})
		if got := lieu.In(modele.Francais); got != c.want || (colonne == nil) != (lieu.Balise == "x") {
			t.Errorf("%s %s: %s, want %s", c.pointeur, c.code, got, c.want)
		}
	}
}
