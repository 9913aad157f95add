package instruction

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
)

// errChange ends a transaction on a demande that is not what was read.
var errChange = errors.New("the demande has changed since it was read")

// relue is the page of an act that was refused, read anew: it tells how things stand after whoever was faster. A form that was sent twice
// is answered as the first time.
func (s *Service) relue(r *http.Request, avant *pageFeuille, acte string, cause error) (*pageFeuille, error) {
	p, err := s.feuille(r)
	if err != nil {
		return nil, err
	}
	p.Formulaire, p.proposee = avant.Formulaire, avant.proposee
	var refus *Refus
	switch {
	case p.deja(acte):
	case errors.As(cause, &refus):
		p.Refuser("", refus.Texte.Fr, refus.Texte.En)
	default:
		t := p.change()
		p.Refuser("", t.Fr, t.En)
	}
	return p, nil
}

// deja tells whether who acts has done this very act, with the same content, since the demande was read.
func (p *pageFeuille) deja(acte string) bool {
	switch acte {
	case "fiche":
		return p.Valeur("faire") == "proposer" && p.aPropose(decision.Attribution) && p.Vive.Montant == p.Centimes("montant") && !slices.ContainsFunc(p.Points, func(x Repondu) bool {
			return string(x.Reponse) != p.Valeur("r-"+x.Code) || x.Remarque != p.Valeur("n-"+x.Code)
		})
	case "refus", "refus-sans-pieces":
		return p.aPropose(decision.Rejet) && decision.MemesMotifs(p.Vive.Motifs, p.Valeurs("motif")) && p.Vive.Texte == p.Valeur("texte")
	case "decision":
		v := p.Vive
		return v != nil && v.Etat == decision.Decidee && v.ID == entier(p.Valeur("decision")) && v.DecidePar == p.moi.Compte && !v.Decide.Before(p.lueLe())
	case "renvoi", "reouverture":
		return p.aMene(etat.Instruction, p.Valeur(acte), p.lueLe())
	case "reprise":
		return p.aMene(etat.AValider, p.Valeur(acte), p.lueLe())
	}
	return false
}

// aPropose tells whether who acts has proposed that since they have read the demande, and it waits to be decided.
func (p *pageFeuille) aPropose(s decision.Sens) bool {
	v := p.Vive
	return v != nil && v.Etat == decision.Proposee && v.Sens == s && v.ProposePar == p.moi.Compte && !v.Propose.Before(p.lueLe())
}

// Mene tells whether an agent has led a demande to where it is, for that reason, since an instant.
func (s *Service) Mene(ctx context.Context, a Agent, d *Dossier, motif string, depuis time.Time) (bool, error) {
	p := &pageFeuille{D: d, s: s, moi: a}
	err := s.connaitre(ctx, p)
	return err == nil && p.aMene(d.Etat, motif, depuis), err
}

// aMene tells whether who acts has led the demande to where it is, for that reason, since they have read it.
func (p *pageFeuille) aMene(a etat.Etat, motif string, depuis time.Time) bool {
	return p.D.Etat == a && slices.ContainsFunc(p.Vue.Histoire, func(e Pas) bool {
		return e.A == a && e.Qui == ecrit.Nom(p.moi.Nom) && e.Motif == motif && !e.Instant.Before(depuis)
	})
}
