// Package essai gives tests the counter's two databases: an SQLite file, and a private PostgreSQL server in a
// folder that goes away with the tests. It is imported by tests alone.
package essai

import (
	"context"
	"path/filepath"
	"testing"

	"guichet/internal/portail/db"
)

// Bases runs a suite on both databases, each empty but for the schema.
func Bases(t *testing.T, suite func(t *testing.T, b *db.Base)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		t.Parallel()
		suite(t, SQLite(t))
	})
	t.Run("postgres", func(t *testing.T) {
		t.Parallel()
		suite(t, Postgres(t))
	})
}

// SQLite opens a new database in a file.
func SQLite(t testing.TB) *db.Base {
	t.Helper()
	return ouvrir(t, filepath.Join(t.TempDir(), "portail.db"))
}

// Postgres opens a new database of the private server.
func Postgres(t testing.TB) *db.Base {
	t.Helper()
	return ouvrir(t, AdressePostgres(t))
}

func ouvrir(t testing.TB, adresse string) *db.Base {
	t.Helper()
	ctx := context.Background() // t.Context ends before the clean-up
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Fermer(); err != nil {
			t.Error(err)
		}
	})
	if _, err := b.Migrer(ctx); err != nil {
		t.Fatal(err)
	}
	return b
}
