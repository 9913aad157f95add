package contradictoire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
)

// parTour is how many procedures one look goes through: the next one goes on.
const parTour = 1000

// prochaine is when the counter looks at a procedure after an instant; the zero time for not any more.
func (s *Service) prochaine(p *Procedure, apres time.Time) time.Time {
	for _, t := range calendrier.Moments(s.Rappels, p.Ouvert, p.Limite) {
		if t.After(apres) {
			return t
		}
	}
	return time.Time{}
}

// Relancer reminds suppliers that have not answered, before the last day. Each procedure is looked at in its own transaction, once: a counter
// that was stopped for days sends one reminder. It returns how many were looked at.
func (s *Service) Relancer(ctx context.Context) (n int, err error) {
	type due struct{ id, relance int64 }
	dues, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, d *due) error { return l.Scan(&d.id, &d.relance) },
		`SELECT id, relance FROM contradictoire WHERE relance > 0 AND relance <= $1 ORDER BY relance, id LIMIT $2`, s.instant(), parTour)
	if err != nil {
		return 0, fmt.Errorf("look for what suppliers are to answer: %w", err)
	}
	var echecs []error
	for _, d := range dues {
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.relancer(ctx, tx, d.id, d.relance) })
		switch {
		case errors.Is(err, ErrInconnue): // closed, or looked at by another process meanwhile
		case err != nil:
			echecs = append(echecs, fmt.Errorf("remind of procedure %d: %w", d.id, err))
		default:
			n++
		}
	}
	return n, errors.Join(echecs...)
}

func (s *Service) relancer(ctx context.Context, tx *sql.Tx, id, relance int64) error {
	p, err := s.verrouiller(ctx, tx, id)
	if err != nil {
		return err
	}
	prochaine := s.prochaine(p, s.Maintenant())
	fait, err := tx.ExecContext(ctx, `UPDATE contradictoire SET relance = $1 WHERE id = $2 AND relance = $3`, db.Instant(prochaine), id, relance)
	if err != nil {
		return fmt.Errorf("note what is due next: %w", err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrInconnue)
	}
	if prochaine.IsZero() || p.Etat != Ouverte { // the time is over
		return nil
	}
	for _, x := range p.Attendues() {
		if err := errors.Join(s.ecrireA(ctx, tx, p.ID, x.Fournisseur, s.courrielRappel(p, &x)), s.consignerPartie(ctx, tx, p, x, 0, "rappel")); err != nil {
			return err
		}
	}
	return nil
}
