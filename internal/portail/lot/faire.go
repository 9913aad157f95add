package lot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/journal"
	"guichet/modele"
)

// How many demandes one transaction does at most: a lot stops after them, and who acts on one of them waits for them. Where one transaction
// writes at a time, everybody does.
const (
	parPassage     = 100
	parPassageSeul = 25
)

var sansRole = modele.Texte{
	Fr: "La personne qui l'a préparé n'a plus le rôle qu'il faut : rien de plus n'est fait.",
	En: "The person who prepared it no longer has the role for it: nothing more is done.",
}

// avancer does the next demandes of a lot, in one transaction. It tells whether there is more to do.
func (s *Service) avancer(ctx context.Context, id int64) (encore bool, err error) {
	err = s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		n := parPassage
		if s.Base.Dialecte.Seul {
			n = parPassageSeul
		}
		encore = false
		l, a, err := s.saisir(ctx, tx, id)
		if err != nil || l == nil {
			return err
		}
		attend := Attend
		lignes, err := s.Lignes(ctx, tx, id, &attend, 0, n)
		if err != nil {
			return err
		}
		encore = len(lignes) == n
		for i := range lignes {
			if err := s.faire(ctx, tx, a, l, &lignes[i]); err != nil {
				return err
			}
		}
		if err := s.dire(ctx, tx, l, lignes); err != nil {
			return err
		}
		if encore {
			return s.compter(ctx, tx, l, lignes)
		}
		return errors.Join(s.compter(ctx, tx, l, lignes), s.finir(ctx, tx, l, Fini, modele.Texte{}))
	})
	return encore, err
}

// saisir locks a lot that is under way, and finds who has it done; nil when it is no longer under way.
func (s *Service) saisir(ctx context.Context, tx *sql.Tx, id int64) (*Lot, instruction.Agent, error) {
	pris, err := tx.ExecContext(ctx, `UPDATE lot SET faites = faites WHERE id = $1 AND etat = 'en_cours'`, id)
	if err != nil {
		return nil, instruction.Agent{}, fmt.Errorf("go on with a lot: %w", err)
	}
	if n, err := pris.RowsAffected(); n == 0 || err != nil {
		return nil, instruction.Agent{}, err
	}
	l, err := s.Lot(ctx, tx, id)
	if err != nil {
		return nil, instruction.Agent{}, err
	}
	a, err := s.Agent(ctx, tx, l.Compte)
	if err == nil && !l.Genre.Permis(a) {
		return nil, a, s.finir(ctx, tx, l, Arrete, sansRole)
	}
	return l, a, err
}

// faire does what the lot does to one demande. What can no longer be done leaves the demande as it is, and is told.
func (s *Service) faire(ctx context.Context, tx *sql.Tx, a instruction.Agent, l *Lot, x *Ligne) error {
	x.Issue = Faite
	err := db.Tenter(ctx, tx, func() error { return s.traiter(ctx, tx, a, l, x) })
	if refus := (*decision.Refus)(nil); errors.As(err, &refus) {
		x.Issue, x.Cause = Laissee, refus.Texte
	} else if err != nil {
		return fmt.Errorf("demande %s of a lot: %w", x.NumeroASP, err)
	}
	return nil
}

// dire writes what became of demandes that follow each other in a lot: of each one that was left, then of all others.
func (s *Service) dire(ctx context.Context, tx *sql.Tx, l *Lot, lignes []Ligne) error {
	if len(lignes) == 0 {
		return nil
	}
	for _, x := range lignes {
		if x.Issue != Laissee {
			continue
		}
		err := db.Poser(ctx, tx, `UPDATE lot_ligne SET issue = $1, cause_fr = $2, cause_en = $3 WHERE lot_id = $4 AND ordre = $5`, string(x.Issue), x.Cause.Fr, x.Cause.En, l.ID, x.Ordre)
		if err != nil {
			return fmt.Errorf("write the outcome of %s: %w", x.NumeroASP, err)
		}
	}
	err := db.Poser(ctx, tx, `UPDATE lot_ligne SET issue = $1 WHERE lot_id = $2 AND ordre BETWEEN $3 AND $4 AND issue = $5`, string(Faite), l.ID, lignes[0].Ordre, lignes[len(lignes)-1].Ordre, string(Attend))
	if err != nil {
		return fmt.Errorf("write the outcomes of a lot: %w", err)
	}
	return nil
}

func (s *Service) traiter(ctx context.Context, tx *sql.Tx, a instruction.Agent, l *Lot, x *Ligne) error {
	d, err := s.Examens.Relire(ctx, tx, x.Cle, x.Version)
	if err != nil {
		return err
	}
	if l.Genre == Decider {
		_, err := s.Decisions.Decider(ctx, tx, decision.Lu{Cle: x.Cle, Decision: x.Decision, Compte: a.Compte, Roles: a.Roles})
		return err
	}
	if err := s.Examens.Saisir(ctx, tx, a, d); err != nil {
		return err
	}
	p := decision.Proposition{Fournisseur: d.Fournisseur, Cle: d.Cle, Sens: decision.Rejet, Demande: d.Montant, Motifs: l.Motifs, Texte: l.Texte, Compte: a.Compte, Roles: a.Roles}
	if l.Genre == Attribuer {
		if t := alerte(d); t.Fr != "" { // it has come since
			return refuser(t.Fr, t.En)
		}
		p.Sens, p.Montant, p.Motifs = decision.Attribution, x.Montant, nil // the ceiling was looked at when the lot was prepared, of this very version
		if err := s.Examens.DireOui(ctx, tx, a, x.Cle, x.Points); err != nil {
			return err
		}
	}
	return s.Decisions.Proposer(ctx, tx, p)
}

// compter adds what was done to the figures of a lot.
func (s *Service) compter(ctx context.Context, tx *sql.Tx, l *Lot, lignes []Ligne) error {
	for _, x := range lignes {
		if x.Issue == Faite {
			l.Faites++
		} else {
			l.Laissees++
		}
	}
	err := db.Poser(ctx, tx, `UPDATE lot SET faites = $1, laissees = $2 WHERE id = $3`, l.Faites, l.Laissees, l.ID)
	if err != nil {
		return fmt.Errorf("count what a lot has done: %w", err)
	}
	return nil
}

// finir ends a lot, in a state that nothing leads out of.
func (s *Service) finir(ctx context.Context, tx *sql.Tx, l *Lot, e Etat, cause modele.Texte) error {
	err := db.Poser(ctx, tx, `UPDATE lot SET etat = $1, fini = $2, cause_fr = $3, cause_en = $4 WHERE id = $5`, string(e), s.instant(), cause.Fr, cause.En, l.ID)
	if err != nil {
		return fmt.Errorf("end a lot: %w", err)
	}
	return s.consigner(ctx, tx, l, l.Compte, "lot."+string(e))
}

// consigner adds a row to the journal; each demande has its own rows.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, l *Lot, compte int64, action string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: journal.Agence, Instant: s.Maintenant(), Acteur: compte, Action: action, Objet: strconv.FormatInt(l.ID, 10),
		Details: map[string]string{"genre": string(l.Genre), "demandes": strconv.FormatInt(l.Retenues(), 10), "faites": strconv.FormatInt(l.Faites, 10)},
	})
}

// Refus says why an act is not done, to the person who asked for it.
type Refus = decision.Refus
