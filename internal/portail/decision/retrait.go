package decision

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
)

// Illegale is the reason of an award that should not have been made. It holds for some months alone.
const Illegale = "ILLEGALE"

// moisIllegale is how many: CRPA, art. L242-1.
const moisIllegale = 4

// Attribuee is the award of a demande that stands; ErrInconnue when there is none.
func (s *Service) Attribuee(ctx context.Context, q db.Lecteur, c etat.Cle) (*Decision, error) {
	d := &Decision{}
	err := scruter(q.QueryRowContext(ctx, colonnes+`WHERE depot_id = $1 AND rang = $2 AND etat = 'notifiee' ORDER BY id DESC LIMIT 1`, c.Depot, c.Rang), d)
	switch {
	case errors.Is(err, sql.ErrNoRows), err == nil && d.Sens != Attribution:
		return nil, ErrInconnue
	case err != nil:
		return nil, fmt.Errorf("read an award: %w", err)
	}
	return d, nil
}

// dansLeDelai refuses a withdrawal for no other reason than one whose time has passed.
func (s *Service) dansLeDelai(ctx context.Context, q db.Lecteur, c etat.Cle, sens Sens, motifs []string) error {
	if sens != Retrait || slices.ContainsFunc(motifs, func(m string) bool { return CodeDe(m) != Illegale }) {
		return nil
	}
	d, err := s.Attribuee(ctx, q, c)
	if err != nil {
		return err
	}
	if fin := finIllegale(d.Decide); s.Maintenant().After(fin) {
		j := web.Date(fin)
		return Refuser("Une attribution illégale ne se retire que dans les quatre mois de la décision (CRPA, art. L242-1), soit jusqu'au "+j.Fr+". Un autre motif est nécessaire. Rien n'est fait.",
			"An illegal award is withdrawn within four months of the decision alone (CRPA, art. L242-1), that is until "+j.En+". Another reason is needed. Nothing is done.")
	}
	return nil
}

// finIllegale is when those months are over: at the end of the day of the same number, or of the last day of a month that is too short.
func finIllegale(decide time.Time) time.Time {
	a, m, j := decide.In(web.Paris()).Date()
	fin := time.Date(a, m+moisIllegale, j, 23, 59, 59, 0, web.Paris())
	if fin.Day() != j {
		fin = time.Date(a, m+moisIllegale+1, 0, 23, 59, 59, 0, web.Paris())
	}
	return fin
}
