package contradictoire

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Suivre keeps procedures true to the steps that their demandes take, in the transaction that takes them. It refuses each step
// that is not the procedure's own, but for what its supplier gives up, and what the counter notifies: nothing is decided of a demande elsewhere
// as long as suppliers are heard on it.
func (s *Service) Suivre(ctx context.Context, tx *sql.Tx, pas []etat.Passage) error {
	for _, x := range pas {
		if x.De == etat.Incomplete || x.De == etat.Complete {
			continue // no procedure holds it
		}
		var id int64
		err := tx.QueryRowContext(ctx, `SELECT contradictoire_id FROM contradictoire_partie WHERE depot_id = $1 AND rang = $2 AND fin = 0`, x.Depot, x.Rang).Scan(&id)
		if errors.Is(err, sql.ErrNoRows) {
			continue
		}
		if err != nil {
			return fmt.Errorf("look for the procedure of a demande: %w", err)
		}
		if err := s.suivre(ctx, tx, id, x); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) suivre(ctx context.Context, tx *sql.Tx, id int64, x etat.Passage) error {
	propre, _ := ctx.Value(enCours{}).(bool)
	switch {
	case propre:
		return nil
	case x.A != etat.Retiree && !slices.Contains([]etat.Acte{etat.Attribuer, etat.Refuser, etat.Oter}, x.Acte):
		n := (&Procedure{ID: id}).Reference()
		return refuser("Cette demande est dans la procédure contradictoire "+n+" : ce qu'elle devient se décide là, en une fois. Rien n'est fait.",
			"Suppliers are heard on this request in procedure "+n+": what becomes of it is decided there, at once. Nothing is done.")
	}
	_, err := tx.ExecContext(ctx, `UPDATE contradictoire_partie SET fin = $1 WHERE contradictoire_id = $2 AND depot_id = $3 AND rang = $4`, s.instant(), id, x.Depot, x.Rang)
	if err != nil {
		return fmt.Errorf("end the part of a demande: %w", err)
	}
	if err := s.Examens.Liberer(ctx, tx, x.Cle); err != nil {
		return err
	}
	p, err := s.verrouiller(ctx, tx, id)
	if err != nil {
		return err
	}
	return s.peutEtreFermer(ctx, tx, p)
}

// seule is why a contestation ends that has one demande left.
var seule = modele.Texte{Fr: "L'autre demande a été retirée : celle-ci reprend son cours.", En: "The other request was withdrawn: this one goes on."}

// causeDe is why a contestation was closed, as people read it.
func causeDe(cause string) modele.Texte {
	if cause == seule.Fr {
		return seule
	}
	return modele.Texte{Fr: cause, En: cause}
}

// peutEtreFermer ends a procedure in which nothing is left to decide, or to be notified.
func (s *Service) peutEtreFermer(ctx context.Context, tx *sql.Tx, p *Procedure) error {
	vivantes, attendent := p.Vivantes(), 0
	for _, x := range vivantes {
		if x.Decision > 0 {
			attendent++
		}
	}
	switch {
	case p.Etat == Decidee && attendent == 0, len(vivantes) == 0:
		return s.fermer(ctx, tx, p, "")
	case p.Genre == Contestation && p.Etat == Ouverte && len(vivantes) < 2:
		return s.fermer(ctx, tx, p, seule.Fr)
	}
	return s.poser(ctx, tx, p.ID, `etat = etat`) // who has read it reads it again
}
