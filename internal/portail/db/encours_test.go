package db_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

type parole string

// What is kept until the end is written once, in its order, without what was undone; and not at all where the transaction fails.
func TestDiffererAtTheEnd(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		var fois [][]parole
		garder := func(ctx context.Context, tx *sql.Tx, m parole) error {
			return db.Differer(ctx, tx, m, func(ctx context.Context, tx *sql.Tx, tout []parole) error {
				fois = append(fois, slices.Clone(tout))
				return poser(ctx, tx, "last")
			})
		}
		refus := errors.New("refused")
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			err := db.Tenter(ctx, tx, func() error { return errors.Join(garder(ctx, tx, "undone"), poser(ctx, tx, "undone"), refus) })
			if !errors.Is(err, refus) {
				t.Errorf("what is undone says %v", err)
			}
			err = errors.Join(garder(ctx, tx, "a"), db.Tenter(ctx, tx, func() error { return errors.Join(garder(ctx, tx, "b"), poser(ctx, tx, "b")) }), garder(ctx, tx, "c"))
			if len(fois) > 0 {
				t.Errorf("%v is written before the end", fois)
			}
			return err
		})
		if err != nil || len(fois) != 1 || !slices.Equal(fois[0], []parole{"a", "b", "c"}) {
			t.Errorf("written: %v, %v", fois, err)
		}
		if n := compter(t, b); n != 2 {
			t.Errorf("%d rows are kept, want b and last", n)
		}
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return errors.Join(garder(ctx, tx, "d"), refus) })
		if !errors.Is(err, refus) || len(fois) != 1 {
			t.Errorf("a transaction that failed wrote %v, %v", fois, err)
		}
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return garder(ctx, tx, "e") }); !db.Doublon(err) {
			t.Errorf("what cannot be written at the end: %v", err)
		}
	})
}

// Two transactions are not mixed up, nor is one taken for none.
func TestDiffererItsTransaction(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	rien := func(context.Context, *sql.Tx, []parole) error { return nil }
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if err := db.Differer(t.Context(), tx, parole("x"), rien); err == nil {
			t.Error("without the context of the transaction it is kept")
		}
		if err := db.Differer(ctx, nil, parole("x"), rien); err == nil {
			t.Error("in another transaction it is kept")
		}
		return db.Tenter(t.Context(), tx, func() error { return nil })
	})
	if err == nil {
		t.Error("without the context of the transaction it is tried")
	}
}

// What does not change is read once in a transaction, and each time outside of one; what could not be read is read again.
func TestUneFois(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	var n int
	lire := func(ctx context.Context, cle any) int {
		v, err := db.UneFois(ctx, cle, func() (int, error) {
			if n++; n == 1 {
				return 0, errors.New("not yet")
			}
			return n, nil
		})
		if err != nil {
			return -1
		}
		return v
	}
	type cle string
	var lus []int
	for range 2 {
		err := b.Ecrire(t.Context(), func(ctx context.Context, _ *sql.Tx) error {
			lus = append(lus, lire(ctx, cle("a")), lire(ctx, cle("a")), lire(ctx, cle("a")), lire(ctx, cle("b")))
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	lus = append(lus, lire(t.Context(), cle("a")), lire(t.Context(), cle("a")))
	if want := []int{-1, 2, 2, 3, 4, 4, 4, 5, 6, 7}; !slices.Equal(lus, want) {
		t.Errorf("read %v, want %v", lus, want)
	}
}
