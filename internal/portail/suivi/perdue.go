package suivi

import (
	"net/http"
	"strings"

	"guichet/internal/portail/compte"
)

// perdue is what was typed into a form that can no longer be sent, as the message that it can be sent as.
type perdue struct{ Titre, Sujet, Texte string }

// plusAttendue shows the demande as it is now to who answered what is asked for no longer, or otherwise than it was: what was typed stays, in the
// fields that still are there, else as a message that is ready to go.
func (s *Service) plusAttendue(w http.ResponseWriter, r *http.Request, i compte.Identite, typee *pageDemande) error {
	p, err := s.pageDeDemande(r, i)
	if err != nil {
		return err
	}
	p.Formulaire = typee.Formulaire
	p.Fautes = nil
	nom, n := p.Demande.Etat.Nom(), p.Demande.NumeroASP
	if p.Attente != nil {
		p.Refuser("", "Ce que l'agence attend de la demande "+n+", ou ses valeurs, ont changé pendant que vous répondiez. Rien n'est enregistré, et ce que vous avez tapé est gardé ici : relisez, puis répondez.",
			"What the agency expects of request "+n+", or its values, have changed while you were answering. Nothing is stored, and what you have typed is kept here: read it again, then answer.")
		return gabarits().Montrer(w, r, "montrer.html", p)
	}
	p.Refuser("", "L'agence n'attend plus de réponse à la demande "+n+", qui est dans l'état « "+nom.Fr+" ». Rien n'a changé. Ce que vous aviez tapé est ci-dessous : vous pouvez l'envoyer comme message.",
		"The agency no longer waits for an answer to request "+n+", which is in the state “"+nom.En+"”. Nothing has changed. What you had typed stands below: you can send it as a message.")
	p.Perdue = &perdue{p.T("Votre réponse n'est pas envoyée", "Your answer is not sent"), p.T("Réponse à votre demande de modification", "Answer to what you asked to be changed"), p.enMessage()}
	return gabarits().Montrer(w, r, "montrer.html", p)
}

// enMessage is what was typed into an answer, with the values that were given another value.
func (p *pageDemande) enMessage() string {
	lignes := []string{p.Valeur("reponse")}
	if p.contenu != nil {
		for _, o := range p.contenu.ouvrables() {
			champ := nomChamp(o.Pointeur)
			if v := p.Valeur(champ); p.Donne(champ) && v != strings.TrimSpace(o.Saisie) {
				lignes = append(lignes, p.Tx(o.Nom)+" ("+o.Champ.Balise+")"+p.T(" : ", ": ")+v)
			}
		}
	}
	return strings.TrimSpace(strings.Join(lignes, "\n"))
}

// MaxMessage is how long a message may be.
func (p *pageDemande) MaxMessage() int { return MaxMessage }
