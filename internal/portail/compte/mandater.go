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
	Donnes, Recus []Mandat
}

var titreMandats = modele.Texte{Fr: "Mandats", En: "Mandates"}

func (s *Service) pageMandats(r *http.Request) (*pageMandats, error) {
	i, _ := De(r.Context())
	p := &pageMandats{Page: web.NouvellePage(r, titreMandats)}
	var err error
	p.Donnes, p.Recus, err = s.Mandats(r.Context(), i.Fournisseur)
	return p, err
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
