package pieces

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// envoyer takes the archives of a form, one after another: each goes to the store as it arrives.
func (s *Service) envoyer(w http.ResponseWriter, r *http.Request) error {
	if r.ContentLength > maxEnvoi {
		return trop("L'envoi dépasse dix archives de 200 Mo. Rien n'a été lu ni gardé. Envoyez-les en plusieurs fois.",
			"What was sent is over ten archives of 200 Mo. Nothing was read nor kept. Send them in several goes.")
	}
	i, id, err := s.qui(r)
	if err != nil {
		return err
	}
	if _, err := depot(r.Context(), s.Base.Lire(), i.Fournisseur, id, ""); err != nil {
		return reponse(err) // before anything is said of the body
	}
	r.Body = enGros(r.Body)
	parties, err := r.MultipartReader()
	if err != nil {
		return illisible(err, nil)
	}
	var recues []*Archive
	for {
		partie, err := parties.NextPart()
		if errors.Is(err, io.EOF) {
			return s.repondre(w, r, id, recues)
		}
		if err != nil {
			return illisible(err, recues)
		}
		if partie.FormName() != champArchives || partie.FileName() == "" {
			continue
		}
		a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Depot: id, Nom: partie.FileName(), Corps: partie})
		if err != nil {
			return coupe(err, recues)
		}
		recues = append(recues, a)
	}
}

const champArchives = "archives"

// enGros reads a body in large pieces: mime/multipart asks for 4 kB at a time, each of which would be a call of the
// system.
func enGros(corps io.ReadCloser) io.ReadCloser {
	type gros struct {
		*bufio.Reader
		io.Closer
	}
	return gros{bufio.NewReaderSize(corps, 128<<10), corps}
}

// coupe says, beside what went wrong, what had been received before.
func coupe(err error, recues []*Archive) error {
	err = reponse(err)
	var refus *web.Refus
	if errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, multipart.ErrMessageTooLarge) {
		return illisible(err, recues)
	}
	if errors.As(err, &refus) && len(recues) > 0 {
		suite := *refus
		suite.Texte = plus(suite.Texte, gardees(recues))
		return &suite
	}
	return err
}

func illisible(err error, recues []*Archive) error {
	refus := &web.Refus{
		Etat: http.StatusBadRequest, Cause: err,
		Titre: modele.Texte{Fr: "Envoi interrompu", En: "Cut short"},
		Texte: modele.Texte{
			Fr: "L'envoi s'est arrêté en chemin : l'archive en cours n'est pas gardée.",
			En: "What was sent stopped on its way: the archive that was arriving is not kept.",
		},
	}
	refus.Texte = plus(refus.Texte, gardees(recues))
	return refus
}

func gardees(recues []*Archive) modele.Texte {
	if len(recues) == 0 {
		return modele.Texte{Fr: " Recommencez.", En: " Try again."}
	}
	return modele.Texte{
		Fr: fmt.Sprintf(" Les %d fichiers arrivés avant sont gardés : n'envoyez que les autres.", len(recues)),
		En: fmt.Sprintf(" The %d files that came before are kept: send only the others.", len(recues)),
	}
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
	if r.ContentLength > MaxArchive {
		return trop("Ce fichier pèse plus de 200 Mo, la taille acceptée. Rien n'en a été lu ni gardé. Répartissez les documents en plusieurs archives.",
			"This file weighs more than 200 Mo, the size that is accepted. Nothing of it was read nor kept. Share the documents out among several archives.")
	}
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Depot: depot, Nom: r.PathValue("nom"), Corps: r.Body})
	if err != nil {
		return coupe(err, nil)
	}
	if a.Etat == Refusee && a.Code == codeLourde {
		return trop(a.Nom+" "+a.Motif.Fr, a.Nom+" "+a.Motif.En)
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

func plus(t, suite modele.Texte) modele.Texte {
	return modele.Texte{Fr: t.Fr + suite.Fr, En: t.En + suite.En}
}
