package portail

import (
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/web"
)

// ainsi are the routes that concern people, mandates, bank details or factors and need no confirmation, with the reason.
var ainsi = map[string]string{
	"GET /personnes/{compte}/gestion":                            "shows a person",
	"GET /fournisseurs/{fournisseur}/personnes/{compte}/gestion": "shows a person",
	"GET /personnes":                            "a list",
	"GET /personnes/{compte}":                   "shows a person",
	"GET /mandats":                              "a list",
	"GET /fournisseurs/{fournisseur}/personnes": "a list",
	"GET /compte/second-facteur/retrait":        "the form of the next one",
	"POST /compte/second-facteur/retrait":       "asks for the password and a code itself, each time",
}

// What concerns people, mandates, bank details and factors asks for both factors again, by the table of routes.
// ASVS 7.5.1, 7.5.2: over the table of routes.
func TestWhatMattersIsConfirmed(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	concerne := []string{"/personnes", "/mandats", "/compte/second-facteur", "/compte/mot-de-passe", "/compte/session", "/compte/sessions", "/compte/adresse", "/entreprise/banque", "/fournisseurs/{fournisseur}/personnes"}
	vues := map[string]bool{}
	for _, r := range m.routes() {
		_, chemin, _ := strings.Cut(r.Motif, " ")
		if !slices.ContainsFunc(concerne, func(c string) bool { return chemin == c || strings.HasPrefix(chemin, c+"/") }) {
			continue
		}
		vues[r.Motif] = true
		if _, exempte := ainsi[r.Motif]; r.Confirme == exempte {
			t.Errorf("%s: confirmed %v", r.Motif, r.Confirme)
		}
		if r.Confirme && r.Acces == web.Public {
			t.Errorf("%s: nobody is there to confirm", r.Motif)
		}
	}
	for motif := range ainsi {
		if !vues[motif] {
			t.Errorf("%s is no route", motif)
		}
	}
}
