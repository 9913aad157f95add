package decision

import (
	"context"
	"database/sql"
	"fmt"

	"guichet/internal/portail/db"
)

// numero is a number of a year that a transaction gives, the next one after those that it has given before.
type numero struct{ annee int }

// numeroter gives the next number of a year, without a gap: a decision that is undone gives its own back. The last number of a year is
// read, and kept from others, once in a transaction, and written at its end: a batch decides thousands.
func numeroter(ctx context.Context, tx *sql.Tx, annee int) (int, error) {
	dernier, err := db.UneFois(ctx, numero{annee}, func() (n int, err error) {
		err = tx.QueryRowContext(ctx, `INSERT INTO decision_annee (annee, dernier) VALUES ($1, 0) ON CONFLICT (annee) DO UPDATE SET dernier = decision_annee.dernier RETURNING dernier`, annee).Scan(&n)
		return n, err
	})
	if err != nil {
		return 0, err
	}
	if err := db.Differer(ctx, tx, numero{annee}, ecrireNumeros); err != nil {
		return 0, err
	}
	for _, n := range db.Differes[numero](ctx) {
		if n.annee == annee {
			dernier++
		}
	}
	return dernier, nil
}

func ecrireNumeros(ctx context.Context, tx *sql.Tx, donnes []numero) error {
	parAnnee := map[int]int{}
	for _, n := range donnes {
		parAnnee[n.annee]++
	}
	for annee, n := range parAnnee {
		if err := db.Poser(ctx, tx, `UPDATE decision_annee SET dernier = dernier + $1 WHERE annee = $2`, n, annee); err != nil {
			return fmt.Errorf("keep the last number of %d: %w", annee, err)
		}
	}
	return nil
}
