package main

import (
	"context"
	"database/sql"
	"errors"
)

// filler adds demandes to the counter's database, faster than deposits would.
type filler struct {
	*counter
	limits
	stored  int
	ofFirst int   // demandes of the first supplier
	middle  int64 // a deposit in the middle of its list
}

// firstNumber keeps the numbers of what is filled in apart from those of deposited files.
const firstNumber = 30_000_000

func newFiller(c *counter) *filler {
	f := &filler{counter: c}
	f.demandes, f.numeros = insertions()
	f.demandes.Preparer(c.base.Dialecte)
	f.numeros.Preparer(c.base.Dialecte)
	return f
}

// fill brings the demandes stored to n. One deposit in twenty waits for its documents.
func (f *filler) fill(ctx context.Context, n int) (int, error) {
	if err := f.counter.base.Lire().QueryRowContext(ctx, `SELECT count(*) FROM demande`).Scan(&f.stored); err != nil {
		return 0, err
	}
	for f.stored < n {
		err := f.counter.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
			for i := 0; i < 50 && f.stored+i*demandesOfFile < n; i++ {
				supplier := int64(1)
				if i%2 == 1 {
					supplier = int64(2 + i/2%(clients-1))
				}
				state := "complete"
				if i%20 == 0 {
					state = "incomplete"
				}
				if err := f.rows(ctx, tx, supplier, firstNumber+f.stored+i*demandesOfFile, state); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return 0, err
		}
		f.stored += min(50, (n-f.stored+demandesOfFile-1)/demandesOfFile) * demandesOfFile
	}
	return f.stored, f.settle(ctx)
}

// tidy is what each database does by itself as it grows, but not at once: what is measured next is not to pay for it.
var tidy = map[string][]string{
	"postgres": {`VACUUM (ANALYZE)`, `CHECKPOINT`},
	"sqlite":   {`PRAGMA wal_checkpoint(PASSIVE)`},
}

// settle counts what was filled in, as deposits are counted, and finds the middle of the first supplier's list.
func (f *filler) settle(ctx context.Context) error {
	err := f.counter.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, text := range []string{
			`DELETE FROM demande_etat`,
			`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) SELECT fournisseur_id, etat, count(*), CAST(sum(montant) AS BIGINT) FROM demande GROUP BY 1, 2`,
		} {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return err
			}
		}
		return nil
	})
	for _, text := range tidy[f.counter.base.Dialecte.Nom] {
		_, failed := f.counter.base.Pool().ExecContext(ctx, text)
		err = errors.Join(err, failed)
	}
	if err != nil {
		return err
	}
	return f.counter.base.Lire().QueryRowContext(ctx, `SELECT (SELECT count(*) FROM demande WHERE fournisseur_id = 1),
		(SELECT id FROM depot WHERE fournisseur_id = 1 ORDER BY id LIMIT 1 OFFSET (SELECT count(*) / 2 FROM depot WHERE fournisseur_id = 1))`).Scan(&f.ofFirst, &f.middle)
}
