package depot_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"guichet/diag"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
)

// Whatever was deposited by whom, before the filter was loaded or after, a simulation finds the same with the filter as
// without.
func TestFilterChangesNothing(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		filtre := ouvrir(t, b, 3)
		sans := avecService(t, filtre)
		serie := 0
		rapid.Check(t, func(r *rapid.T) {
			serie++
			for range rapid.IntRange(1, 6).Draw(r, "acts") {
				i := rapid.IntRange(0, 2).Draw(r, "supplier")
				octets := fichierDe(i, rapid.IntRange(1, 4).Draw(r, "demandes"), fmt.Sprintf("%02d", serie%100), rapid.IntRange(0, 3).Draw(r, "faulty"))
				switch rapid.SampledFrom([]string{"load", "deposit", "simulate", "simulate"}).Draw(r, "act") {
				case "load":
					if err := filtre.Charger(t.Context()); err != nil {
						t.Fatal(err)
					}
				case "deposit":
					filtre.deposer(t, envoi(filtre.fournisseurs[i], octets))
				default:
					if d := cmp.Diff(sans.simuler(t, i, octets), filtre.simuler(t, i, octets)); d != "" {
						r.Fatalf("without and with the filter:\n%s", d)
					}
				}
			}
		})
	})
}

// avecService is another counter on the same database.
func avecService(t *testing.T, g *guichet) *guichet {
	t.Helper()
	s, err := depot.Ouvrir(t.Context(), depot.Options{Base: g.b, Fichiers: g.m, Brouillons: brouillons(t, t.TempDir()), Maintenant: t0})
	if err != nil {
		t.Fatal(err)
	}
	return &guichet{Service: s, b: g.b, m: g.m, fournisseurs: g.fournisseurs}
}

func (g *guichet) simuler(t *testing.T, i int, octets []byte) diag.Fichier {
	t.Helper()
	_, f := g.controler(t, envoi(g.fournisseurs[i], octets))
	return f
}
