package compte

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/modele"
)

// pageMandats is what mandater.html shows.
type pageMandats struct {
	page
	Donnes, Recus []Mandat
	SIRET         string
}

var titreMandats = modele.Texte{Fr: "Mandats", En: "Mandates"}

func (s *Service) pageMandats(r *http.Request) (*pageMandats, error) {
	i, _ := De(r.Context())
	p := &pageMandats{page: s.page(r, titreMandats), SIRET: r.PostFormValue("siret")}
	var err error
	p.Donnes, p.Recus, err = s.Mandats(r.Context(), i.Fournisseur)
	return p, err
}

func (s *Service) montrerMandats(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageMandats(r)
	if err != nil {
		return err
	}
	return s.rendre(w, r, "mandater.html", p)
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
	return aller(w, r, "/mandats?fait=mandat")
}

func (s *Service) revoquer(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	mandat, err := strconv.ParseInt(r.PathValue("mandat"), 10, 64)
	if err != nil {
		return introuvable(err)
	}
	err = s.RevoquerMandat(r.Context(), i.Compte, i.Fournisseur, mandat)
	if errors.Is(err, ErrMandat) {
		return introuvable(err)
	}
	if err != nil {
		return err
	}
	return aller(w, r, "/mandats?fait=revocation")
}
