package carnet

import (
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Who asks ESMS by ESMS hears of what was prepared since the first question, and the same as who asks for all at once.
func TestClaimsOneByOne(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	c := ouvert(t, filepath.Join(dossier, Nom))
	demander := c.DemandesParESMS()
	for range 3 {
		tous, err := c.DemandesDesESMS(t.Context(), []string{"990000036", "990000044"})
		if err != nil {
			t.Fatal(err)
		}
		for _, esms := range []string{"990000036", "990000044"} {
			seuls, err := demander(t.Context(), esms)
			if diff := cmp.Diff(tous[esms], seuls); diff != "" || err != nil {
				t.Errorf("%s: %v\n%s", esms, err, diff)
			}
		}
		preparer(t, c, dossier, 2)
	}
	if m, err := demander(t.Context(), "990000036"); err != nil || len(m) != 6 {
		t.Errorf("%d demandes, %v", len(m), err)
	}
}
