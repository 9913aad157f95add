package carnet

import (
	"context"
	"database/sql"
	"fmt"
	"iter"
)

// ailleurs records a number as used without the ledger, and tells whether it was not known to be.
func ailleurs(ctx context.Context, tx *sql.Tx, numero, origine string, instant int64) (bool, error) {
	r, err := tx.ExecContext(ctx, "INSERT INTO ailleurs (numero, origine, instant) SELECT ?1, ?2, ?3 WHERE NOT EXISTS (SELECT 1 FROM demande WHERE numero = ?1) ON CONFLICT DO NOTHING", numero, origine, instant)
	if err != nil {
		return false, fmt.Errorf("record number %s: %w", numero, err)
	}
	n, err := r.RowsAffected()
	return n > 0, err
}

// Importer records numbers that were used before the ledger, and returns how many it did not know. The origin
// is told when one of them is asked for again.
func (c *Carnet) Importer(ctx context.Context, numeros iter.Seq[string], origine string) (nouveaux int, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return 0, ErrLotOuvert
	}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		for numero := range numeros {
			nouveau, err := ailleurs(ctx, tx, numero, origine, c.instant())
			if err != nil {
				return err
			}
			if nouveau {
				nouveaux++
			}
		}
		return nil
	})
	if err != nil {
		return 0, fmt.Errorf("import numbers: %w", err)
	}
	return nouveaux, nil
}
