package depot_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// Deposits are found by a part of their file's name, of their software's number, and by the beginning of their reference.
func TestSearchOfDeposits(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 1, "AA", 0)))
		g.deposer(t, envoi(g.fournisseurs[1], fichierDe(1, 1, "AA", 0)))
		ref := d.ImpID()
		for texte, veut := range map[string]int{
			"": 1, "json-ans": 1, "20261124": 1, "absent": 0, strings.ToLower(ref): 1, ref[:9]: 1, strings.ReplaceAll(ref, "-", " "): 1, ref[:len(ref)-1] + "x": 0,
			ans(g.fournisseurs[0])[3:]: 1, "ans 0000": 1, "%": 0, "_": 0, "dep": 0,
		} {
			got, err := g.Chercher(t.Context(), g.fournisseurs[0], texte, "", 0, 10)
			if err != nil || len(got) != veut {
				t.Errorf("%q: %d found, want %d, %v", texte, len(got), veut, err)
			}
		}
	})
}
