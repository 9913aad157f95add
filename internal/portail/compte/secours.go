package compte

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// nombreSecours is how many recovery codes are given.
const nombreSecours = 10

// RenouvelerSecours replaces the recovery codes. Its route asks for both factors.
func (s *Service) RenouvelerSecours(ctx context.Context, compte int64) (secours []string, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		if !p.facteur() {
			return faute("", "Il n'y a pas de second facteur : mettez-en un d'abord.", "There is no second factor: set one up first.")
		}
		if secours, err = nouveauxSecours(ctx, tx, compte); err != nil {
			return err
		}
		return s.noterCompte(ctx, tx, compte, "compte.secours", nil)
	})
	return secours, err
}

// nouveauxSecours replaces an account's recovery codes: 130 bits each, so that a plain hash keeps them.
func nouveauxSecours(ctx context.Context, tx *sql.Tx, compte int64) ([]string, error) {
	if _, err := tx.ExecContext(ctx, `DELETE FROM code_secours WHERE compte_id = $1`, compte); err != nil {
		return nil, fmt.Errorf("replace the recovery codes: %w", err)
	}
	codes := make([]string, nombreSecours)
	for i := range codes {
		c := strings.ToLower(rand.Text())
		codes[i] = strings.ReplaceAll(grouper(c), " ", "-")
		_, err := tx.ExecContext(ctx, `INSERT INTO code_secours (compte_id, empreinte) VALUES ($1, $2)`, compte, empreinte(c))
		if err != nil {
			return nil, fmt.Errorf("keep a recovery code: %w", err)
		}
	}
	return codes, nil
}

func (s *Service) prendreSecours(ctx context.Context, tx *sql.Tx, compte int64, code string) error {
	pris, err := tx.ExecContext(ctx, `UPDATE code_secours SET utilise = $1 WHERE compte_id = $2 AND empreinte = $3 AND utilise = 0`,
		s.instant(), compte, empreinte(serrer(code)))
	if err != nil {
		return fmt.Errorf("take a recovery code: %w", err)
	}
	if n, err := pris.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, errCode())
	}
	return s.direSecours(ctx, tx, compte)
}

// direSecours tells a person that a recovery code was taken, and how many are left.
func (s *Service) direSecours(ctx context.Context, tx *sql.Tx, compte int64) error {
	p, err := lirePersonne(ctx, tx, compte)
	if err != nil {
		return err
	}
	n, err := secoursRestants(ctx, tx, compte)
	if err != nil {
		return err
	}
	return s.Envoyer(ctx, tx, p.secoursPris(n, s.Adresse))
}

// SecoursRestants counts the recovery codes that still work.
func (s *Service) SecoursRestants(ctx context.Context, compte int64) (int, error) {
	return secoursRestants(ctx, s.Base.Lire(), compte)
}

func secoursRestants(ctx context.Context, q LecteurSQL, compte int64) (n int, err error) {
	err = q.QueryRowContext(ctx, `SELECT count(*) FROM code_secours WHERE compte_id = $1 AND utilise = 0`, compte).Scan(&n)
	return n, err
}
