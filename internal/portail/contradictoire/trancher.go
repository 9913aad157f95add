package contradictoire

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/journal"
)

// enCours marks what is done of demandes by their procedure: nothing else may.
type enCours struct{}

// Lu is the procedure that somebody has read: what is done is done of what was read, or not at all.
type Lu struct {
	ID      int64
	Version int64
	Lettres map[int64]string // the letters that were read with it, by decision
}

// faire does an act on a procedure that is in one of some states, in one transaction.
func (s *Service) faire(ctx context.Context, compte int64, lu Lu, acte string, etats []Etat, f func(ctx context.Context, tx *sql.Tx, p *Procedure) error) error {
	return s.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		p, err := s.verrouillerEntiere(ctx, tx, lu.ID)
		if err != nil {
			return err
		}
		if p.Version != lu.Version || !slices.Contains(etats, p.Etat) {
			return ErrChangee
		}
		if err := f(context.WithValue(ctx, enCours{}, true), tx, p); err != nil {
			return err
		}
		return s.consigner(ctx, tx, p, compte, cmp.Or(p.acte, acte))
	})
}

// autre refuses who has proposed what is to be decided: four eyes.
func (p *Procedure) autre(a instruction.Agent) error {
	proposeur := p.ProposePar
	if p.Genre == Retrait {
		proposeur = p.OuvertPar
	}
	switch {
	case a.Roles&etat.Valideur == 0:
		return refuser("Votre rôle ne permet pas de décider.", "Your role does not let you decide.")
	case a.Compte == proposeur:
		return refuser("Vous l'avez vous-même proposé : une autre personne décide. Rien n'est fait.", "You have proposed it yourself: somebody else decides. Nothing is done.")
	}
	return nil
}

// Decider decides, as it was proposed, of all demandes of a procedure at once. Each decision has its number and its letter, and is notified
// once the time to take it back has passed.
func (s *Service) Decider(ctx context.Context, a instruction.Agent, lu Lu) error {
	return s.faire(ctx, a.Compte, lu, "decidee", []Etat{Ouverte, Proposee}, func(ctx context.Context, tx *sql.Tx, p *Procedure) error {
		if err := p.autre(a); err != nil {
			return err
		}
		if p.Genre == Contestation && p.Etat != Proposee {
			return refuser("Rien n'est proposé. Rien n'est fait.", "Nothing is proposed. Nothing is done.")
		}
		if err := s.aEntendre(p); err != nil {
			return err
		}
		reste := false
		for _, x := range p.Vivantes() {
			if x.Decision == 0 {
				continue
			}
			reste = true
			if _, err := s.Decisions.Decider(ctx, tx, lu.de(x, a)); err != nil {
				return dire(x, err)
			}
		}
		if err := s.poser(ctx, tx, p.ID, `etat = 'decidee', relance = 0, decide_par = $2, decide = $3`, a.Compte, s.instant()); err != nil || reste {
			return err
		}
		return s.fermer(ctx, tx, p, "")
	})
}

// de is what was read of the decision on a demande of a procedure.
func (l Lu) de(x Partie, a instruction.Agent) decision.Lu {
	return decision.Lu{Cle: x.Cle, Decision: x.Decision, Compte: a.Compte, Roles: a.Roles, Lettre: l.Lettres[x.Decision]}
}

// dire says of which demande something is refused.
func dire(x Partie, err error) error {
	var refus *decision.Refus
	if errors.As(err, &refus) {
		return refuser(x.NumeroASP+" : "+refus.Texte.Fr, x.NumeroASP+": "+refus.Texte.En)
	}
	return err
}

