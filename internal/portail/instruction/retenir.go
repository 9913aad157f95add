package instruction

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Retenir puts a demande aside until its supplier was heard in a procedure.
func (s *Service) Retenir(ctx context.Context, tx *sql.Tx, c etat.Cle, procedure int64, jusqua time.Time, motif string) error {
	return s.poserProcedure(ctx, tx, c, `contradictoire_id = $3, attente = $4, attente_motif = $5`, procedure, db.Instant(jusqua), motif)
}

// Entendue has a demande come back before that: all that are heard have answered.
func (s *Service) Entendue(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	return s.poserProcedure(ctx, tx, c, `attente = 0, attente_motif = '', repondu = $3`, s.instant())
}

// Liberer ends that procedure.
func (s *Service) Liberer(ctx context.Context, tx *sql.Tx, c etat.Cle) error {
	return s.poserProcedure(ctx, tx, c, `contradictoire_id = 0, attente = 0, attente_motif = ''`)
}

func (s *Service) poserProcedure(ctx context.Context, tx *sql.Tx, c etat.Cle, quoi string, args ...any) error {
	err := db.Poser(ctx, tx, `UPDATE dossier SET `+quoi+`, version = version + 1 WHERE depot_id = $1 AND rang = $2`, append([]any{c.Depot, c.Rang}, args...)...)
	if err != nil {
		return fmt.Errorf("keep that a supplier is heard: %w", err)
	}
	return nil
}
