package pieces

import (
	"net/http"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// champDocument begins the name of the field of one document: a page has a form for each.
const champDocument = "document"

// envoyerUne takes one document of a demande, under the name that it is expected by, whatever its sender called it.
func (s *Service) envoyerUne(w http.ResponseWriter, r *http.Request) error {
	i, id, err := s.qui(r)
	if err != nil {
		return err
	}
	attendue, err := s.attendue(r, i.Fournisseur, id)
	if err != nil {
		return reponse(err)
	}
	var recue *Archive
	var f web.Formulaire
	err = f.LireEnvoi(r, func(envoye web.Fichier) (err error) {
		if strings.HasPrefix(envoye.Champ, champDocument) && recue == nil {
			recue, err = s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: id, Nom: attendue.Attendu, Corps: envoye.Corps})
		}
		return err
	})
	switch {
	case err != nil:
		return reponse(err)
	case recue == nil:
		return sansFichier
	}
	return web.AllerDire(w, r, "/demandes/"+s.NumeroASP(id, attendue.Rang), dire(recue))
}

// attendue is the document that an address names, while its demande is open for it.
func (s *Service) attendue(r *http.Request, fournisseur, id int64) (Piece, error) {
	rang := entier(r.PathValue("rang"))
	if rang < 0 {
		return Piece{}, ErrInconnu
	}
	toutes, err := s.Pieces(r.Context(), fournisseur, id, rang)
	if err != nil {
		return Piece{}, err
	}
	for _, p := range toutes {
		switch {
		case p.Type != r.PathValue("type"):
		case !s.Ouverte(p.EtatDepot):
			return p, fermee(s.NumeroASP(id, rang))
		default:
			return p, nil
		}
	}
	return Piece{}, ErrInconnu
}

func dire(a *Archive) modele.Texte {
	switch {
	case a.DejaRecue:
		return modele.Texte{Fr: "Ce document est le même qu'avant : rien n'a changé.", En: "This document is the same as before: nothing has changed."}
	case a.Etat == Refusee:
		return a.Motif
	}
	return modele.Texte{
		Fr: "Le document est arrivé. Son examen dit sous peu s'il convient : rechargez cette page dans quelques secondes.",
		En: "The document has come. Its examination soon tells whether it will do: load this page again in a few seconds.",
	}
}

// fermee says that a demande takes no document any more.
func fermee(numero string) Refuse {
	return Refuse{modele.Texte{
		Fr: "La demande " + numero + " n'attend plus de pièce : rien n'est gardé. Sa page dit où elle en est.",
		En: "Request " + numero + " expects no document any more: nothing is kept. Its page tells where it stands.",
	}}
}

var sansFichier = &web.Refus{
	Etat:  http.StatusUnprocessableEntity,
	Titre: modele.Texte{Fr: "Aucun document choisi", En: "No document chosen"},
	Texte: modele.Texte{
		Fr: "Rien n'a été envoyé. Revenez à la page de la demande, choisissez un fichier, puis envoyez-le.",
		En: "Nothing was sent. Go back to the page of the request, choose a file, then send it.",
	},
}
