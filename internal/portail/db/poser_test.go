package db_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

func poser(ctx context.Context, tx *sql.Tx, nom string) error {
	return db.Poser(ctx, tx, `INSERT INTO compteur (nom, valeur) VALUES ($1, 1)`, nom)
}

// What is written without an answer is there for whatever comes after it in the transaction, in the order in which it was written.
func TestPoserInOrder(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		const fois = 250 // more than what waits at once
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			for i := range fois {
				if err := poser(ctx, tx, fmt.Sprint(i)); err != nil {
					return err
				}
			}
			var n int
			if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM compteur`).Scan(&n); err != nil || n != fois {
				t.Errorf("%d rows are read, %v", n, err)
			}
			if err := db.Poser(ctx, tx, `UPDATE compteur SET valeur = valeur + 1 WHERE nom = $1`, "0"); err != nil {
				return err
			}
			fait, err := tx.ExecContext(ctx, `UPDATE compteur SET valeur = valeur * 10 WHERE nom = $1`, "0")
			if err != nil {
				return err
			}
			if n, err := fait.RowsAffected(); n != 1 || err != nil {
				t.Errorf("%d rows are changed, %v", n, err)
			}
			return poser(ctx, tx, "last")
		})
		var valeur int
		if err := errors.Join(err, b.Lire().QueryRowContext(t.Context(), `SELECT valeur FROM compteur WHERE nom = '0'`).Scan(&valeur)); err != nil || valeur != 20 {
			t.Errorf("the value is %d, %v", valeur, err)
		}
		if n := compter(t, b); n != fois+1 {
			t.Errorf("%d rows are kept", n)
		}
	})
}

// A statement without an answer that fails has its transaction fail, wherever that is found: at the next one, at the commit; and what is
// undone to a savepoint, or given up, leaves nothing, to the next transaction of the connection neither.
func TestPoserAllOrNothing(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		for nom, f := range map[string]func(ctx context.Context, tx *sql.Tx) error{
			"at the commit": func(ctx context.Context, tx *sql.Tx) error {
				return errors.Join(poser(ctx, tx, "a"), poser(ctx, tx, "a"))
			},
			"at the next one": func(ctx context.Context, tx *sql.Tx) error {
				if err := errors.Join(poser(ctx, tx, "a"), poser(ctx, tx, "a")); err != nil {
					return err
				}
				return tx.QueryRowContext(ctx, `SELECT count(*) FROM compteur`).Scan(new(int))
			},
			"given up": func(ctx context.Context, tx *sql.Tx) error {
				return errors.Join(poser(ctx, tx, "a"), context.Canceled)
			},
		} {
			if err := b.Ecrire(t.Context(), f); err == nil || nom == "at the commit" && !db.Doublon(err) {
				t.Errorf("%s: %v", nom, err)
			}
			if n := compter(t, b); n > 0 {
				t.Errorf("%s: %d rows are kept", nom, n)
			}
		}
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return errors.Join(db.Poser(ctx, tx, `SAVEPOINT ligne`), poser(ctx, tx, "a"), db.Poser(ctx, tx, `ROLLBACK TO SAVEPOINT ligne`), poser(ctx, tx, "b"))
		})
		var nom string
		if err := errors.Join(err, b.Lire().QueryRowContext(t.Context(), `SELECT nom FROM compteur`).Scan(&nom)); err != nil || nom != "b" {
			t.Errorf("%q is kept, %v", nom, err)
		}
	})
}

// An answer says the same after statements that wait as without: numbers, texts, bytes, nothing, lists; and so does its failure.
func TestPoserThenRead(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		valeurs := []string{`CAST(7 AS BIGINT)`, `CAST(7 AS INTEGER)`, `1.5`, `CAST(1.25 AS NUMERIC)`, `'été'`, `NULL`, `1 = 1`, `nom`}
		if b.Dialecte.Tableaux {
			valeurs = append(valeurs, `ARRAY['a','b,c']`, `ARRAY[1,2]`, `CAST('{"a": 1}' AS JSONB)`, `DATE '2026-11-24'`, `CAST('\x00ff' AS BYTEA)`, `TIMESTAMPTZ '2026-11-24 12:00:00+00'`)
		} else {
			valeurs = append(valeurs, `x'00ff'`)
		}
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			lire := func(valeur string) (lues []string, err error) {
				return db.Lignes(ctx, tx, func(l db.Ligne, t *string) error {
					var v any
					err := l.Scan(&v)
					if o, ok := v.([]byte); ok {
						v = string(o)
					}
					*t = fmt.Sprint(v)
					return err
				}, `SELECT `+valeur+` FROM compteur WHERE valeur >= $1 ORDER BY nom`, 1)
			}
			if err := errors.Join(poser(ctx, tx, "a"), poser(ctx, tx, "b")); err != nil {
				return err
			}
			for _, valeur := range valeurs {
				seules, err := lire(valeur)
				if err == nil {
					err = db.Poser(ctx, tx, `UPDATE compteur SET valeur = valeur + 1 WHERE nom = $1`, "b")
				}
				if err != nil {
					return err
				}
				apres, err := lire(valeur)
				if err != nil || len(apres) != 2 || !slices.Equal(apres, seules) {
					t.Errorf("%s: %q after what waits, %q without, %v", valeur, apres, seules, err)
				}
			}
			if err := poser(ctx, tx, "c"); err != nil {
				return err
			}
			fait, err := tx.ExecContext(ctx, `UPDATE compteur SET valeur = 0 WHERE nom <> $1`, "a")
			if n, _ := fait.RowsAffected(); n != 2 || err != nil {
				t.Errorf("%d rows are changed, %v", n, err)
			}
			_, err = lire(`1 / (valeur - valeur)`)
			if b.Dialecte.Tableaux && err == nil { // SQLite says nothing of it
				t.Error("a division by zero is not told")
			}
			return nil
		})
		if err != nil && !b.Dialecte.Tableaux {
			t.Error(err)
		}
		if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return poser(ctx, tx, "z") }); err != nil {
			t.Errorf("the connection is of no use afterwards: %v", err)
		}
	})
}