// Renvoyer sends what is proposed of a contestation back, for a reason: it is proposed anew. The award that a withdrawal is about is kept,
// which ends it.
func (s *Service) Renvoyer(ctx context.Context, a instruction.Agent, lu Lu, motif string) error {
	return s.faire(ctx, a.Compte, lu, "renvoyee", []Etat{Ouverte, Proposee}, func(ctx context.Context, tx *sql.Tx, p *Procedure) error {
		err := p.autre(a)
		switch {
		case err != nil:
			return err
		case ecrit.Vide(motif):
			return refuser("Dites pourquoi.", "Say why.")
		case p.Genre == Retrait:
			return s.maintenir(ctx, tx, a, lu, p, motif)
		case p.Etat != Proposee:
			return refuser("Rien n'est proposé. Rien n'est fait.", "Nothing is proposed. Nothing is done.")
		}
		for _, x := range p.Vivantes() {
			if err := s.renvoyer(ctx, tx, a, lu, x, motif); err != nil {
				return err
			}
		}
		return s.poser(ctx, tx, p.ID, `etat = 'ouverte', propose_par = 0, propose = 0`)
	})
}

// maintenir keeps an award once its supplier was heard; it reads why.
func (s *Service) maintenir(ctx context.Context, tx *sql.Tx, a instruction.Agent, lu Lu, p *Procedure, motif string) error {
	if err := s.aEntendre(p); err != nil {
		return err
	}
	p.acte = "maintenue"
	x := p.Parties[0]
	if err := s.Decisions.Maintenir(ctx, tx, lu.de(x, a), motif, false); err != nil {
		return err
	}
	if err := s.poserIssue(ctx, tx, p.ID, x.Cle, Maintien, 0); err != nil {
		return err
	}
	if err := s.poser(ctx, tx, p.ID, `decide_par = $2, decide = $3`, a.Compte, s.instant()); err != nil {
		return err
	}
	return s.fermer(ctx, tx, p, "")
}

// renvoyer takes what is proposed of one demande back.
func (s *Service) renvoyer(ctx context.Context, tx *sql.Tx, a instruction.Agent, lu Lu, x Partie, motif string) (err error) {
	switch {
	case x.Decision == 0:
	case x.Issue == Issue(decision.Retrait):
		err = s.Decisions.Maintenir(ctx, tx, lu.de(x, a), motif, true)
	default:
		err = s.Decisions.Renvoyer(ctx, tx, lu.de(x, a), motif)
	}
	if err != nil {
		return dire(x, err)
	}
	return s.poserIssue(ctx, tx, lu.ID, x.Cle, "", 0)
}

// Reprendre takes decisions back before their suppliers are told, all of them: they are proposed again.
func (s *Service) Reprendre(ctx context.Context, a instruction.Agent, lu Lu, motif string) error {
	return s.faire(ctx, a.Compte, lu, "reprise", []Etat{Decidee}, func(ctx context.Context, tx *sql.Tx, p *Procedure) error {
		switch {
		case a.Roles&etat.Valideur == 0:
			return refuser("Votre rôle ne permet pas de décider.", "Your role does not let you decide.")
		case ecrit.Vide(motif):
			return refuser("Dites pourquoi.", "Say why.")
		case slices.ContainsFunc(p.Parties, func(x Partie) bool { return x.Decision > 0 && !x.Fin.IsZero() }):
			return refuser("Un fournisseur a déjà sa lettre, ou s'est retiré : une décision commune se reprend entière, ou pas. Rien n'est fait.", "A supplier has its letter already, or has withdrawn: a common decision is taken back whole, or not. Nothing is done.")
		}
		for _, x := range p.Vivantes() {
			if x.Decision == 0 {
				continue
			}
			if err := s.Decisions.Reprendre(ctx, tx, lu.de(x, a), motif); err != nil {
				return dire(x, err)
			}
			v, err := s.vive(ctx, tx, x.Cle)
			if err != nil {
				return err
			}
			if err := s.poserIssue(ctx, tx, p.ID, x.Cle, x.Issue, v.ID); err != nil {
				return err
			}
		}
		avant := Proposee
		if p.Genre == Retrait {
			avant = Ouverte
		}
		return s.poser(ctx, tx, p.ID, `etat = $2, decide_par = 0, decide = 0`, string(avant))
	})
}

