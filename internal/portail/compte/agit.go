package compte

import (
	"fmt"
	"net/http"
	"strings"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// agit is who a form was shown to, and for whom that person acted then.
type agit struct{ Compte, Pour, Par int64 }

// agit names the person in the address of each form.
func (i Identite) agit() agit { return agit{i.Compte, i.Fournisseur, i.Mandataire} }

func (a agit) String() string { return fmt.Sprintf("%d.%d.%d", a.Compte, a.Pour, a.Par) }

// lireAgit reads it from the address of a form; false when it does not say: a program sent it, or it is no form.
func lireAgit(r *http.Request) (a agit, ok bool) {
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		return a, false
	}
	texte, ok := r.URL.Query()[web.ParamAgit]
	if !ok {
		return a, false
	}
	if n, err := fmt.Sscanf(texte[0], "%d.%d.%d", &a.Compte, &a.Pour, &a.Par); n != 3 || err != nil || a.String() != texte[0] {
		return agit{}, true // nobody: it is not taken
	}
	return a, true
}

// autre tells whether a form was shown to somebody else, or for another than whom the person acts for now.
func (i Identite) autre(a agit, route web.Route) bool {
	return a.Compte != i.Compte || !route.Soi && a != i.agit()
}

// pageAilleurs is what ailleurs.html shows: a form of one supplier, sent while the person acts for another.
type pageAilleurs struct {
	web.Page
	Alors, Maintenant partie // Alors is empty where the person may no longer act so
	Suite             string
	Lie               bool // the page belongs to the supplier of then
	Fichiers          bool
}

// partie is a way to act, and the value of agir-pour for it.
type partie struct{ Valeur, Nom string }

func (p *pageAilleurs) partie(i Identite) partie {
	nom := i.pour(p.Langue)
	if i.NomMandataire != "" {
		nom += p.T(" (par le mandat donné à ", " (by the mandate given to ") + i.NomMandataire + ")"
	}
	return partie{nombre(i.Fournisseur) + "-" + nombre(i.Mandataire), nom}
}

var titreAilleurs = modele.Texte{Fr: "Pour qui envoyer ?", En: "For whom to send?"}

// demanderPour says that a form is another's, keeps what was typed, and offers to go on for either.
func (s *Service) demanderPour(w http.ResponseWriter, r *http.Request, route web.Route, i Identite, a agit) error {
	g := lireGardee(r, route, a)
	if err := s.garder(r.Context(), g); err != nil {
		return err
	}
	p := &pageAilleurs{Page: web.NouvellePage(r, titreAilleurs), Suite: g.Page, Lie: strings.Contains(route.Motif+route.Page, "{"), Fichiers: g.Fichiers}
	p.Maintenant, p.Fige = p.partie(i), true
	alors, _, err := s.identifier(r.Context(), i.Compte, a.Pour, a.Par)
	if err != nil {
		return err
	}
	if alors.Role != "" {
		p.Alors = p.partie(alors)
	}
	return gabarits().MontrerEtat(w, r, http.StatusConflict, "ailleurs.html", p)
}
