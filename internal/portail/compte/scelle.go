package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"guichet/internal/portail/coffre"
)

// The key of a second factor must be read again to check a code: it is sealed in its row, for its account.

func proprietaireCle(compte int64) string { return "compte.totp " + nombre(compte) }

// cleFacteur opens a person's key, "" when there is none. coffre.ErrAutreCle when the key of the counter was lost.
func (s *Service) cleFacteur(p personne) (string, error) {
	return s.Coffre.Ouvrir(proprietaireCle(p.id), p.scelle)
}

// errCleDuGuichet tells a person, whose password was right, that no code of the authenticator can be checked.
func errCleDuGuichet() error {
	return faute("code", "Le guichet ne peut plus lire votre second facteur : sa clé a changé. Saisissez un de vos codes de secours, puis remettez un second facteur depuis « Mon compte » ; sans code de secours, écrivez à l'agence.",
		"The counter can no longer read your second factor: its key has changed. Type one of your recovery codes, then set up a second factor again from “My account”; without a recovery code, write to the agency.")
}

// ScellerFacteurs seals the keys that are still in the clear, from before there was a key of the counter, and those that are sealed
// under one that was replaced. What no key opens stays as it is.
func (s *Service) ScellerFacteurs(ctx context.Context) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		gardees, err := lireCles(ctx, tx, `SELECT id, totp_secret FROM compte WHERE totp_secret <> ''`)
		if err != nil {
			return err
		}
		for compte, gardee := range gardees {
			if s.Coffre.Ajour(proprietaireCle(compte), gardee) {
				continue
			}
			cle, err := s.Coffre.Ouvrir(proprietaireCle(compte), gardee)
			if errors.Is(err, coffre.ErrAutreCle) {
				continue
			}
			if err != nil {
				return err
			}
			_, err = tx.ExecContext(ctx, `UPDATE compte SET totp_secret = $1 WHERE id = $2 AND totp_secret = $3`,
				s.Coffre.Sceller(proprietaireCle(compte), cle), compte, gardee)
			if err != nil {
				return fmt.Errorf("seal the key of a second factor: %w", err)
			}
		}
		return nil
	})
}

// FacteursIllisibles counts the second factors in use that the key of the counter does not open.
func (s *Service) FacteursIllisibles(ctx context.Context) (n int, err error) {
	cles, err := lireCles(ctx, s.Base.Lire(), `SELECT id, totp_secret FROM compte WHERE totp_actif = 1 AND totp_secret LIKE $1`, coffre.Entete+"%")
	for compte, cle := range cles {
		if _, err := s.cleFacteur(personne{id: compte, scelle: cle}); err != nil {
			n++
		}
	}
	return n, err
}

// FacteursScelles counts the second factors in use that need the key of the counter.
func FacteursScelles(ctx context.Context, q LecteurSQL) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM compte WHERE totp_actif = 1 AND totp_secret LIKE $1`, coffre.Entete+"%").Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the sealed second factors: %w", err)
	}
	return n, nil
}

// lireCles reads keys as their rows have them, by account.
func lireCles(ctx context.Context, q interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
}, question string, args ...any) (cles map[int64]string, err error) {
	lignes, err := q.QueryContext(ctx, question, args...)
	if err != nil {
		return nil, fmt.Errorf("read the keys of second factors: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	cles = map[int64]string{}
	for lignes.Next() {
		var compte int64
		var cle string
		if err := lignes.Scan(&compte, &cle); err != nil {
			return nil, fmt.Errorf("read the keys of second factors: %w", err)
		}
		cles[compte] = cle
	}
	return cles, lignes.Err()
}
