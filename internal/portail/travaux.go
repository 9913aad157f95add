package portail

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"

	"guichet/internal/portail/tache"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageTravaux is what travaux.html shows: what has failed behind the pages.
type pageTravaux struct {
	web.Page
	Travaux []tache.Travail
}

var titreTravaux = modele.Texte{Fr: "Travaux en échec", En: "Failed jobs"}

func (p *Portail) montrerTravaux(w http.ResponseWriter, r *http.Request) error {
	travaux, err := p.taches.Manques(r.Context())
	if err != nil {
		return err
	}
	return pages().Montrer(w, r, "travaux.html", &pageTravaux{web.NouvellePage(r, titreTravaux), travaux})
}

func (p *Portail) reprendreTravail(w http.ResponseWriter, r *http.Request) error {
	id, err := strconv.ParseInt(r.PathValue("travail"), 10, 64)
	if err == nil {
		err = p.taches.Reprendre(r.Context(), id)
	}
	switch {
	case errors.Is(err, tache.ErrTravail), errors.Is(err, strconv.ErrSyntax), errors.Is(err, strconv.ErrRange):
		return fmt.Errorf("%w: %w", web.Introuvable, err)
	case err != nil:
		return err
	}
	return web.AllerDire(w, r, "/travaux", modele.Texte{Fr: "Le travail est repris.", En: "The job is tried again."})
}

// NomTravail says what a job does.
func (p *pageTravaux) NomTravail(genre string) string {
	switch genre {
	case "courriel":
		return p.T("Envoyer un courriel", "Send a mail")
	case "pieces.examen":
		return p.T("Examiner des pièces", "Examine documents")
	case "pieces.relecture":
		return p.T("Relire des pièces", "Read documents again")
	}
	return genre
}
