package compte

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
)

// genre is what a link is for.
type genre string

const (
	ouverture genre = "ouverture" // opens the account of someone who was invited
	oubli     genre = "oubli"     // gives a new password to someone who forgot it
	premier   genre = "premier"   // makes the first administrator
)

// durees says how long each link works.
var durees = map[genre]time.Duration{ouverture: 7 * 24 * time.Hour, oubli: time.Hour, premier: 24 * time.Hour}

// ErrLien says that a link has been used, is too old, or never was.
var ErrLien = errors.New("the link does not work, or no longer")

// secret returns a text that nobody guesses (more than 128 bits), for use in an address.
func secret() string { return rand.Text() }

// empreinte is what is kept of a secret.
func empreinte(secret string) string {
	h := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(h[:])
}

// lien is the address at which a secret is used.
func (s *Service) lien(secret string) string { return s.Adresse + "/ouverture/" + secret }

// sansInviteur stands where a link is not that of an invitation.
const sansInviteur = -1

// emettre keeps a new link for an account. The older link of the same kind, and of the same inviter, stops working.
func (s *Service) emettre(ctx context.Context, tx *sql.Tx, g genre, compte, inviteur int64, secret string) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM jeton WHERE compte_id = $1 AND genre = $2 AND fournisseur_id = $3 AND utilise = 0`, compte, string(g), inviteur)
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO jeton (empreinte, genre, compte_id, fournisseur_id, expire) VALUES ($1, $2, $3, $4, $5)`,
			empreinte(secret), string(g), compte, inviteur, db.Instant(s.Maintenant().Add(durees[g])))
	}
	if err != nil {
		return fmt.Errorf("keep a link: %w", err)
	}
	return nil
}

func retirerLiens(ctx context.Context, tx *sql.Tx, compte int64) error {
	_, err := tx.ExecContext(ctx, `DELETE FROM jeton WHERE compte_id = $1 AND utilise = 0`, compte)
	return err
}

// consommer uses a link, once among all who try, or returns ErrLien.
func (s *Service) consommer(ctx context.Context, tx *sql.Tx, secret string) (u utilise, err error) {
	var id sql.NullInt64
	err = tx.QueryRowContext(ctx, `UPDATE jeton SET utilise = $1 WHERE empreinte = $2 AND utilise = 0 AND expire > $1
		RETURNING genre, compte_id, fournisseur_id`, s.instant(), empreinte(secret)).Scan(&u.genre, &id, &u.inviteur)
	if errors.Is(err, sql.ErrNoRows) {
		return utilise{}, ErrLien
	}
	u.compte = id.Int64
	return u, err
}

// utilise is a link that has been used.
type utilise struct {
	genre    genre
	compte   int64
	inviteur int64 // who invited, or sansInviteur
}

// Lien is what a link leads to: the page shows it before the link is used.
type Lien struct {
	genre    genre
	compte   int64
	Nouveau  bool // an account is opened; else a new password is chosen
	Premier  bool // it is the first administrator's: address and name are asked for
	Courriel string
	Nom      string
	Invite   bool   // by who invites: a supplier, or the agency
	Agence   bool   // it is the agency that invites
	Pour     string // the name of the supplier that invites
	Role     Role   // what it offers
}

// LireLien looks at a link without using it; ErrLien when it does not work.
func (s *Service) LireLien(ctx context.Context, secret string) (Lien, error) {
	var l Lien
	var inviteur int64
	err := s.Base.Lire().QueryRowContext(ctx, `SELECT j.genre, COALESCE(c.courriel, ''), COALESCE(c.nom, ''), COALESCE(c.id, 0)
		, COALESCE(r.role, ''), COALESCE(f.raison_sociale, ''), j.fournisseur_id FROM jeton j LEFT JOIN compte c ON c.id = j.compte_id
		LEFT JOIN role r ON r.compte_id = j.compte_id AND r.fournisseur_id = j.fournisseur_id LEFT JOIN fournisseur f ON f.id = j.fournisseur_id WHERE j.empreinte = $1 AND j.utilise = 0 AND j.expire > $2`,
		empreinte(secret), s.instant()).Scan(&l.genre, &l.Courriel, &l.Nom, &l.compte, &l.Role, &l.Pour, &inviteur)
	if errors.Is(err, sql.ErrNoRows) {
		return Lien{}, ErrLien
	}
	if err != nil {
		return Lien{}, fmt.Errorf("read a link: %w", err)
	}
	l.Premier = l.genre == premier
	l.Nouveau = l.genre != oubli
	l.Invite, l.Agence = l.genre == ouverture && l.Role != "", inviteur == Agence
	return l, nil
}

// PremierAdministrateur returns a link that makes the first administrator, for as long as there is none;
// then ok is false. The link replaces the one of an earlier start.
func (s *Service) PremierAdministrateur(ctx context.Context) (lien string, ok bool, err error) {
	mot := secret()
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if ok, err = sansAdministrateur(ctx, tx); err != nil || !ok {
			return err
		}
		_, err := tx.ExecContext(ctx, `INSERT INTO jeton (empreinte, genre, expire) VALUES ($1, 'premier', $2)
			ON CONFLICT (genre) WHERE genre = 'premier' DO UPDATE SET empreinte = excluded.empreinte, expire = excluded.expire, utilise = 0`,
			empreinte(mot), db.Instant(s.Maintenant().Add(durees[premier])))
		return err
	})
	if err != nil || !ok {
		return "", false, err
	}
	return s.lien(mot), true, nil
}

func sansAdministrateur(ctx context.Context, tx *sql.Tx) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT count(*) FROM role r JOIN compte c ON c.id = r.compte_id
		WHERE r.fournisseur_id = 0 AND r.accepte = 1 AND c.etat = 'actif'`).Scan(&n)
	return n == 0, err
}
