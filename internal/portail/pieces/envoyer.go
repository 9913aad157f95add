package pieces

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
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
	c := collecte{Service: s, r: r, qui: i, depot: id}
	err = c.LireEnvoi(r, c.prendre)
	if err == nil {
		err = c.repondre(w)
	}
	if err != nil {
		return coupe(r, err, c.recues)
	}
	return nil
}

// collecte is what one form brings.
type collecte struct {
	*Service
	web.Formulaire
	r      *http.Request
	qui    compte.Identite
	depot  int64
	recues []venue
}

// prendre keeps one file: by its names, or for the place of its field. What cannot do is told at that field; the others
// come all the same.
func (c *collecte) prendre(envoye web.Fichier) error {
	e, champ := envoi(c.qui, c.depot, envoye), envoye.Champ
	if champ == "" { // its head could not be read, its name for one
		champ, e.Nom = champArchives, ""
	}
	if champ != champArchives {
		ou, ok := placeDe(champ)
		if !ok {
			return nil
		}
		attendue, err := c.placeOuverte(c.r.Context(), c.qui.Fournisseur, c.depot, ou)
		if err != nil {
			return c.refuser(champ, "", err)
		}
		e = e.pour(&attendue)
	}
	a, err := c.Recevoir(c.r.Context(), e)
	switch {
	case err == nil && e.Place != nil && a.Etat == Refusee:
		return c.refuser(champ, "", Refuse{venue{envoye.Nom, a}.refus()})
	case err == nil:
		c.recues = append(c.recues, venue{envoye.Nom, a})
		return nil
	case e.Place == nil:
		return c.refuser(champ, e.Nom, err)
	}
	return c.refuser(champ, "", err)
}

// refuser tells at a field why a file is not taken, with its name where the reason does not say it. What is wrong with
// more than that file is returned.
func (c *collecte) refuser(champ, nom string, err error) error {
	var refus Refuse
	if !errors.As(err, &refus) || nom != "" && refus.deTous() {
		return err
	}
	if nom != "" {
		refus = refus.de(nom)
	}
	c.Refuser(champ, refus.Fr, refus.En)
	return nil
}

// de says of which file a refusal is.
func (r Refuse) de(nom string) Refuse {
	return Refuse{modele.Texte{Fr: court(nom) + " : " + r.Fr, En: court(nom) + ": " + r.En}}
}

// champ is the name of the field of a place, and placeDe the place of a field.
func (p Place) champ() string { return champDocument + "-" + strconv.Itoa(p.Rang) + "-" + p.Type }

func placeDe(champ string) (Place, bool) {
	reste, ok := strings.CutPrefix(champ, champDocument+"-")
	rang, typ, aussi := strings.Cut(reste, "-")
	p := Place{entier(rang), typ}
	return p, ok && aussi && p.Rang >= 0
}

const champArchives = "archives"

// coupe says, beside what went wrong, what had been received before.
func coupe(r *http.Request, err error, recues []venue) error {
	err = reponse(err)
	if len(recues) > 0 {
		gardes := ecrit.Compter(int64(len(recues)),
			modele.Texte{Fr: "fichier arrivé avant est gardé", En: "file that came before is kept"},
			modele.Texte{Fr: "fichiers arrivés avant sont gardés", En: "files that came before are kept"})
		return web.RefusDe(r, err).Suivi(modele.Texte{Fr: gardes.Fr + " : n'envoyez que les autres.", En: gardes.En + ": send only the others."})
	}
	return err
}

// poser takes one archive as the whole body: what the page's script sends, and programs.
func (s *Service) poser(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: depot, Nom: r.PathValue("nom"), Corps: web.CorpsEntier(r)})
	var refus Refuse
	switch {
	case err != nil && errors.As(err, &refus) && !refus.deTous():
		return reponse(refus.de(r.PathValue("nom")))
	case err != nil:
		return reponse(brute(err))
	case a.Etat == Refusee:
		return reponse(Refuse{venue{r.PathValue("nom"), a}.refus()})
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
