package instruction

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
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
	De, A   []web.Choix
	Chef    bool     // may hand over what others hold
	Laisses []Laisse // what has just stayed
}

var titreAbsence = modele.Texte{Fr: "Confier mes demandes", En: "Hand my requests over"}

func (s *Service) montrerAbsence(w http.ResponseWriter, r *http.Request) error {
	p, err := s.pageAbsence(r)
	if err == nil && r.URL.Query().Has("a") {
		err = s.rester(r, p)
	}
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
	if err != nil {
		return nil, err
	}
	porteurs, err := s.Porteurs(r.Context())
	if err != nil {
		return nil, err
	}
	p.De = p.partants(agents, porteurs)
	for _, a := range agents {
		if p.Chef || a.Compte != i.Compte {
			p.A = append(p.A, web.Choix{Valeur: strconv.FormatInt(a.Compte, 10), Libelle: ecrit.Nom(a.Nom)})
		}
	}
	if autre := slices.IndexFunc(p.A, func(c web.Choix) bool { return c.Valeur != p.De[0].Valeur }); p.Chef && autre >= 0 {
		p.A[autre].Choisi = true // nobody hands over to oneself
	}
	if len(p.A) == 1 && len(p.De) == 1 && p.A[0].Valeur == p.De[0].Valeur { // to oneself
		p.A = nil
	}
	return p, nil
}

// partants are those who may be away: who examines, and who no longer does but still holds something, each with how much.
func (p *pageAbsence) partants(agents []Agent, porteurs []Porteur) (choix []web.Choix) {
	tiennent := map[int64]Porteur{}
	for _, x := range porteurs {
		tiennent[x.Compte] = x
	}
	ajouter := func(a Agent, parti string) {
		n := tiennent[a.Compte].Tenues
		choix = append(choix, web.Choix{Valeur: strconv.FormatInt(a.Compte, 10), Libelle: ecrit.Nom(a.Nom) + parti + p.T(" : ", ": ") + p.Compte(n, "demande tenue", "demandes tenues", "request held", "requests held")})
	}
	for _, a := range agents {
		ajouter(a, "")
		delete(tiennent, a.Compte)
	}
	for _, x := range porteurs {
		if _, parti := tiennent[x.Compte]; parti {
			ajouter(x.Agent, p.T(", qui n'instruit plus", ", who examines no longer"))
		}
	}
	return choix
}

// rester reads what was left where it was by the act that led here, as it is now.
func (s *Service) rester(r *http.Request, p *pageAbsence) error {
	de := moi(r).Compte
	if p.Chef && r.URL.Query().Has("de") {
		de = entier(r.URL.Query().Get("de"))
	}
	autre, err := s.instructeur(r.Context(), s.Base.Lire(), entier(r.URL.Query().Get("a")))
	if refus := (*Refus)(nil); errors.As(err, &refus) {
		return nil
	}
	if err == nil {
		p.Laisses, _, err = s.restees(r.Context(), s.Base.Lire(), de, autre)
	}
	return err
}

// confierTout hands over all that a person holds. The page that it leads to says what stayed and why.
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
		n, laisses, err := s.ToutConfier(r.Context(), moi(r).Compte, de, a)
		var refus *Refus
		switch {
		case errors.As(err, &refus):
			p.Refuser("a", refus.Texte.Fr, refus.Texte.En)
		case err != nil:
			return err
		default:
			return web.AllerDire(w, r, suiteAbsence(de, a, laisses), confiees(n, p.nom(a)))
		}
	}
	return gabarits().Montrer(w, r, "absence.html", p)
}

// suiteAbsence is the page that says what stayed.
func suiteAbsence(de, a int64, laisses []Laisse) string {
	if len(laisses) == 0 {
		return "/absence"
	}
	return "/absence?" + url.Values{"de": {strconv.FormatInt(de, 10)}, "a": {strconv.FormatInt(a, 10)}}.Encode()
}

// confiees says how many demandes went, and to whom.
func confiees(n int, qui string) modele.Texte {
	if n == 0 {
		return modele.Texte{Fr: "Aucune demande n'est confiée.", En: "No request is handed over."}
	}
	t := ecrit.Compter(int64(n), modele.Texte{Fr: "demande confiée", En: "request handed over"}, modele.Texte{Fr: "demandes confiées", En: "requests handed over"})
	return modele.Texte{Fr: t.Fr + " à " + qui + ", avec ce qu'elles attendent.", En: t.En + " to " + qui + ", with what they wait for."}
}

// nom is that of a person who was chosen.
func (p *pageAbsence) nom(compte int64) string {
	for _, c := range p.A {
		if c.Valeur == strconv.FormatInt(compte, 10) {
			return c.Libelle
		}
	}
	return ""
}
