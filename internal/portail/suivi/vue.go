package suivi

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// VueParAgence tells whether the agency has had a demande in hand since an instant: it decided something of it, or examines
// it.
func (s *Service) VueParAgence(ctx context.Context, tx *sql.Tx, depot int64, rang int, depuis time.Time) (oui bool, err error) {
	err = tx.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM evenement WHERE depot_id = $1 AND rang = $2 AND acteur = $3 AND instant >= $4)`,
		depot, rang, int(etat.Agence), db.Instant(depuis)).Scan(&oui)
	if err != nil {
		return false, fmt.Errorf("ask what the agency has had in hand: %w", err)
	}
	return oui, nil
}
