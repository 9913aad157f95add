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
	if err := s.perdrait(r.Context(), p); err != nil {
		return err
	}
	if p.Attente == nil {
		return s.plusAttendue(w, r, i, p)
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
	if _, refus := errors.AsType[*Refus](err); refus || errors.Is(err, errPerimee) {
		return s.plusAttendue(w, r, i, p)
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
