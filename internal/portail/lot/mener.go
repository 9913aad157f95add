package lot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/instruction"
	"guichet/modele"
)

// Confirmer has a lot done that its maker has read.
func (s *Service) Confirmer(ctx context.Context, a instruction.Agent, id int64) error {
	err := s.mener(ctx, a, id, func(ctx context.Context, tx *sql.Tx, l *Lot) error {
		switch {
		case l.Etat != AConfirmer:
			return refuser("Ce lot n'attend pas d'être confirmé.", "This batch does not wait to be confirmed.")
		case l.Retenues() == 0:
			return refuser("Toutes les demandes de ce lot sont écartées : il n'y a rien à faire.", "All requests of this batch are set aside: there is nothing to do.")
		}
		lettres, err := s.lettres(ctx, tx, l.Genre)
		if err == nil && l.lettres != "" && lettres != l.lettres {
			return refuser("Les modèles de lettres, ou ce que l'agence y dit, ont changé depuis que ce lot est préparé : relisez une lettre, abandonnez ce lot et préparez-en un autre. Rien n'est décidé.",
				"The models of letters, or what the agency says in them, have changed since this batch was prepared: read a letter again, drop this batch and prepare another one. Nothing is decided.")
		}
		if err == nil {
			err = db.Poser(ctx, tx, `UPDATE lot SET etat = 'en_cours', confirme = $1 WHERE id = $2`, s.instant(), id)
		}
		if err != nil {
			return fmt.Errorf("confirm a lot: %w", err)
		}
		return s.consigner(ctx, tx, l, a.Compte, "lot.confirme")
	})
	s.reveiller()
	return err
}

// Arreter ends a lot where it stands: what it has done stays done. One that was not confirmed is dropped.
func (s *Service) Arreter(ctx context.Context, a instruction.Agent, id int64) error {
	return s.mener(ctx, a, id, func(ctx context.Context, tx *sql.Tx, l *Lot) error {
		if l.Etat == Fini || l.Etat == Arrete {
			return refuser("Ce lot est déjà terminé.", "This batch has ended already.")
		}
		return s.finir(ctx, tx, l, Arrete, modele.Texte{})
	})
}

// mener does something to a lot, locked, for the person whose it is.
func (s *Service) mener(ctx context.Context, a instruction.Agent, id int64, faire func(context.Context, *sql.Tx, *Lot) error) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		if err := db.Poser(ctx, tx, `UPDATE lot SET faites = faites WHERE id = $1`, id); err != nil {
			return fmt.Errorf("lock a lot: %w", err)
		}
		l, err := s.Lot(ctx, tx, id)
		if err != nil {
			return err
		}
		if l.Compte != a.Compte || l.Genre.Role()&a.Roles == 0 {
			return refuser("Seule la personne qui a préparé ce lot peut le confirmer ou l'arrêter.", "Only the person who prepared this batch can confirm or stop it.")
		}
		return faire(ctx, tx, l)
	})
}

// arreter ends a lot by itself.
func (s *Service) arreter(ctx context.Context, id int64, cause modele.Texte) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		l, err := s.Lot(ctx, tx, id)
		if err != nil || l.Etat == Fini || l.Etat == Arrete {
			return err
		}
		return s.finir(ctx, tx, l, Arrete, cause)
	})
}

func (s *Service) reveiller() {
	select {
	case s.reveil <- struct{}{}:
	default:
	}
}

// Oubli is how long a lot waits to be confirmed.
const Oubli = 24 * time.Hour

// Tourner does lots until ctx ends. Several processes may: each part of a lot is one transaction that locks it.
func (s *Service) Tourner(ctx context.Context) {
	for ctx.Err() == nil {
		encore, err := s.Avancer(ctx)
		if err = errors.Join(err, s.Oublier(ctx)); err != nil && ctx.Err() == nil {
			s.Log.ErrorContext(ctx, "lot en échec", slog.String("cause", err.Error()))
		}
		if encore && err == nil {
			continue
		}
		select {
		case <-s.reveil:
		case <-time.After(s.Pause):
		case <-ctx.Done():
		}
	}
}

// Avancer does one part of each lot that is prepared or under way, so that none waits for the end of another. It tells whether there
// is more to do.
func (s *Service) Avancer(ctx context.Context) (encore bool, err error) {
	lots, err := db.Lignes(ctx, s.Base.Lire(), scruter, colonnes+`WHERE l.etat IN ('preparation', 'en_cours') ORDER BY l.id LIMIT 100`)
	if err != nil {
		return false, fmt.Errorf("look for lots to do: %w", err)
	}
	var echecs []error
	for i := range lots {
		pas := s.preparer
		if lots[i].Etat == EnCours {
			pas = func(ctx context.Context, l *Lot) (bool, error) { return s.avancer(ctx, l.ID) }
		}
		plus, err := pas(ctx, &lots[i])
		encore = encore || plus
		if err != nil {
			echecs = append(echecs, fmt.Errorf("lot %d: %w", lots[i].ID, err))
		}
	}
	return encore, errors.Join(echecs...)
}

// Oublier drops the lots that nobody has confirmed in time.
func (s *Service) Oublier(ctx context.Context) error {
	vieux, err := db.Lignes(ctx, s.Base.Lire(), scruter, colonnes+`WHERE l.etat IN ('preparation', 'a_confirmer') AND l.cree <= $1 ORDER BY l.id LIMIT 100`, db.Instant(s.Maintenant().Add(-Oubli)))
	if err != nil {
		return fmt.Errorf("look for lots to drop: %w", err)
	}
	for _, l := range vieux {
		err := s.arreter(ctx, l.ID, modele.Texte{Fr: "Personne ne l'a confirmé en un jour : rien n'a été fait.", En: "Nobody confirmed it within a day: nothing was done."})
		if err != nil {
			return err
		}
	}
	return nil
}
