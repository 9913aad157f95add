package portail

import (
	"context"
	"net/http"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// assemblerEntendus makes the room in which suppliers are heard.
func (p *Portail) assemblerEntendus() {
	p.entendus = contradictoire.Nouveau(contradictoire.Config{
		Base: p.base, Maintenant: p.Maintenant, Adresse: p.Adresse, Rappels: p.Rappels, Jours: p.Observations, Decisions: p.decisions, Examens: p.examens, Courriers: p.courriers,
		NumeroASP: depot.NumeroASP, LireNumeroASP: depot.LireNumeroASP, Autres: p.autresDemandes, Destinataires: p.comptes.Destinataires, Envoyer: p.envoyer,
		Ecrire: p.ecrireObservations, Messages: p.observations, Lettre: p.lettreDe,
	})
}

// autresDemandes are the other demandes that claim ESMS of one.
func (p *Portail) autresDemandes(ctx context.Context, c etat.Cle) ([]instruction.Autre, error) {
	r, err := p.revoir(ctx, c)
	return r.Autres, err
}

// ecrireObservations takes what a supplier answers, as a message of its thread.
func (p *Portail) ecrireObservations(r *http.Request, f *web.Formulaire, m contradictoire.Message) error {
	e, err := suivi.LireMessage(r, f)
	if err != nil {
		return err
	}
	e.Auteur, e.Fil, e.Demande, e.Sujet, e.Avec = m.Auteur, m.Fil, m.Demande, m.Sujet, m.Avec
	_, err = p.suivis.EnvoyerMessage(r, f, e)
	return err
}

// observations are the messages of a thread, as a procedure shows them.
func (p *Portail) observations(ctx context.Context, i compte.Identite, fil int64) (observations []contradictoire.Observation, err error) {
	_, messages, err := p.suivis.Fil(ctx, i, fil)
	for _, m := range messages {
		o := contradictoire.Observation{Instant: m.Instant, Qui: m.Qui, Agence: m.Agence, Texte: m.Texte}
		if m.Piece != nil {
			nom := m.Piece.Nom + " (" + m.Piece.Format + ")"
			o.Piece = web.Lien{Nom: modele.Texte{Fr: nom, En: nom}, Adresse: suivi.JointeDe{Fil: fil, Ordre: m.Ordre}.Adresse()}
		}
		observations = append(observations, o)
	}
	return observations, err
}
