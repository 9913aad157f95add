package compte

import (
	"net/http"
	"strconv"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageMandats is what mandater.html shows.
type pageMandats struct {
	web.Page
	Donnes, Recus     []Mandat
	DeDonnes, DeRecus bool // there are more than are shown
}

var titreMandats = modele.Texte{Fr: "Mandats", En: "Mandates"}

func (s *Service) pageMandats(r *http.Request) (*pageMandats, error) {
	i, _ := De(r.Context())
	p := &pageMandats{Page: web.NouvellePage(r, titreMandats)}
	var err error
	p.Donnes, p.Recus, err = s.Mandats(r.Context(), i.Fournisseur)
	p.Donnes, p.DeDonnes = premiers(p.Donnes)
	p.Recus, p.DeRecus = premiers(p.Recus)
	return p, err
}

// Tronques says that a list goes on.
func (p *pageMandats) Tronques() string {
	return p.T("Cette liste s'arrête à 500 mandats : ceux en cours d'abord, puis les derniers révoqués.", "This list ends at 500 mandates: those that hold first, then those ended last.")
}

// premiers are the mandates that a page shows, and whether there are more.
func premiers(tous []Mandat) ([]Mandat, bool) {
	return tous[:min(len(tous), maxMandats)], len(tous) > maxMandats
}

func (s *Service) montrerMandats(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMandats(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "mandater.html", p)
}

func (s *Service) mandater(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	if err := s.DonnerMandat(r.Context(), i.Compte, i.Fournisseur, r.PostFormValue("siret")); err != nil {
		p, errPage := s.pageMandats(r)
		if errPage != nil {
			return errPage
		}
		return s.refuser(w, r, "mandater.html", p, err)
	}
	return web.AllerDire(w, r, "/mandats", modele.Texte{Fr: "Le mandat est donné.", En: "The mandate is given."})
}

func (s *Service) revoquer(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	mandat, err := strconv.ParseInt(r.PathValue("mandat"), 10, 64)
	if err != nil {
		return web.Introuvable
	}
	if err := s.RevoquerMandat(r.Context(), i.Compte, i.Fournisseur, mandat); err != nil {
		return introuvable(err)
	}
	return web.AllerDire(w, r, "/mandats", modele.Texte{Fr: "Le mandat est révoqué.", En: "The mandate has ended."})
}
