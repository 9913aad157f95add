// Package essai gives tests the counter's two databases: an SQLite file, and a private PostgreSQL server in a
// folder that goes away with the tests. It is imported by tests alone.
package essai

import (
	"context"
	"errors"
	"os"
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
	octets, err := modeleSQLite()
	chemin := filepath.Join(t.TempDir(), "portail.db")
	if err := errors.Join(err, os.WriteFile(chemin, octets, 0o600)); err != nil {
		t.Fatal(err)
	}
	return ouvrir(t, chemin)
}

// Postgres opens a new database of the private server.
func Postgres(t testing.TB) *db.Base {
	t.Helper()
	if testing.Short() {
		t.Skip("a PostgreSQL server: not in -short")
	}
	modele, err := modelePostgres()
	if err != nil {
		t.Fatal(err)
	}
	p, name, err := nouvelleBase("TEMPLATE " + modele)
	if err != nil {
		t.Fatal(err)
	}
	return ouvrir(t, adresse(p.port, name))
}

func ouvrir(t testing.TB, adresse string) *db.Base {
	t.Helper()
	b, err := db.Ouvrir(context.Background(), adresse) // t.Context ends before the clean-up
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := b.Fermer(); err != nil {
			t.Error(err)
		}
	})
	return b
}
