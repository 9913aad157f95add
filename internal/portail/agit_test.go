package portail

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
)

// Each route that takes a form refuses one that was shown to somebody else, and, unless it concerns the person alone,
// one that was shown for another supplier; and each has a page that shows its form again.
func TestEveryFormSaysForWhom(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	f := m.gens.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")
	chef := m.gens.AjouterPersonne(t, f, compte.Proprietaire)
	admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
	c, agence := m.entrer(t, chef), m.entrer(t, admin)
	pages := map[string]bool{}
	for _, r := range m.routes() {
		pages[r.Motif] = true
	}
	n := 0
	for _, r := range m.routes() {
		methode, chemin, _ := strings.Cut(r.Motif, " ")
		if methode != http.MethodPost || strings.HasPrefix(chemin, "/connexion") || chemin == "/deconnexion" {
			continue
		}
		page := r.Page
		if page == "" {
			page = chemin
		}
		if !pages["GET "+page] {
			t.Errorf("%s: no page shows its form again", r.Motif)
		}
		if r.Acces == web.Public {
			continue
		}
		n++
		qui, moi := c, agit{chef.Compte, f}
		if r.Acces == web.Administrateur {
			qui, moi = agence, agit{admin.Compte, compte.Agence}
		}
		chemin = strings.NewReplacer("{", "", "}", "").Replace(chemin)
		demander := func(a agit) int { return qui.Demander(methode, chemin+a.String(), url.Values{"x": {"y"}}).Etat }
		if etat := demander(agit{moi.compte + 1000, moi.pour}); etat != http.StatusForbidden {
			t.Errorf("%s, shown to somebody else: %d", r.Motif, etat)
		}
		if etat := demander(agit{moi.compte, moi.pour + 1000}); (etat == http.StatusConflict) == r.Soi {
			t.Errorf("%s, shown for another: %d", r.Motif, etat)
		}
		if etat := demander(moi); etat == http.StatusConflict || etat == http.StatusForbidden {
			t.Errorf("%s, shown as it is sent: %d", r.Motif, etat)
		}
	}
	if n < 25 {
		t.Errorf("%d routes take forms", n)
	}
}

type agit struct{ compte, pour int64 }

func (a agit) String() string { return fmt.Sprintf("?%s=%d.%d.0", web.ParamAgit, a.compte, a.pour) }
