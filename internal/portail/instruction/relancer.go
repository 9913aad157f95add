package instruction

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/calendrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
)

// Relance is a supplier's being reminded of what it is asked for.
type Relance struct {
	Fournisseur int64
	etat.Cle
	Limite time.Time // the last day to answer
}

// attente is a demande that waits for its supplier, as the look for what is due finds it.
type attente struct {
	Relance
	demandee time.Time
	relance  int64 // when it is looked at, as the database keeps it
}

func (s *Service) moments(demandee, limite time.Time) []time.Time {
	return calendrier.Moments(s.Rappels, demandee, limite)
}

// Relancer does what is due for the demandes that wait for their suppliers: it reminds them before the last day, and gives the demandes
// back to the agency after it. Each is done in its own transaction, once: a counter that dies between two goes on with the next, and one
// that was stopped for days sends one reminder. Time does not end for a supplier that the agency has suspended, and so may not answer.
// It returns how many were done.
func (s *Service) Relancer(ctx context.Context) (n int, err error) {
	dues, err := db.Lignes(ctx, s.Base.Lire(), scruterAttente, `SELECT x.fournisseur_id, x.depot_id, x.rang, x.reponse, x.maj, x.relance FROM dossier x JOIN fournisseur f ON f.id = x.fournisseur_id
		WHERE x.relance > 0 AND x.relance <= $1 AND f.etat = 'actif' ORDER BY x.relance, x.depot_id, x.rang LIMIT $2`, s.instant(), parLot)
	if err != nil {
		return 0, fmt.Errorf("look for what suppliers are to answer: %w", err)
	}
	var echecs []error
	for _, a := range dues {
		err := s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error { return s.relancer(ctx, tx, a) })
		switch {
		case errors.Is(err, ErrInconnu): // answered, or looked at by another process meanwhile
		case err != nil:
			echecs = append(echecs, fmt.Errorf("remind of %s: %w", s.NumeroASP(a.Depot, a.Rang), err))
		default:
			n++
		}
	}
	return n, errors.Join(echecs...)
}

func scruterAttente(l db.Ligne, a *attente) error {
	var limite, maj int64
	err := l.Scan(&a.Fournisseur, &a.Depot, &a.Rang, &limite, &maj, &a.relance)
	a.Limite, a.demandee = db.Temps(limite), db.Temps(maj)
	return err
}

func (s *Service) relancer(ctx context.Context, tx *sql.Tx, a attente) error {
	moments := s.moments(a.demandee, a.Limite)
	passes, _ := slices.BinarySearchFunc(moments, s.Maintenant(), func(t, maintenant time.Time) int { return cmp.Or(t.Compare(maintenant), -1) })
	prochaine := int64(0)
	if passes < len(moments) {
		prochaine = db.Instant(moments[passes])
	}
	fait, err := tx.ExecContext(ctx, `UPDATE dossier SET relance = $1 WHERE depot_id = $2 AND rang = $3 AND relance = $4`, prochaine, a.Depot, a.Rang, a.relance)
	if err != nil {
		return fmt.Errorf("note what is due next: %w", err)
	}
	if n, err := fait.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, ErrInconnu)
	}
	switch {
	case prochaine == 0:
		return s.echoir(ctx, tx, a)
	case passes > 0:
		return s.Rappeler(ctx, tx, a.Relance)
	}
	return nil
}

// echoir gives a demande whose supplier has not answered back to the agency; where the agency has set so, a refusal is proposed, which
// somebody decides.
func (s *Service) echoir(ctx context.Context, tx *sql.Tx, a attente) error {
	err := s.Changer(ctx, tx, etat.Changement{Fournisseur: a.Fournisseur, Depot: a.Depot, Rangs: []int{a.Rang}, A: etat.Instruction, Par: etat.Programme, Acte: etat.Echoir})
	if err != nil || !s.RefusSansReponse {
		return err
	}
	return s.Decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: a.Fournisseur, Cle: a.Cle, Sens: decision.Rejet, Motifs: []string{decision.SansReponse}, Par: etat.Programme})
}
