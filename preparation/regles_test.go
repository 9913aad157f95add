package preparation_test

import (
	"testing"

	"guichet/preparation"
)

// A rule says everything in both languages, and its code is its own.
func TestRegles(t *testing.T) {
	t.Parallel()
	codes := map[string]bool{}
	for _, r := range preparation.Regles() {
		for _, texte := range []string{r.Titre.Fr, r.Titre.En, r.Message.Fr, r.Message.En, r.Aide.Fr, r.Aide.En, r.Faux, r.Juste} {
			if texte == "" {
				t.Errorf("%s: a text is missing", r.Code)
			}
		}
		if codes[r.Code] || len(r.Code) != 4 || r.Code[0] != 'T' {
			t.Errorf("code %q", r.Code)
		}
		codes[r.Code] = true
	}
}