// Clore ends a contestation without a decision, for a reason that its suppliers read: each demande goes on by itself.
func (s *Service) Clore(ctx context.Context, a instruction.Agent, lu Lu, motif string) error {
	return s.faire(ctx, a.Compte, lu, "close", []Etat{Ouverte}, func(ctx context.Context, tx *sql.Tx, p *Procedure) error {
		switch {
		case p.Genre != Contestation:
			return refuser("Un retrait envisagé se décide, ou l'attribution se maintient.", "A withdrawal that is considered is decided, or the award is kept.")
		case a.Roles&etat.Instructeur == 0:
			return refuser("Votre rôle ne permet pas d'instruire.", "Your role does not let you examine.")
		case ecrit.Vide(motif):
			return refuser("Dites pourquoi.", "Say why.")
		}
		return s.fermer(ctx, tx, p, motif)
	})
}

// fermer ends a procedure, for a reason where nothing was decided, and tells those who do not get a letter.
func (s *Service) fermer(ctx context.Context, tx *sql.Tx, p *Procedure, cause string) error {
	if err := s.poser(ctx, tx, p.ID, `etat = 'close', relance = 0, clos = $2, cause = $3`, s.instant(), cause); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `UPDATE contradictoire_partie SET fin = $1 WHERE contradictoire_id = $2 AND fin = 0`, s.instant(), p.ID)
	if err != nil {
		return fmt.Errorf("end a procedure: %w", err)
	}
	for _, x := range p.Vivantes() {
		if err := s.Examens.Liberer(ctx, tx, x.Cle); err != nil {
			return err
		}
	}
	if p.Genre == Retrait {
		return nil // the state of the demande tells it, or a letter
	}
	for _, x := range p.Vivantes() {
		if x.Issue != "" && x.Issue != Maintien && cause == "" {
			continue
		}
		if err := s.ecrireA(ctx, tx, p.ID, x.Fournisseur, s.courrielFin(p, &x, cause)); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) poser(ctx context.Context, tx *sql.Tx, id int64, quoi string, args ...any) error {
	_, err := tx.ExecContext(ctx, `UPDATE contradictoire SET `+quoi+`, version = version + 1 WHERE id = $1`, append([]any{id}, args...)...)
	if err != nil {
		return fmt.Errorf("write a procedure: %w", err)
	}
	return nil
}

func (s *Service) poserIssue(ctx context.Context, tx *sql.Tx, id int64, c etat.Cle, i Issue, d int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE contradictoire_partie SET issue = $1, decision_id = $2 WHERE contradictoire_id = $3 AND depot_id = $4 AND rang = $5`, string(i), d, id, c.Depot, c.Rang)
	if err != nil {
		return fmt.Errorf("write what is proposed of a demande: %w", err)
	}
	return nil
}

// vive is the decision on a demande that is proposed.
func (s *Service) vive(ctx context.Context, tx *sql.Tx, c etat.Cle) (*decision.Decision, error) {
	toutes, err := s.Decisions.De(ctx, tx, c)
	if err != nil {
		return nil, err
	}
	for i := range toutes {
		if toutes[i].Etat == decision.Proposee {
			return &toutes[i], nil
		}
	}
	return nil, decision.ErrInconnue
}

// consigner adds an act to the journal of each supplier of a procedure.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, p *Procedure, par int64, acte string) error {
	for _, x := range p.Parties {
		if err := s.consignerPartie(ctx, tx, p, x, par, acte); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) consignerPartie(ctx context.Context, tx *sql.Tx, p *Procedure, x Partie, par int64, acte string) error {
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: x.Fournisseur, Instant: s.Maintenant(), Acteur: par, Action: "contradictoire." + acte, Objet: x.NumeroASP, Details: map[string]string{"procedure": p.Reference()},
	})
}
