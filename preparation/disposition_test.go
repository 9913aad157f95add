package preparation_test

import (
	"strings"
	"testing"

	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// The layout is the table without what other columns, the place in the file or the ASP give.
func TestDisposition(t *testing.T) {
	t.Parallel()
	var names [3][]string
	for _, c := range preparation.Disposition(ms1dui.Courante()) {
		names[c.Niveau] = append(names[c.Niveau], c.Nom)
	}
	for n, want := range []string{
		"referenceCommande numeroEditeur dateCommande regimeTVA montantSegurHT isMandataire nomMandataire emailMandataire telephoneMandataire BON_COMMANDE PREUVE_HT",
		"FINESSJuridique demandeCertificatServeur contractualisationOG statutAdminTechnique contractualisationEditeur numeroCarteCPX nomAdminTechnique telAdminTechnique emailAdminTechnique utiliteCertificat nomResponsableOG emailResponsableOG telephoneResponsableOG",
		"FINESSGeo ancienneVersion isMaitreId IsStockageId operateurMessagerie profilMetier IsRefSoins",
	} {
		if got := strings.Join(names[n], " "); got != want {
			t.Errorf("level %d: %s\nwant %s", n, got, want)
		}
	}
}

// A heading names one column, in every edition.
func TestHeadingsAreUnique(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		seen := map[string]bool{}
		for _, c := range preparation.Disposition(m) {
			if seen[c.Nom] {
				t.Errorf("%s: two columns %s", m.Edition, c.Nom)
			}
			seen[c.Nom] = true
		}
	}
}
