package demo

import (
	"context"
	"database/sql"
	"fmt"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

func agent(i compte.Identite) instruction.Agent {
	return instruction.Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Role.Fonctions()}
}

// prendre has an agent take demandes of a deposit.
func (p *recit) prendre(d *depot.Depot, jours int, rangs ...int) {
	for _, rang := range rangs {
		if p.err != nil {
			return
		}
		p.le(jours, 14)
		p.rater("take a request", p.Examens.Prendre(p.ctx, agent(p.instruit), etat.Cle{Depot: d.ID, Rang: rang}))
	}
}

// proposer has the agent who holds demandes propose an award, or a refusal for a reason.
func (p *recit) proposer(d *depot.Depot, jours int, motif string, rangs ...int) {
	for _, rang := range rangs {
		if p.err != nil {
			return
		}
		p.le(jours, 15)
		err := p.Base.Ecrire(p.ctx, func(ctx context.Context, tx *sql.Tx) error {
			c := etat.Cle{Depot: d.ID, Rang: rang}
			x, err := p.Examens.Tenir(ctx, tx, agent(p.instruit), c)
			if err != nil {
				return err
			}
			if err := p.Examens.Remplir(ctx, tx, agent(p.instruit), c, fiche(motif)); err != nil {
				return err
			}
			prop := decision.Proposition{Fournisseur: d.Fournisseur, Cle: c, Sens: decision.Attribution, Montant: x.Montant, Demande: x.Montant, Compte: p.instruit.Compte, Roles: etat.Instructeur}
			if motif != "" {
				prop.Sens, prop.Motifs, prop.Texte = decision.Rejet, []string{"DEJA"}, motif
			}
			return p.Decisions.Proposer(ctx, tx, prop)
		})
		p.rater(fmt.Sprintf("propose a decision for %s, %d", d.ImpID(), rang), err)
	}
}

// fiche answers yes to each point, but for what a refusal rests on.
func fiche(motif string) (reponses []instruction.Repondu) {
	for _, x := range instruction.Points {
		reponses = append(reponses, instruction.Repondu{Point: x, Reponse: instruction.Oui})
	}
	if motif != "" {
		reponses[0].Reponse, reponses[0].Remarque = instruction.Non, motif
	}
	return reponses
}

// trancher has what is proposed decided by somebody else.
func (p *recit) trancher(d *depot.Depot, jours, heure int, rangs ...int) {
	for _, rang := range rangs {
		if p.err != nil {
			return
		}
		p.le(jours, heure)
		c := etat.Cle{Depot: d.ID, Rang: rang}
		toutes, err := p.Decisions.De(p.ctx, p.Base.Lire(), c)
		if err == nil {
			err = p.Base.Ecrire(p.ctx, func(ctx context.Context, tx *sql.Tx) error {
				_, err := p.Decisions.Decider(ctx, tx, decision.Lu{Cle: c, Decision: toutes[len(toutes)-1].ID, Compte: p.decide.Compte, Roles: etat.Valideur})
				return err
			})
		}
		p.rater("decide", err)
	}
}

// relancer does what is due for the demandes that wait for their suppliers.
func (p *recit) relancer() {
	if p.err == nil {
		p.le(maintenant, 0)
		_, err := p.Examens.Relancer(p.ctx)
		p.rater("remind", err)
	}
}

// notifier tells the suppliers of what was decided, two hours later.
func (p *recit) notifier(jours, heure int) {
	if p.err == nil {
		p.le(jours, heure+2)
		_, err := p.Decisions.Notifier(p.ctx)
		p.rater("notify", err)
	}
}
