package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

func TestMigrerTwice(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		steps, err := b.Migrer(t.Context())
		if err != nil || len(steps) > 0 {
			t.Errorf("steps %v made twice, error %v", steps, err)
		}
		if done, err := b.AJour(t.Context()); !done || err != nil {
			t.Errorf("up to date: %t, %v", done, err)
		}
	})
}

func ajouter(nom string) func(context.Context, *sql.Tx) error {
	return func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO compteur (nom, valeur) VALUES ($1, 1)`, nom)
		return err
	}
}

func compter(t *testing.T, b *db.Base) (n int) {
	t.Helper()
	if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM compteur`).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// What fails leaves nothing, and takes nothing with it, even among writes that share a transaction.
// ASVS 2.3.3.
func TestEcrireAllOrNothing(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		refus := errors.New("no")
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() {
				err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
					if err := ajouter(fmt.Sprint(i))(ctx, tx); err != nil || i%3 > 0 {
						return err
					}
					return refus
				})
				if (i%3 == 0) != errors.Is(err, refus) {
					t.Errorf("write %d: %v", i, err)
				}
			})
		}
		wg.Wait()
		if n := compter(t, b); n != 40 {
			t.Errorf("%d rows, want 40", n)
		}
	})
}

func TestDoublon(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if err := b.Ecrire(t.Context(), ajouter("a")); err != nil {
			t.Fatal(err)
		}
		if err := b.Ecrire(t.Context(), ajouter("a")); !db.Doublon(err) {
			t.Errorf("%v is not known as a double", err)
		}
		if db.Doublon(errors.New("other")) {
			t.Error("any error is a double")
		}
	})
}

// A panic is the error of its caller, and the next write goes on.
// ASVS 16.5.3.
func TestPanicInAWrite(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	err := b.Ecrire(t.Context(), func(context.Context, *sql.Tx) error { panic("boum") })
	if err == nil || !strings.Contains(err.Error(), "boum") {
		t.Errorf("error %v", err)
	}
	if err := b.Ecrire(t.Context(), ajouter("a")); err != nil {
		t.Error(err)
	}
}

// A caller who has gone does not write, and does not break the others' transaction.
func TestCancelledCaller(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := b.Ecrire(ctx, ajouter("a")); !errors.Is(err, context.Canceled) {
			t.Errorf("error %v", err)
		}
		if n := compter(t, b); n != 0 {
			t.Errorf("%d rows", n)
		}
	})
}

func TestClosed(t *testing.T) {
	t.Parallel()
	b, err := db.Ouvrir(t.Context(), t.TempDir()+"/x ?#%.db")
	if err != nil {
		t.Fatal(err)
	}
	if err := b.Fermer(); err != nil {
		t.Error(err)
	}
	if err := b.Ecrire(t.Context(), ajouter("a")); err == nil {
		t.Error("a closed database takes a write")
	}
}

func TestInstants(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 24, 10, 0, 0, 123456000, time.UTC)
	if got := db.Temps(db.Instant(now)); !got.Equal(now) {
		t.Errorf("%v, want %v", got, now)
	}
	if !db.Temps(0).IsZero() {
		t.Error("0 is a time")
	}
}

// Nothing waits inside a transaction: on SQLite there is one only, and what it waits for may wait for it.
func TestNothingWaitsInside(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			if err := db.SansAttente(ctx); !errors.Is(err, db.ErrAttente) {
				t.Errorf("inside: %v", err)
			}
			return b.Ecrire(ctx, ajouter("dedans"))
		})
		if !errors.Is(err, db.ErrAttente) || db.SansAttente(t.Context()) != nil || compter(t, b) != 0 {
			t.Errorf("a transaction inside another: %v", err)
		}
	})
}
