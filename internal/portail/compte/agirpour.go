package compte

import (
	"net/http"
	"strconv"
	"strings"

	"guichet/modele"
)

// ligneChoix is one way to act, as a radio button.
type ligneChoix struct {
	Choix
	Valeur  string // "fournisseur-mandataire"
	NomRole modele.Texte
	Choisie bool
}

// pageAgirPour is what agirpour.html shows.
type pageAgirPour struct {
	page
	Choix []ligneChoix
	Suite string
}

var titreAgirPour = modele.Texte{Fr: "Pour qui agir", En: "For whom to act"}

func (s *Service) pageAgirPour(r *http.Request) (*pageAgirPour, error) {
	i, _ := De(r.Context())
	p := &pageAgirPour{page: s.page(r, titreAgirPour), Suite: suite(r.FormValue("suite"))}
	choix, err := s.Choix(r.Context(), i.Compte)
	for _, c := range choix {
		choisie := i.Role != "" && c.Fournisseur == i.Fournisseur && c.Mandataire == i.Mandataire
		p.Choix = append(p.Choix, ligneChoix{c, nombre(c.Fournisseur) + "-" + nombre(c.Mandataire), NomsRoles[c.Role].Nom, choisie})
	}
	return p, err
}

func (s *Service) montrerAgirPour(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAgirPour(r)
	if err != nil {
		return err
	}
	return s.rendre(w, r, "agirpour.html", p)
}

func (s *Service) choisirPour(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	a, b, _ := strings.Cut(r.PostFormValue("pour"), "-")
	pour, errPour := strconv.ParseInt(a, 10, 64)
	par, errPar := strconv.ParseInt(b, 10, 64)
	var c Choix
	ok := errPour == nil && errPar == nil
	if ok {
		var err error
		if c, ok, err = s.choisir(r.Context(), i.Compte, pour, par); err != nil {
			return err
		}
	}
	if !ok {
		p, err := s.pageAgirPour(r)
		if err != nil {
			return err
		}
		return s.refuser(w, r, "agirpour.html", p, faute("pour", "Choisissez pour qui vous agissez.", "Choose for whom you act."))
	}
	s.agirPour(r.Context(), c)
	return s.continuer(w, r, i.Compte, suite(r.PostFormValue("suite")))
}
