package contradictoire

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"guichet/internal/portail/db"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// Choix is what is proposed of one demande of a contestation.
type Choix struct {
	etat.Cle
	Issue   Issue
	Montant int64    // of an award, cents
	Motifs  []string // of a refusal, or a withdrawal
	Texte   string
}

// finance tells whether the demande is funded after that.
func (c Choix) finance() bool { return c.Issue == Issue(decision.Attribution) || c.Issue == Maintien }

// Proposer proposes one decision for all demandes of a contestation: somebody else decides.
func (s *Service) Proposer(ctx context.Context, a instruction.Agent, lu Lu, choix []Choix) error {
	plafonds, empeches := map[etat.Cle]int64{}, map[etat.Cle]error{}
	for _, c := range choix {
		if c.Issue == Issue(decision.Attribution) {
			plafonds[c.Cle], empeches[c.Cle] = s.attribuable(ctx, s.Base.Lire(), c.Cle)
		}
	}
	return s.faire(ctx, a.Compte, lu, "proposee", []Etat{Ouverte}, func(ctx context.Context, tx *sql.Tx, p *Procedure) error {
		if p.Genre != Contestation || a.Roles&etat.Instructeur == 0 {
			return refuser("Cela ne se propose pas ici, ou pas par vous. Rien n'est fait.", "This is not proposed here, or not by you. Nothing is done.")
		}
		refus := []error{s.aEntendre(p), unSeul(p, choix)} // all that speaks against it is told at once
		for _, x := range p.Vivantes() {
			i := slices.IndexFunc(choix, func(c Choix) bool { return c.Cle == x.Cle })
			if i < 0 {
				return refuser("Dites ce que devient chaque demande. Rien n'est fait.", "Say what becomes of each request. Nothing is done.")
			}
			err := empeches[x.Cle]
			if err == nil {
				err = s.proposer(ctx, tx, a, p, choix[i], plafonds[x.Cle])
			}
			if err != nil && !refusee(err) {
				return err
			}
			refus = append(refus, dire(x, err))
		}
		if err := errors.Join(refus...); err != nil {
			return err
		}
		return s.poser(ctx, tx, p.ID, `etat = 'proposee', propose_par = $2, propose = $3`, a.Compte, s.instant())
	})
}

// unSeul refuses to fund an ESMS twice.
func unSeul(p *Procedure, choix []Choix) error {
	finances := map[string]int{}
	for _, x := range p.Vivantes() {
		if !slices.ContainsFunc(choix, func(c Choix) bool { return c.Cle == x.Cle && c.finance() }) {
			continue
		}
		for _, f := range x.ESMS {
			if finances[f]++; finances[f] > 1 {
				return refuser("L'ESMS "+f+" serait financé deux fois : une demande au plus est attribuée ou maintenue pour un ESMS. Rien n'est fait.",
					"ESMS "+f+" would be funded twice: one request at most is awarded or kept for one ESMS. Nothing is done.")
			}
		}
	}
	return nil
}

// attribuable is the ceiling of a demande, 0 where it is not known; a *Refus says what speaks against its award: its control sheet is filled in
// as for any other one.
func (s *Service) attribuable(ctx context.Context, q db.Lecteur, c etat.Cle) (plafond int64, err error) {
	d, err := s.Examens.Trouver(ctx, q, c)
	if err != nil {
		return 0, err
	}
	v, err := s.Examens.Lire(ctx, d)
	if err != nil {
		return 0, err
	}
	points, err := s.Examens.Fiche(ctx, q, c, v.Types())
	if err != nil {
		return 0, err
	}
	if slices.ContainsFunc(points, func(p instruction.Repondu) bool { return p.Reponse == "" }) {
		return 0, refuser("sa fiche de contrôle a des points sans réponse : répondez-y d'abord. Rien n'est fait.", "its control sheet has points without an answer: answer them first. Nothing is done.")
	}
	if t := instruction.Accordable(points); t.Fr != "" {
		return 0, refuser(t.Fr+". Rien n'est fait.", t.En+". Nothing is done.")
	}
	return v.Plafond, nil
}

// proposer proposes something of one demande.
func (s *Service) proposer(ctx context.Context, tx *sql.Tx, a instruction.Agent, p *Procedure, c Choix, plafond int64) error {
	d, err := s.Examens.Trouver(ctx, tx, c.Cle)
	if err != nil {
		return err
	}
	attribuee := d.Etat == etat.Validee
	switch {
	case attribuee && c.Issue == Maintien:
		return s.poserIssue(ctx, tx, p.ID, c.Cle, Maintien, 0)
	case attribuee != (c.Issue == Issue(decision.Retrait)) || !slices.Contains([]Issue{Issue(decision.Attribution), Issue(decision.Rejet), Issue(decision.Retrait)}, c.Issue):
		return refuser("choisissez ce qu'elle devient. Rien n'est fait.", "choose what becomes of it. Nothing is done.")
	case !attribuee:
		if err := s.Examens.Saisir(ctx, tx, a, d); err != nil {
			return err
		}
	}
	err = s.Decisions.Proposer(ctx, tx, decision.Proposition{
		Fournisseur: d.Fournisseur, Cle: c.Cle, Sens: decision.Sens(c.Issue), Montant: c.Montant, Demande: d.Montant, Plafond: plafond, Motifs: c.Motifs, Texte: c.Texte,
		Compte: a.Compte, Roles: a.Roles, Dit: attribuee, Contestee: attribuee,
	})
	if err != nil {
		return err
	}
	v, err := s.vive(ctx, tx, c.Cle)
	if err != nil {
		return err
	}
	return s.poserIssue(ctx, tx, p.ID, c.Cle, c.Issue, v.ID)
}
