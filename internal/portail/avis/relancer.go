package avis

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"guichet/internal/portail/calendrier"
	"strconv"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/web"
)

// When somebody is reminded: so many days before the last one, at that hour, in Paris.
const (
	joursRappel = 2
	heureRappel = 8
)

// parTour is how many opinions, or people to write to, one look takes.
const parTour = 500

// moments are when the counter looks at an opinion that is waited for: a reminder, unless it was asked for less than a day before that, and
// the end, once the last day is over.
func (s *Service) moments(demande, limite time.Time) (moments []time.Time) {
	a, m, j := limite.In(web.Paris()).Date()
	if t := time.Date(a, m, j-joursRappel, heureRappel, 0, 0, 0, web.Paris()); t.After(demande.Add(24 * time.Hour)) {
		moments = append(moments, t)
	}
	return append(moments, calendrier.Fin(limite))
}

// due is an opinion that the counter is to look at.
type due struct {
	id, relance int64
}

// Relancer does what is due: reminds who has not answered, and ends what nobody answered in time. Each is done in its own transaction,
// once, on the condition that it still is what was read. It returns how many were done.
func (s *Service) Relancer(ctx context.Context) (n int, err error) {
	dus, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, d *due) error { return l.Scan(&d.id, &d.relance) },
		`SELECT id, relance FROM avis WHERE relance > 0 AND relance <= $1 ORDER BY relance, id LIMIT $2`, s.instant(), parTour)
	if err != nil {
		return 0, fmt.Errorf("look for opinions to remind of: %w", err)
	}
	var echecs []error
	for _, d := range dus {
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.relancer(ctx, tx, d) })
		switch {
		case errors.Is(err, ErrInconnu): // answered, or looked at by another process meanwhile
		case err != nil:
			echecs = append(echecs, fmt.Errorf("remind of opinion %d: %w", d.id, err))
		default:
			n++
		}
	}
	return n, errors.Join(echecs...)
}

func (s *Service) relancer(ctx context.Context, tx *sql.Tx, d due) error {
	x, err := s.lire(ctx, tx, d.id)
	if err != nil {
		return err
	}
	fin, prochaine, e := calendrier.Fin(x.Limite), int64(0), Echu
	if fin.After(s.Maintenant()) {
		prochaine, e = db.Instant(fin), Attendu
	}
	fait, err := tx.ExecContext(ctx, `UPDATE avis SET relance = $1, etat = $2 WHERE id = $3 AND relance = $4 AND etat = 'attendu'`, prochaine, string(e), d.id, d.relance)
	if err != nil {
		return fmt.Errorf("note what is due next: %w", err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrInconnu)
	}
	details := map[string]string{"avis": strconv.FormatInt(x.ID, 10)}
	if e == Attendu {
		if err := s.aDire(ctx, tx, destinataire(x.Compte, x.Courriel), x.ID, ditRappel); err != nil {
			return err
		}
		return s.consigner(ctx, tx, x.Fournisseur, 0, x.Cle, "rappel", details)
	}
	dossier, err := s.Examens.Dossier(ctx, tx, x.Cle)
	if err != nil {
		return err
	}
	if err := s.aDire(ctx, tx, destinataire(aQui(dossier, x), ""), x.ID, ditFin); err != nil {
		return err
	}
	return s.consigner(ctx, tx, x.Fournisseur, 0, x.Cle, "echu", details)
}
