package avis

import (
	"context"
	"database/sql"
	"fmt"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Suivre ends what is still waited for on demandes that leave the examination, in the transaction of that step; their links end with it.
func (s *Service) Suivre(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	for _, p := range pas {
		if !etat.Permis(etat.Aviser, p.De) || etat.Permis(etat.Aviser, p.A) {
			continue
		}
		if err := db.Poser(ctx, tx, `UPDATE avis SET etat = 'clos', relance = 0 WHERE depot_id = $1 AND rang = $2 AND etat = 'attendu'`, p.Depot, p.Rang); err != nil {
			return fmt.Errorf("end the opinions on a demande: %w", err)
		}
	}
	return nil
}
