package db_test

import (
	"path/filepath"
	"slices"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// depuisEtape runs a test on both databases, with the schema of an earlier step.
func depuisEtape(t *testing.T, etape int64, suite func(t *testing.T, b *db.Base)) {
	t.Helper()
	for nom, adresse := range map[string]func(testing.TB) string{
		"sqlite":   func(t testing.TB) string { return filepath.Join(t.TempDir(), "guichet.db") },
		"postgres": essai.AdressePostgres,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			b, err := db.Ouvrir(t.Context(), adresse(t))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = b.Fermer() })
			if err := b.MigrerJusque(t.Context(), etape); err != nil {
				t.Fatal(err)
			}
			suite(t, b)
		})
	}
}

// Numbers that were stored one in a row are found again where they stand together.
func TestNumbersMoveTogether(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 10, func(t *testing.T, b *db.Base) {
		_, err := b.Pool().ExecContext(t.Context(), `INSERT INTO numero (fournisseur_id, numero, depot_id, rang) VALUES
			(1, '00001', 1, 0), (1, '00002', 1, 1), (1, '0010z', 1, 2), (1, '00003', 2, 0), (2, '00001', 3, 0)`)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		for _, c := range []struct {
			fournisseur, depot int64
			debut              string
			suites             []string
		}{{1, 1, "000", []string{"0102", "0201"}}, {1, 1, "001", []string{"0z"}}, {1, 2, "000", []string{"03"}}, {2, 3, "000", []string{"01"}}} {
			var suite string
			err := b.Lire().QueryRowContext(t.Context(), `SELECT suite FROM numero_utilise WHERE fournisseur_id = $1 AND depot_id = $2 AND debut = $3`,
				c.fournisseur, c.depot, c.debut).Scan(&suite)
			if err != nil || !slices.Contains(c.suites, suite) {
				t.Errorf("%+v: %q, %v", c, suite, err)
			}
		}
	})
}
