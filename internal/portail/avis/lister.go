package avis

import (
	"context"
	"fmt"

	"guichet/internal/portail/db"
)

// How many opinions a list shows: those that are waited for, and the last ones that are not any more.
const (
	maxListe = 200
	maxPasse = 50
)

// Attendus lists the opinions that somebody is to give, those that are due first.
func (s *Service) Attendus(ctx context.Context, compte int64) ([]Avis, error) {
	tous, err := db.Lignes(ctx, s.Base.Lire(), s.scruter, colonnes+`WHERE a.compte_id = $1 AND a.compte_id > 0 AND a.etat = 'attendu' ORDER BY a.limite, a.id LIMIT $2`, compte, maxListe)
	if err != nil {
		return nil, fmt.Errorf("list the opinions to give: %w", err)
	}
	return tous, nil
}

// Passes lists the last opinions that somebody was asked for, and is asked for no longer.
func (s *Service) Passes(ctx context.Context, compte int64) ([]Avis, error) {
	tous, err := db.Lignes(ctx, s.Base.Lire(), s.scruter, colonnes+`WHERE a.compte_id = $1 AND a.compte_id > 0 AND a.etat <> 'attendu' ORDER BY a.id DESC LIMIT $2`, compte, maxPasse)
	if err != nil {
		return nil, fmt.Errorf("list the opinions that were given: %w", err)
	}
	return tous, nil
}

// Compter counts the opinions that somebody is to give, up to max.
func (s *Service) Compter(ctx context.Context, compte int64, max int) (n int, err error) {
	err = s.Base.Lire().QueryRowContext(ctx, `SELECT COUNT(*) FROM (SELECT 1 FROM avis WHERE compte_id = $1 AND compte_id > 0 AND etat = 'attendu' LIMIT $2) x`, compte, max).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the opinions to give: %w", err)
	}
	return n, nil
}
