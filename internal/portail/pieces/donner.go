package pieces

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// donner takes the word of a person for what a document is that was set aside.
func (s *Service) donner(w http.ResponseWriter, r *http.Request) error {
	i, id, err := s.qui(r)
	if err != nil {
		return err
	}
	var f web.Formulaire
	if err := f.Lire(r); err != nil {
		return err
	}
	rang, typ, _ := strings.Cut(f.Valeur("place"), "/")
	attendue, err := s.placeOuverte(r.Context(), i.Fournisseur, id, Place{entier(rang), typ})
	if err != nil {
		return reponse(err)
	}
	numero, err := strconv.ParseInt(f.Valeur("archive"), 10, 64)
	if err != nil {
		return web.Introuvable
	}
	e := Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: id, Place: &attendue}
	recue, err := s.Donner(r.Context(), e, numero, entier(f.Valeur("ordre")))
	if err != nil {
		return reponse(err)
	}
	return s.dire(w, r, s.AdressePieces(id), recue)
}

// Donner has a document that was set aside of an archive examined for the place of e, as if it had been sent for it.
func (s *Service) Donner(ctx context.Context, e Envoi, archive int64, ordre int) (*Archive, error) {
	toutes, err := archives(ctx, s.Base.Lire(), `id = $1 AND depot_id = $2 AND fournisseur_id = $3 AND sha256 <> '' AND libere = 0`, archive, e.Depot, e.Fournisseur)
	if err != nil {
		return nil, err
	}
	if len(toutes) == 0 {
		return nil, ErrInconnu
	}
	a := &toutes[0]
	if a.Ecarts, err = s.ecarts(ctx, a.ID); err != nil {
		return nil, fmt.Errorf("give a document its place: %w", err)
	}
	n := slices.IndexFunc(a.Ecarts, func(u Ecart) bool { return u.Ordre == ordre && u.horsPlace() })
	if n < 0 {
		return nil, ErrInconnu
	}
	return s.retenir(ctx, e, Archive{
		Fournisseur: e.Fournisseur, Depot: e.Depot, Compte: e.Compte, Nom: a.Nom, Etat: Recue, SHA256: a.SHA256, Taille: a.Taille,
		Place: Place{e.Place.Rang, e.Place.Type}, Entree: a.entree(a.Ecarts[n]),
	})
}

// placeOuverte is what is expected at a place, while its demande is open for it.
func (s *Service) placeOuverte(ctx context.Context, fournisseur, id int64, ou Place) (Piece, error) {
	if ou.Rang < 0 {
		return Piece{}, ErrInconnu
	}
	toutes, err := s.Pieces(ctx, fournisseur, id, ou.Rang)
	if err != nil {
		return Piece{}, err
	}
	for _, p := range toutes {
		switch {
		case p.Type != ou.Type:
		case !s.Ouverte(p.EtatDepot):
			return p, fermee(s.NumeroASP(id, ou.Rang))
		default:
			return p, nil
		}
	}
	return Piece{}, ErrInconnu
}

// dire leads to a page that tells what came of one document: a refusal as one.
func (s *Service) dire(w http.ResponseWriter, r *http.Request, adresse string, a *Archive) error {
	switch {
	case a.Etat == Refusee:
		return web.AllerAvertir(w, r, adresse, a.Motif)
	case a.DejaRecue && a.Mauvaises+a.Ecartees > 0:
		return web.AllerAvertir(w, r, adresse, modele.Texte{
			Fr: "Ce document est le même qu'avant, qui n'avait pas été accepté : sa ligne et la page des pièces disent pourquoi. Choisissez-en un autre.",
			En: "This document is the same as before, which was not accepted: its line and the page of the documents tell why. Choose another one.",
		})
	case a.DejaRecue:
		return web.AllerDire(w, r, adresse, modele.Texte{Fr: "Ce document est le même qu'avant : rien n'a changé.", En: "This document is the same as before: nothing has changed."})
	}
	return web.AllerDire(w, r, adresse, modele.Texte{
		Fr: "Le document est arrivé. Son examen, qui prend quelques secondes, dit s'il convient.",
		En: "The document has come. Its examination, which takes a few seconds, tells whether it will do.",
	})
}
