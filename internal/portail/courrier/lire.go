package courrier

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
)

// Filtre is which letters are looked for.
type Filtre struct {
	ID          int64
	Fournisseur int64 // 0 for all
	Cle         *etat.Cle
	Procedure   int64
	APoster     bool  // by post, and not posted yet
	NonLus      bool  // that nobody of the supplier has read
	Avant       int64 // letters before this one; 0 for all
	Limite      int
}

// Max is how many a page lists.
const Max = 50

const courriers = `SELECT k.id, k.genre, k.fournisseur_id, k.depot_id, k.rang, k.contradictoire_id, k.instant, k.limite, k.postale, k.postee, COALESCE(p.nom, ''), k.lue, COALESCE(c.nom, ''), f.raison_sociale
	FROM courrier k JOIN fournisseur f ON f.id = k.fournisseur_id LEFT JOIN compte p ON p.id = k.postee_par LEFT JOIN compte c ON c.id = k.lue_par `

func (s *Service) scruter(l db.Ligne, c *Courrier) error {
	var instant, limite, postee, lue int64
	err := l.Scan(&c.ID, &c.Genre, &c.Fournisseur, &c.Depot, &c.Rang, &c.Procedure, &instant, &limite, &c.Postale, &postee, &c.PosteePar, &lue, &c.LuePar, &c.RaisonSociale)
	c.Instant, c.Limite, c.Postee, c.Lue, c.NumeroASP = db.Temps(instant), db.Temps(limite), db.Temps(postee), db.Temps(lue), s.NumeroASP(c.Depot, c.Rang)
	return err
}

// Lister lists letters, the newest first.
func (s *Service) Lister(ctx context.Context, q db.Lecteur, f Filtre) ([]Courrier, error) {
	var c db.Conditions
	if f.ID > 0 {
		c.Si("k.id = " + c.Arg(f.ID))
	}
	if f.Fournisseur > 0 {
		c.Si("k.fournisseur_id = " + c.Arg(f.Fournisseur))
	}
	if f.Cle != nil {
		c.Si("k.depot_id = " + c.Arg(f.Cle.Depot) + " AND k.rang = " + c.Arg(f.Cle.Rang))
	}
	if f.Procedure > 0 {
		c.Si("k.contradictoire_id = " + c.Arg(f.Procedure))
	}
	if f.APoster {
		c.Si("k.postale = 1 AND k.postee = 0")
	}
	if f.NonLus {
		c.Si("k.lue = 0")
	}
	if f.Avant > 0 {
		c.Si("k.id < " + c.Arg(f.Avant))
	}
	tous, err := db.Lignes(ctx, q, s.scruter, courriers+`WHERE `+c.Tout()+` ORDER BY k.id DESC LIMIT `+c.Arg(f.Limite), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list letters: %w", err)
	}
	return tous, nil
}

// Un is the newest letter of a filter; ErrInconnu when there is none.
func (s *Service) Un(ctx context.Context, q db.Lecteur, f Filtre) (*Courrier, error) {
	f.Limite = 1
	trouves, err := s.Lister(ctx, q, f)
	if err == nil && len(trouves) == 0 {
		err = ErrInconnu
	}
	if err != nil {
		return nil, err
	}
	return &trouves[0], nil
}

// Lire notes that somebody of the supplier, or who acts for it, reads a letter: the first time alone.
func (s *Service) Lire(ctx context.Context, c *Courrier, qui compte.Identite) error {
	if !c.Lue.IsZero() || qui.DeAgence() {
		return nil
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fait, err := tx.ExecContext(ctx, `UPDATE courrier SET lue = $1, lue_par = $2 WHERE id = $3 AND lue = 0`, s.instant(), qui.Compte, c.ID)
		if err != nil {
			return fmt.Errorf("note who reads a letter: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 {
			return err
		}
		c.Lue, c.LuePar = s.Maintenant(), qui.Nom
		return s.consigner(ctx, tx, c, qui.Compte, "lettre.lue")
	})
}

// Poster notes the day on which a letter went by post.
func (s *Service) Poster(ctx context.Context, c *Courrier, qui int64, jour time.Time) error {
	switch {
	case !c.Postale:
		return decision.Refuser("Ce fournisseur a accepté la notification électronique : sa lettre ne part pas par la poste.", "This supplier has agreed to electronic notification: its letter does not go by post.")
	case jour.After(s.Maintenant()) || jour.Before(c.Instant.AddDate(0, 0, -1)):
		return decision.Refuser("Donnez le jour de l'envoi : pas avant celui de la lettre, ni dans l'avenir.", "Give the day of posting: not before that of the letter, nor in the future.")
	}
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE courrier SET postee = $1, postee_par = $2 WHERE id = $3`, db.Instant(jour), qui, c.ID)
		if err != nil {
			return fmt.Errorf("note when a letter was posted: %w", err)
		}
		return s.consigner(ctx, tx, c, qui, "lettre.postee")
	})
}

func (s *Service) consigner(ctx context.Context, tx *sql.Tx, c *Courrier, qui int64, action string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{Chaine: c.Fournisseur, Instant: s.Maintenant(), Acteur: qui, Action: action, Objet: c.objet(), Details: map[string]string{"demande": c.NumeroASP}})
}
