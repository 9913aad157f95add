package pieces

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"strings"

	"guichet/internal/portail/compte"
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
	if err := c.LireEnvoi(r, c.prendre); err != nil {
		return coupe(err, c.recues)
	}
	return c.repondre(w)
}

// collecte is what one form brings.
type collecte struct {
	*Service
	web.Formulaire
	r      *http.Request
	qui    compte.Identite
	depot  int64
	recues []*Archive
}

// prendre keeps one file: by its names, or for the place of its field, where what cannot do is told at that field.
func (c *collecte) prendre(envoye web.Fichier) error {
	e := envoi(c.qui, c.depot, envoye)
	if envoye.Champ != champArchives {
		ou, ok := placeDe(envoye.Champ)
		if !ok {
			return nil
		}
		attendue, err := c.placeOuverte(c.r.Context(), c.qui.Fournisseur, c.depot, ou)
		if err != nil {
			return c.refuser(envoye.Champ, err)
		}
		e = e.pour(&attendue)
	}
	a, err := c.Recevoir(c.r.Context(), e)
	if err != nil && e.Place != nil {
		return c.refuser(envoye.Champ, err)
	}
	if err == nil {
		c.recues = append(c.recues, a)
	}
	return err
}

func (c *collecte) refuser(champ string, err error) error {
	var refus Refuse
	if !errors.As(err, &refus) {
		return err
	}
	c.Refuser(champ, refus.Fr, refus.En)
	return nil
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

// repondre leads back to the page of the documents, which lists what came; what is wrong is told at its field.
func (c *collecte) repondre(w http.ResponseWriter) error {
	if len(c.recues) == 0 && c.Valide() {
		c.rienChoisi()
	}
	ton, texte := compter(c.recues)
	switch {
	case !c.Valide():
		return c.page(w, c.r, entier(c.Valeur("de")), func(p *pagePieces) {
			p.Fautes = c.Fautes
			if len(c.recues) > 0 {
				p.Fait, p.Ton = texte, ton
			}
		})
	case ton != "":
		return web.AllerAvertir(w, c.r, c.AdressePieces(c.depot), texte)
	}
	return web.AllerDire(w, c.r, c.AdressePieces(c.depot), texte)
}

func (c *collecte) rienChoisi() {
	if c.Valeur("forme") == "" {
		c.Refuser(champArchives, "Choisissez au moins une archive .zip ou un document.", "Choose at least one .zip archive or document.")
		return
	}
	c.Refuser(c.Valeur("forme"), "Choisissez un fichier sur une ligne au moins.", "Choose a file on one line at least.")
}

// compter says how many files came; ton is that of a refusal as soon as there is one.
func compter(recues []*Archive) (ton string, texte modele.Texte) {
	nouvelles, deja, refusees := 0, 0, 0
	for _, a := range recues {
		switch {
		case a.Etat == Refusee:
			refusees++
		case a.DejaRecue:
			deja++
		default:
			nouvelles++
		}
	}
	texte = modele.Texte{Fr: fmt.Sprintf("Fichiers reçus : %d.", nouvelles), En: fmt.Sprintf("Files received: %d.", nouvelles)}
	if deja > 0 {
		texte.Fr += fmt.Sprintf(" Déjà reçus auparavant : %d.", deja)
		texte.En += fmt.Sprintf(" Received before: %d.", deja)
	}
	if refusees > 0 {
		ton = web.TonErreur
		texte.Fr += fmt.Sprintf(" Refusés : %d ; la raison est sous « Fichiers envoyés ».", refusees)
		texte.En += fmt.Sprintf(" Refused: %d; the reason is under “Files sent”.", refusees)
	}
	return ton, texte
}

// poser takes one archive as the whole body: what the page's script sends, and programs.
func (s *Service) poser(w http.ResponseWriter, r *http.Request) error {
	i, depot, err := s.qui(r)
	if err != nil {
		return err
	}
	a, err := s.Recevoir(r.Context(), Envoi{Fournisseur: i.Fournisseur, Compte: i.Compte, Mandataire: i.Mandataire, Depot: depot, Nom: r.PathValue("nom"), Corps: web.CorpsEntier(r)})
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
