package db_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// What is looked for in a table that has hardly a row is found by its index: the plan is kept while the table grows.
func TestPlansOfAYoungDatabase(t *testing.T) {
	t.Parallel()
	b := essai.Postgres(t)
	chercher := func(ctx context.Context, q db.Lecteur) string {
		t.Helper()
		lignes, err := db.Lignes(ctx, q, func(l db.Ligne, s *string) error { return l.Scan(s) }, `EXPLAIN SELECT id FROM decision WHERE depot_id = 1 AND rang = 2 AND etat IN ('proposee', 'decidee')`)
		if err != nil {
			t.Fatal(err)
		}
		return strings.Join(lignes, "\n")
	}
	if _, err := b.Pool().ExecContext(t.Context(), `ANALYZE decision`); err != nil {
		t.Fatal(err)
	}
	if plan := chercher(t.Context(), b.Lire()); !strings.Contains(plan, "Index") {
		t.Errorf("read:\n%s", plan)
	}
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if plan := chercher(ctx, tx); !strings.Contains(plan, "Index") {
			t.Errorf("in a transaction:\n%s", plan)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}
