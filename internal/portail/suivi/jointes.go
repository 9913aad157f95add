package suivi

import (
	"context"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// JointeDe is a document that came with a message.
type JointeDe struct {
	Fil     int64
	Ordre   int
	Nom     string
	Format  string
	Instant time.Time
	Agence  bool // the agency sent it
}

// Adresse is where its bytes are.
func (j JointeDe) Adresse() string { return fmt.Sprintf("/messages/%d/pieces/%d", j.Fil, j.Ordre) }

// maxRecues is how many documents of the messages about one demande are listed: the last ones.
const maxRecues = 50

// Jointes lists the documents that came with the messages about a demande, the last first.
func (s *Service) Jointes(ctx context.Context, c Cle) ([]JointeDe, error) {
	toutes, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, j *JointeDe) error {
		var instant, agence int64
		err := l.Scan(&j.Fil, &j.Ordre, &j.Nom, &j.Format, &instant, &agence)
		j.Instant, j.Agence = db.Temps(instant), agence == 1
		return err
	}, `SELECT m.fil_id, m.ordre, m.piece_nom, m.piece_format, m.instant, m.agence FROM fil f JOIN message m ON m.fil_id = f.id
		WHERE f.depot_id > 0 AND f.depot_id = $1 AND f.rang = $2 AND m.piece_sha256 <> '' ORDER BY m.instant DESC, m.fil_id, m.ordre DESC LIMIT $3`, c.Depot, c.Rang, maxRecues)
	if err != nil {
		return nil, fmt.Errorf("list the documents of the messages: %w", err)
	}
	return toutes, nil
}
