package referentiel_test

import (
	"strings"
	"testing"

	"guichet/referentiel"
)

func TestBaremeFautif(t *testing.T) {
	t.Parallel()
	for texte, dit := range map[string]string{
		"": `line 1, tranche: "" found`, "a;b;c;d\n": `"a;b;c;d" found`,
		"tranche;esms_min;esms_max;montant_ttc\n":                "at least one tranche",
		"tranche;esms_min;esms_max;montant_ttc\nB;0;4;2920.00\n": "line 2, esms_min: \"0\" found",
		"tranche;esms_min;esms_max;montant_ttc\nB;5;4;2920.00\n": "line 2, esms_max: \"4\" found",
		"tranche;esms_min;esms_max;montant_ttc\nB;4;4;2920\n":    "line 2, montant_ttc: \"2920\" found",
		"tranche;esms_min;esms_max;montant_ttc\nB;4\n":           "four columns",
	} {
		if _, err := referentiel.LireBareme(strings.NewReader(texte), referentiel.Origine{}); err == nil || !strings.Contains(err.Error(), dit) {
			t.Errorf("%q: %v does not say %q", texte, err, dit)
		}
	}
}
