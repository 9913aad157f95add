package export_test

import (
	"strings"
	"testing"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func TestLimites(t *testing.T) {
	t.Parallel()
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		all := strings.Join(export.Limites(ms1dui.Courante(), l), "\n")
		for _, want := range []string{"montantSegurHT", "numLigne", "nomMandataire", "FINESSGeos", "SIRET", "numeroEditeur", "FINESSJuridique", "nomFichier"} {
			if !strings.Contains(all, want) {
				t.Errorf("the limits do not speak of %s:\n%s", want, all)
			}
		}
		// The schema counts the documents of each kind.
		if strings.Contains(all, "PREUVE_HT") {
			t.Errorf("the limits speak of a rule that the schema says:\n%s", all)
		}
	}
}

// A table without amounts has no limit about them.
func TestLimitesFollowTheTable(t *testing.T) {
	t.Parallel()
	m := &modele.Modele{EnTete: []modele.Champ{{Balise: "a", Type: modele.Type{Genre: modele.Booleen}}}}
	if got := export.Limites(m, modele.Anglais); len(got) != 2 {
		t.Errorf("Limites = %q, want only what holds for any file", got)
	}
}
