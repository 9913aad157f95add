package lettre_test

import (
	"context"
	"database/sql"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
	"guichet/modele"
)

// Freezing the letter of a decision, in both languages, beside 2 ms: what a decision of a batch of 500 a second has in all.
func BenchmarkFreeze(b *testing.B) {
	base := dbessai.SQLite(b)
	x := monter(b, base, nil)
	tous := map[string]modele.Texte{}
	for _, r := range reglages() {
		tous[r] = modele.Texte{Fr: "Valeur de " + r}
	}
	if err := x.Livrer(b.Context()); err != nil {
		b.Fatal(err)
	}
	if err := x.Regler(b.Context(), 6, tous); err != nil {
		b.Fatal(err)
	}
	if err := x.Qualifier(b.Context(), 6, 7, modele.Texte{Fr: "responsable"}); err != nil {
		b.Fatal(err)
	}
	d := *x.d
	d.DecidePar, d.Decide, d.Annee, d.Numero = 7, midi, 2026, 1
	b.ResetTimer()
	err := base.Ecrire(b.Context(), func(ctx context.Context, tx *sql.Tx) error {
		for b.Loop() {
			d.ID++
			if err := x.Figer(ctx, tx, &d, ""); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "letters/s")
}
