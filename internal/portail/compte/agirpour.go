package compte

import (
	"net/http"
	"strconv"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageAgirPour is what agirpour.html shows.
type pageAgirPour struct {
	web.Page
	Possibles []web.Choix
	Suite     string
	Sienne    string // whose the page is that was asked for; "" for nobody in particular
	Attendent int    // invitations without an answer
}

var titreAgirPour = modele.Texte{Fr: "Pour qui agir", En: "For whom to act"}

func (s *Service) pageAgirPour(r *http.Request) (*pageAgirPour, error) {
	i, _ := De(r.Context())
	p := &pageAgirPour{Page: web.NouvellePage(r, titreAgirPour), Suite: suite(r.FormValue("suite"))}
	choix, err := s.Choix(r.Context(), i.Compte)
	if err != nil {
		return nil, err
	}
	sienne, err := s.parmi(r.Context(), choix, p.Suite)
	if err != nil {
		return nil, err
	}
	if sienne != nil {
		p.Sienne = sienne.NomFournisseur
	}
	for k, c := range choix {
		p.Possibles = append(p.Possibles, p.choix(c, i))
		if sienne != nil {
			p.Possibles[k].Choisi = &choix[k] == sienne
		}
	}
	recues, err := s.InvitationsDe(r.Context(), i.Compte)
	p.Attendent = len(recues)
	return p, err
}

// choix is one way to act, as a radio button whose value is "fournisseur-mandataire".
func (p *pageAgirPour) choix(c Choix, i Identite) web.Choix {
	pour := c.NomFournisseur
	if c.Fournisseur == Agence {
		pour = p.T("L'agence", "The agency")
	}
	choix := web.Choix{
		Valeur: nombre(c.Fournisseur) + "-" + nombre(c.Mandataire), Libelle: pour + p.T(" : ", ": ") + p.Tx(c.Role.Nom()),
		Choisi: i.Role != "" && c.Fournisseur == i.Fournisseur && c.Mandataire == i.Mandataire,
	}
	if c.Mandataire > 0 {
		choix.Aide = p.T("Par le mandat donné à ", "By the mandate given to ") + c.NomMandataire
	}
	return choix
}

func (s *Service) montrerAgirPour(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAgirPour(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "agirpour.html", p)
}

func (s *Service) choisirPour(w http.ResponseWriter, r *http.Request) error {
	i, _ := De(r.Context())
	a, b, _ := strings.Cut(r.PostFormValue("pour"), "-")
	pour, errPour := strconv.ParseInt(a, 10, 64)
	par, errPar := strconv.ParseInt(b, 10, 64)
	var sien Identite
	if errPour == nil && errPar == nil {
		var err error
		if sien, _, err = s.identifier(r.Context(), i.Compte, pour, par); err != nil {
			return err
		}
	}
	if sien.Role == "" && !sien.FacteurDu {
		p, err := s.pageAgirPour(r)
		if err != nil {
			return err
		}
		return s.refuser(w, r, "agirpour.html", p, faute("pour", "Choisissez pour qui vous agissez.", "Choose for whom you act."))
	}
	if err := s.suivre(r.Context(), i.Compte, pour, par, suite(r.PostFormValue("suite"))); err != nil {
		return err
	}
	s.agirPour(r.Context(), Choix{Fournisseur: pour, Mandataire: par})
	return ensuite(w, r, sien, suite(r.PostFormValue("suite")))
}
