package suivi

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// A form that is sent twice, by a double click or by going back, makes one message: the same words of the same person, with the same
// document, right after each other. Who means to say them again does so later.

// dureeJumeau is for how long the same message is the one before.
const dureeJumeau = 10 * time.Minute

// ecritDeja tells whether a message is the last one of its thread already.
func (s *Service) ecritDeja(ctx context.Context, tx *sql.Tx, f *Fil, e Ecrit, j Jointe) (deja bool, err error) {
	var n int64
	err = tx.QueryRowContext(ctx, `SELECT count(*) FROM message WHERE fil_id = $1 AND ordre = $2 AND compte_id = $3 AND texte = $4 AND piece_sha256 = $5 AND instant > $6`,
		f.ID, f.Messages, e.Auteur.Compte, e.Texte, j.SHA256, db.Instant(s.Maintenant().Add(-dureeJumeau))).Scan(&n)
	if err != nil {
		return false, fmt.Errorf("look for the same message: %w", err)
	}
	return n > 0, nil
}

// jumeau is the thread that the same message has just opened; 0 for none.
func (s *Service) jumeau(ctx context.Context, tx *sql.Tx, f *Fil, e Ecrit, j Jointe) (id int64, err error) {
	err = tx.QueryRowContext(ctx, `SELECT f.id FROM fil f JOIN message m ON m.fil_id = f.id AND m.ordre = f.messages
		WHERE f.fournisseur_id = $1 AND f.dernier > $2 AND f.messages = 1 AND f.depot_id = $3 AND f.rang = $4 AND f.sujet = $5
		AND m.compte_id = $6 AND m.texte = $7 AND m.piece_sha256 = $8 ORDER BY f.id LIMIT 1`,
		f.Fournisseur, db.Instant(s.Maintenant().Add(-dureeJumeau)), f.Demande.Depot, f.Demande.Rang, f.Sujet, e.Auteur.Compte, e.Texte, j.SHA256).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("look for the same message: %w", err)
	}
	return id, nil
}
