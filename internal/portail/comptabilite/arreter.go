package comptabilite

import (
	"context"
	"database/sql"
	"fmt"

	"guichet/internal/portail/db"
)

// Service reads the accounts, and closes them.
type Service struct {
	Base *db.Base

	// NumeroASP and LireNumeroASP name demandes on pages.
	NumeroASP     func(depot int64, rang int) string
	LireNumeroASP func(string) (depot int64, rang int, ok bool)
}

// tranche is how many entries one transaction of a closing sums.
const tranche = 500

// Arreter sums the entries that there are into the kept balances, some in each transaction, and returns how many that were.
func (s *Service) Arreter(ctx context.Context) (sommees int64, err error) {
	fin, err := s.fin(ctx)
	if err != nil {
		return 0, err
	}
	for {
		n, err := s.sommer(ctx, fin)
		if sommees += n; err != nil || n < tranche {
			return sommees, err
		}
	}
}

// fin is an entry such that all before it are there. On PostgreSQL an entry has its number before its transaction has ended: who writes
// shares a name until then, which this takes alone, for no longer than it looks.
func (s *Service) fin(ctx context.Context) (fin int64, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := s.Base.Exclure(ctx, tx, porte); err != nil {
			return err
		}
		return tx.QueryRowContext(ctx, `SELECT COALESCE(MAX(id), 0) FROM ecriture`).Scan(&fin)
	})
	if err != nil {
		return 0, fmt.Errorf("find the last entry of the accounts: %w", err)
	}
	return fin, nil
}

// sommer adds the next entries, up to fin, to the balances; 0 when none is left.
func (s *Service) sommer(ctx context.Context, fin int64) (n int64, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		var avant, jusque int64
		if err := tx.QueryRowContext(ctx, `SELECT jusque FROM arrete WHERE id = 1 `+s.Base.Dialecte.Verrou).Scan(&avant); err != nil {
			return err
		}
		err := tx.QueryRowContext(ctx, `SELECT COUNT(*), COALESCE(MAX(id), 0) FROM (SELECT id FROM ecriture WHERE id > $1 AND id <= $2 ORDER BY id LIMIT $3) x`, avant, fin, tranche).Scan(&n, &jusque)
		if err != nil || n == 0 {
			return err
		}
		err = db.Poser(ctx, tx, `INSERT INTO arrete_montant (fournisseur_id, numero_ans, annee, poste, montant)
			SELECT e.fournisseur_id, e.numero_ans, e.annee, l.poste, CAST(SUM(l.montant) AS BIGINT) FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id
			WHERE e.id > $1 AND e.id <= $2 GROUP BY e.fournisseur_id, e.numero_ans, e.annee, l.poste
			ON CONFLICT (fournisseur_id, numero_ans, annee, poste) DO UPDATE SET montant = arrete_montant.montant + excluded.montant`, avant, jusque)
		if err != nil {
			return err
		}
		return db.Poser(ctx, tx, `UPDATE arrete SET jusque = $1 WHERE id = 1`, jusque)
	})
	if err != nil {
		return 0, fmt.Errorf("close the accounts: %w", err)
	}
	return n, nil
}
