// Package nouvelles tells people by mail of what becomes of demandes: a few mails go out as they are, many at once are told together, in one.
package nouvelles

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
)

// Config is what telling needs of the rest of the program.
type Config struct {
	Base       *db.Base
	Maintenant func() time.Time
	Adresse    string        // of the site, without a slash at its end
	Fenetre    time.Duration // within which many are told together
	// Destinataires are the people of a supplier, or of the agency (0), who want a kind of mail now.
	Destinataires func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error)
	// Ecrire takes charge of mails, in the transaction that takes them from what waits.
	Ecrire func(ctx context.Context, tx *sql.Tx, messages ...courriel.Message) error
}

// Service tells people. It is safe for concurrent use.
type Service struct{ Config }

// Nouveau makes the service.
func Nouveau(c Config) *Service { return &Service{c} }

// nouvelle is a mail that waits, as it is kept: how it goes out alone, and what stands for it among others.
type nouvelle struct {
	Sujet, Texte, Sur string
	Lignes            []compte.Ligne
}

// attente is one that waits, with whom it is for.
type attente struct {
	nouvelle
	id, fournisseur int64
	genre           compte.GenreCourriel
}

// Garder has a mail wait to be told, in the transaction of what it tells.
func (s *Service) Garder(ctx context.Context, tx *sql.Tx, c compte.Courriel) error {
	texte, err := json.Marshal(nouvelle{Sujet: c.Sujet, Texte: c.Texte, Sur: c.Sur, Lignes: c.Annonce.Lignes})
	if err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	err = db.Poser(ctx, tx, `INSERT INTO nouvelle (compte_id, fournisseur_id, genre, instant, courriel) VALUES ($1, $2, $3, $4, $5)`,
		c.Annonce.Compte, c.Annonce.Fournisseur, string(c.Annonce.Genre), db.Instant(s.Maintenant()), string(texte))
	if err != nil {
		return fmt.Errorf("keep a mail: %w", err)
	}
	return nil
}
