package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"syscall"
	"testing"

	"guichet/internal/attente"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// A full database is told from other errors, by what its own driver says.
func TestPleine(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `PRAGMA max_page_count = 1`); err != nil { // no less than it has
			return err
		}
		_, err := tx.ExecContext(ctx, `CREATE TABLE plein AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000) SELECT i, hex(randomblob(100)) FROM n`)
		return err
	})
	if err == nil || !db.Pleine(err) || db.Absente(err) {
		t.Errorf("full SQLite: %v", err)
	}
	for _, err := range []error{syscall.ENOSPC, fmt.Errorf("keep: %w", syscall.EDQUOT)} {
		if !db.Pleine(err) {
			t.Errorf("%v is no full disk", err)
		}
	}
	for _, err := range []error{nil, errors.New("plein"), sql.ErrNoRows, syscall.EIO} {
		if db.Pleine(err) || db.Absente(err) {
			t.Errorf("%v: full %t, absent %t", err, db.Pleine(err), db.Absente(err))
		}
	}
}

// A server that is not there, and one that ends a connection under a query, are absent; a query that is wrong is not.
func TestAbsente(t *testing.T) {
	t.Parallel()
	ferme, err := attente.Adresse()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Ouvrir(t.Context(), "postgres://guichet@"+ferme+"/rien?sslmode=disable"); !db.Absente(err) {
		t.Errorf("no server: %v", err)
	}
	b := essai.Postgres(t)
	var rien int
	if err := b.Lire().QueryRowContext(t.Context(), `SELECT 1 FROM nulle_part`).Scan(&rien); err == nil || db.Absente(err) {
		t.Errorf("no such table: %v", err)
	}
	err = b.Lire().QueryRowContext(t.Context(), `SELECT pg_terminate_backend(pg_backend_pid())::int`).Scan(&rien)
	if !db.Absente(err) {
		t.Errorf("cut under a query: %v", err)
	}
}
