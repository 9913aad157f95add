package avis

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"guichet/internal/portail/calendrier"
	"strconv"
	"time"

	"guichet/internal/portail/db"
)

// maxOuvertures bounds how often the pages behind one opinion are opened: each opening is a row of the journal.
const maxOuvertures = 200

// emettre makes a link to an opinion, for one mail: what is kept of it opens nothing.
func (s *Service) emettre(ctx context.Context, tx *sql.Tx, id int64) (adresse string, err error) {
	secret := rand.Text()
	if _, err := tx.ExecContext(ctx, `INSERT INTO avis_lien (empreinte, avis_id) VALUES ($1, $2)`, empreinte(secret), id); err != nil {
		return "", fmt.Errorf("keep a link: %w", err)
	}
	return s.Adresse + adresseDehors + "/" + secret, nil
}

func empreinte(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

// fini tells whether the last day to answer is over.
func (a *Avis) fini(t time.Time) bool { return !calendrier.Fin(a.Limite).After(t) }

// parLien finds the opinion that a link asks for; ErrInconnu when it never was, or is waited for no longer: nothing tells them apart.
func (s *Service) parLien(ctx context.Context, q db.Lecteur, lien string) (*Avis, error) {
	a := &Avis{}
	err := s.scruter(q.QueryRowContext(ctx, colonnes+`JOIN avis_lien l ON l.avis_id = a.id WHERE l.empreinte = $1`, empreinte(lien)), a)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return nil, ErrInconnu
	case err != nil:
		return nil, fmt.Errorf("read a link: %w", err)
	case a.Etat != Attendu || a.fini(s.Maintenant()) || a.Ouvertures >= maxOuvertures:
		return nil, ErrInconnu
	}
	return a, nil
}

// noterOuverture notes in the journal that somebody opens what a link leads to: piece is the kind of the document, "" for the page. It is
// ErrInconnu when the link leads nowhere by then.
func (s *Service) noterOuverture(ctx context.Context, lien, piece string) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		a, err := s.parLien(ctx, tx, lien)
		if err != nil {
			return err
		}
		fait, err := tx.ExecContext(ctx, `UPDATE avis SET ouvertures = ouvertures + 1 WHERE id = $1 AND etat = 'attendu' AND ouvertures < $2`, a.ID, maxOuvertures)
		if err != nil {
			return fmt.Errorf("note that a link was opened: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, ErrInconnu)
		}
		details := map[string]string{"avis": strconv.FormatInt(a.ID, 10)}
		if piece != "" {
			details["piece"] = piece
		}
		return s.consigner(ctx, tx, a.Fournisseur, 0, a.Cle, "ouvert", details)
	})
}
