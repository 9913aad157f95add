package instruction

import (
	"errors"
	"net/http"
	"strconv"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// pageAbsence is what absence.html shows: all that a person holds goes to another one.
type pageAbsence struct {
	web.Page
	De, A    []web.Choix
	Chef     bool // may hand over what others hold
	Laisses  []Laisse
	Confiees string // how many were handed over, "" before
}

var titreAbsence = modele.Texte{Fr: "Confier mes demandes", En: "Hand my requests over"}

func (s *Service) montrerAbsence(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAbsence(r)
	if err != nil {
		return err
	}
	return gabarits().Montrer(w, r, "absence.html", p)
}

func (s *Service) pageAbsence(r *http.Request) (*pageAbsence, error) {
	i, _ := compte.De(r.Context())
	p := &pageAbsence{Page: web.NouvellePage(r, titreAbsence, filTravail), Chef: i.Peut(web.Administrateur)}
	if !p.Chef && !i.Peut(web.Instructeur) {
		return nil, web.Introuvable
	}
	agents, err := s.Agents(r.Context(), s.Base.Lire(), etat.Instructeur)
	for _, a := range agents {
		c := web.Choix{Valeur: strconv.FormatInt(a.Compte, 10), Libelle: ecrit.Nom(a.Nom)}
		p.De = append(p.De, c)
		if p.Chef || a.Compte != i.Compte {
			p.A = append(p.A, c)
		}
	}
	if len(p.A) == 1 && p.Chef && len(p.De) == 1 { // to oneself
		p.A = nil
	}
	return p, err
}

// confierTout hands over all that a person holds, and says what stayed and why.
func (s *Service) confierTout(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAbsence(r)
	if err != nil {
		return err
	}
	if err := p.Lire(r); err != nil {
		return err
	}
	de := moi(r).Compte
	if p.Chef {
		de = entier(p.Choisi("de", p.De, modele.Texte{Fr: "qui s'absente", En: "who is away"}))
	}
	a := entier(p.Choisi("a", p.A, modele.Texte{Fr: "à qui confier", En: "whom to hand over to"}))
	if p.Valide() {
		var n int
		n, p.Laisses, err = s.ToutConfier(r.Context(), moi(r).Compte, de, a)
		var refus *Refus
		switch {
		case errors.As(err, &refus):
			p.Refuser("a", refus.Texte.Fr, refus.Texte.En)
		case err != nil:
			return err
		default:
			p.Confiees = p.Tx(ecrit.Compter(int64(n), modele.Texte{Fr: "demande confiée", En: "request handed over"}, modele.Texte{Fr: "demandes confiées", En: "requests handed over"}))
		}
	}
	return gabarits().Montrer(w, r, "absence.html", p)
}
