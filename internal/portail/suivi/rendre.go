package suivi

import (
	"context"
	"database/sql"
	"errors"
	"net/http"

	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// rendre takes the answer to what the agency asked for, and gives the demande back to who examines it.
func (s *Service) rendre(w http.ResponseWriter, r *http.Request) error {
	i, err := ecrivain(r)
	if err != nil {
		return err
	}
	p, err := s.pageDeDemande(r, i)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	if p.Attente == nil {
		return pasAttendue(p.Demande)
	}
	reponse := p.Requis("reponse", MaxMotif, modele.Texte{Fr: "la réponse", En: "the answer"})
	corrigee, err := s.recontroler(r.Context(), p)
	if err != nil {
		return err
	}
	if !p.Valide() {
		return gabarits().Montrer(w, r, "montrer.html", p)
	}
	err = s.Base.Ecrire(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		if corrigee != nil {
			if err := s.adopter(ctx, tx, p.Demande, i.Compte, *corrigee); err != nil {
				return err
			}
		}
		return s.Changer(ctx, tx, Changement{
			Fournisseur: p.Demande.Fournisseur, Depot: p.Demande.Depot, Rangs: []int{p.Demande.Rang},
			A: etat.Instruction, Par: etat.Fournisseur, Compte: i.Compte, Motif: reponse,
		})
	})
	if errors.Is(err, errPerimee) {
		return perimee(p.Demande)
	}
	var refus *Refus
	if errors.As(err, &refus) {
		p.Demande.Etat = refus.De.Montre()
		return pasAttendue(p.Demande)
	}
	if err != nil {
		return err
	}
	n := p.Demande.NumeroASP
	return web.AllerDire(w, r, adresseDemande(n), modele.Texte{
		Fr: "La réponse est envoyée à l'agence, et la demande " + n + " est rendue à l'instruction.",
		En: "The answer is sent to the agency, and request " + n + " is given back to be examined.",
	})
}

// perimee answers who corrected what is no longer open, or what somebody else has corrected meanwhile.
func perimee(d *Demande) *web.Refus {
	return &web.Refus{
		Etat:  http.StatusConflict,
		Titre: modele.Texte{Fr: "La demande a changé", En: "The request has changed"},
		Texte: modele.Texte{
			Fr: "Ce que l'agence attend de la demande " + d.NumeroASP + ", ou ses valeurs, ont changé pendant que vous répondiez. Rien n'est enregistré : relisez-la, puis répondez.",
			En: "What the agency expects of request " + d.NumeroASP + ", or its values, have changed while you were answering. Nothing is stored: read it again, then answer.",
		},
	}
}

// pasAttendue answers when nothing is asked for, or no longer.
func pasAttendue(d *Demande) *web.Refus {
	nom := d.Etat.Nom()
	return &web.Refus{
		Etat:  http.StatusConflict,
		Titre: modele.Texte{Fr: "Réponse non attendue", En: "No answer expected"},
		Texte: modele.Texte{
			Fr: "La demande " + d.NumeroASP + " est dans l'état « " + nom.Fr + " » : l'agence n'y attend pas de réponse. Rien n'a changé. Écrivez-lui un message depuis la page de la demande.",
			En: "Request " + d.NumeroASP + " is in the state “" + nom.En + "”: the agency expects no answer to it. Nothing has changed. Write it a message from the page of the request.",
		},
	}
}
