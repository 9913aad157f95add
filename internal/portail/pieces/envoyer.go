package pieces

import (
	"errors"
	"fmt"
	"io"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// envoyer takes the archives of a form, one after another: each goes to the store as it arrives.
func (s *Service) envoyer(w http.ResponseWriter, r *http.Request) error {
	i, id, err := s.qui(r)
	if err != nil {
		return err
	}
	if _, err := depot(r.Context(), s.Base.Lire(), i.Fournisseur, id, ""); err != nil {
		return reponse(err) // before anything is said of the body
	}
	var recues []*Archive
	var f web.Formulaire
	err = f.LireEnvoi(r, func(envoye web.Fichier) error {
		if envoye.Champ != champArchives {
			return nil
		}
		a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: id, Nom: envoye.Nom, Corps: envoye.Corps})
		if err == nil {
			recues = append(recues, a)
		}
		return err
	})
	if err != nil {
		return coupe(err, recues)
	}
	return s.repondre(w, r, id, recues)
}

const champArchives = "archives"

// coupe says, beside what went wrong, what had been received before.
func coupe(err error, recues []*Archive) error {
	err = reponse(err)
	var refus *web.Refus
	if errors.As(err, &refus) && len(recues) > 0 {
		return refus.Suivi(modele.Texte{
			Fr: fmt.Sprintf("Les %d fichiers arrivés avant sont gardés : n'envoyez que les autres.", len(recues)),
			En: fmt.Sprintf("The %d files that came before are kept: send only the others.", len(recues)),
		})
	}
	return err
}

// repondre leads back to the page of the documents, which lists what came.
func (s *Service) repondre(w http.ResponseWriter, r *http.Request, depot int64, recues []*Archive) error {
	if len(recues) == 0 {
		return s.page(w, r, func(p *pagePieces) {
			p.Refuser(champArchives, "Choisissez au moins une archive .zip ou un document.", "Choose at least one .zip archive or document.")
		})
	}
	nouvelles, refusees := 0, 0
	for _, a := range recues {
		if a.Etat == Refusee {
			refusees++
		} else if !a.DejaRecue {
			nouvelles++
		}
	}
	return web.AllerDire(w, r, s.AdressePieces(depot), modele.Texte{
		Fr: fmt.Sprintf("Fichiers reçus : %d. Déjà reçus auparavant : %d. Refusés : %d.", nouvelles, len(recues)-nouvelles-refusees, refusees),
		En: fmt.Sprintf("Files received: %d. Received before: %d. Refused: %d.", nouvelles, len(recues)-nouvelles-refusees, refusees),
	})
}

// poser takes one archive as the whole body: what the page's script sends, and programs.
func (s *Service) poser(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: depot, Nom: r.PathValue("nom"), Corps: r.Body})
	if err != nil {
		return reponse(brute(err))
	}
	h := w.Header()
	h.Set("Content-Type", "text/plain; charset=utf-8")
	h.Set("Location", s.AdressePieces(depot))
	etat := http.StatusCreated
	if a.DejaRecue {
		etat = http.StatusOK
	}
	w.WriteHeader(etat)
	_, err = fmt.Fprintln(w, a.SHA256)
	_ = err // who has gone does not read an error either
	return nil
}

// brute says of a body without a form that it was cut.
func brute(err error) error {
	if errors.Is(err, io.ErrUnexpectedEOF) {
		return web.Interrompu(err)
	}
	return err
}
