package compte

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"
)

// What is written of how long sessions, links and brakes last is what they last.
// ASVS 6.1.1, 7.1.1
func TestDurationsAreDocumented(t *testing.T) {
	t.Parallel()
	octets, err := os.ReadFile("../../../docs/securite.md")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range []frein{freinDevine, freinCompte, freinAdresse, freinConnu, freinAvance, freinCode, freinCodeConnu, freinSecours, freinCle, freinFedere, freinOubli, freinOubliAdresse, freinVerification, freinInvitation} {
		ligne := fmt.Sprintf("| %d en %d minutes |", f.max, f.fenetre/time.Minute)
		_, apres, ok := strings.Cut(string(octets), "\n| `"+f.nom+"`,")
		if tableau, _, _ := strings.Cut(apres, "\n"); !ok || !strings.HasSuffix(tableau, ligne) {
			t.Errorf("docs/securite.md does not say %q of the brake %s", ligne, f.nom)
		}
	}
	for quoi, phrase := range map[string]string{
		"idle session":   fmt.Sprintf("%d heures sans usage", inactivite/time.Hour),
		"session in all": fmt.Sprintf("%d heures en tout", dureeTotale/time.Hour),
		"second factor":  fmt.Sprintf("%d minutes entre le mot de passe et le code", dureeAttente/time.Minute),
		"confirmation":   fmt.Sprintf("confirmation vaut %d minutes", dureeConfirmation/time.Minute),
		"forgotten":      fmt.Sprintf("mot de passe oublié : %d heure", durees[oubli]/time.Hour),
		"invitation":     fmt.Sprintf("invitation : %d jours", durees[ouverture]/(24*time.Hour)),
		"first":          fmt.Sprintf("premier administrateur : %d heures", durees[premier]/time.Hour),
		"known browser":  fmt.Sprintf("navigateur connu : %d jours", dureeConnu/(24*time.Hour)),
		"recovery codes": fmt.Sprintf("%d codes de secours", nombreSecours),
	} {
		if !strings.Contains(string(octets), phrase) {
			t.Errorf("%s: docs/securite.md does not say %q", quoi, phrase)
		}
	}
}
