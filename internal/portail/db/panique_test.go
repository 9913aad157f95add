package db_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// A transaction that panics is undone, and told as an error; nobody waits for it, nor for what it had locked.
func TestPanicIsUndone(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		fini := make(chan error, 1)
		go func() {
			fini <- b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				if err := poser(ctx, tx, "a"); err != nil {
					return err
				}
				if _, err := tx.ExecContext(ctx, `UPDATE compteur SET valeur = 2 WHERE nom = $1`, "a"); err != nil {
					return err
				}
				panic("of a test")
			})
		}()
		select {
		case err := <-fini:
			if err == nil {
				t.Error("a panic is told as nothing")
			}
		case <-time.After(30 * time.Second):
			t.Fatal("the transaction that panicked never ends")
		}
		if n := compter(t, b); n != 0 {
			t.Errorf("%d rows are kept", n)
		}
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return poser(ctx, tx, "a") }); err != nil {
			t.Error(err)
		}
	})
}

// A transaction that asks for more than usual has what waits, or forgets it, as any other.
func TestPoserInSerializable(t *testing.T) {
	t.Parallel()
	b := essai.Postgres(t)
	b.Pool().SetMaxOpenConns(1) // what one transaction left would be the next one's
	for nom, fin := range map[string]func(*sql.Tx) error{"given up": (*sql.Tx).Rollback, "kept": (*sql.Tx).Commit} {
		tx, err := b.Pool().BeginTx(t.Context(), &sql.TxOptions{Isolation: sql.LevelSerializable})
		if err == nil {
			err = poser(t.Context(), tx, nom)
		}
		if err == nil {
			err = fin(tx)
		}
		var n int
		if err == nil {
			err = b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM compteur WHERE nom = $1`, nom).Scan(&n)
		}
		if want := map[string]int{"kept": 1}[nom]; err != nil || n != want {
			t.Errorf("%s: %d rows, %v, want %d", nom, n, err, want)
		}
	}
}
