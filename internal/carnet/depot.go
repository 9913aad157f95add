package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Deposer records that the supplier has deposited a file, and returns how many of its demandes were only
// prepared. What the portal has answered stays. The error is [*ErreurInconnu] when the ledger has no such file, and
// [*ErreurMisDeCote] when it was not to be deposited any more.
func (c *Carnet) Deposer(ctx context.Context, fichier string) (demandes int, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return 0, ErrLotOuvert
	}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		var id int64
		var ecarte bool
		err := tx.QueryRowContext(ctx, "SELECT id, ecarte_par IS NOT NULL FROM fichier WHERE nom = ? AND rang IS NOT NULL", fichier).Scan(&id, &ecarte)
		if errors.Is(err, sql.ErrNoRows) {
			return &ErreurInconnu{Chemin: c.chemin, Fichier: fichier}
		}
		if err != nil {
			return err
		}
		if ecarte {
			return misDeCote(ctx, tx, id, fichier)
		}
		r, err := tx.ExecContext(ctx, "UPDATE demande SET etat = ? WHERE fichier = ? AND etat = ?", Deposee, id, Preparee)
		if err != nil {
			return err
		}
		n, err := r.RowsAffected()
		if demandes = int(n); err != nil || n == 0 {
			return err
		}
		_, err = tx.ExecContext(ctx, "INSERT INTO evenement (instant, fichier, genre, texte) VALUES (?, ?, ?, '')", c.instant(), id, GenreDepot)
		return err
	})
	if err != nil {
		return 0, fmt.Errorf("record the deposit of %s: %w", fichier, err)
	}
	return demandes, nil
}

// DeposerAutrement records that a file was deposited with other bytes than those that were made: what is compared from
// now on is compared with these, and no demande of it is taken for what its table says.
func (c *Carnet) DeposerAutrement(ctx context.Context, fichier, somme string) (err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return ErrLotOuvert
	}
	return c.transaction(ctx, func(tx *sql.Tx) error {
		var id int64
		if err := tx.QueryRowContext(ctx, "UPDATE fichier SET sha256 = ? WHERE nom = ? AND rang IS NOT NULL RETURNING id", somme, fichier).Scan(&id); err != nil {
			return fmt.Errorf("record the bytes of %s: %w", fichier, err)
		}
		if _, err := tx.ExecContext(ctx, "UPDATE demande SET empreinte = '' WHERE fichier = ?", id); err != nil {
			return fmt.Errorf("record the bytes of %s: %w", fichier, err)
		}
		return nil
	})
}
