package portail

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web/essai"
)

var parametre = regexp.MustCompile(`\{[a-z]+\}`)

// champs are the names of the fields that forms and addresses have.
var champs = []string{"q", "etat", "genre", "cherche", "chaine", "suite", "page", "fournisseur", "du", "au", "courriel", "motdepasse", "nom", "siret", "raisonSociale", "contact", "adresse",
	"sujet", "texte", "motif", "code", "codeAvance", "role", "pour", "cle", "numeroAns", "langue", "decision", "envoi", "confirme-motdepasse"}

// The character 0 and what is no UTF-8, in addresses and forms, are answered alike on both databases, and never as a fault of
// the program.
func TestNothingThatNobodyTypes(t *testing.T) {
	if testing.Short() {
		t.Skip("both databases are compared: not in -short")
	}
	t.Parallel()
	reponses := make(chan map[string]int, 2)
	t.Run("bases", func(t *testing.T) {
		for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
			t.Run(nom, func(t *testing.T) {
				t.Parallel()
				m := nouveauMonde(t, base(t))
				_, chef, _, _ := m.fournir(t, "A", 1)
				admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
				admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
				vues := map[string]int{}
				for qui, c := range map[string]*essai.Client{"nobody ": m.site.Client(t), "owner ": m.entrer(t, chef), "administrator ": m.entrer(t, admin)} {
					m.taperNul(t, qui, c, vues)
				}
				reponses <- vues
			})
		}
	})
	if len(reponses) != 2 {
		t.Fatal("one of the databases has no answers")
	}
	a, b := <-reponses, <-reponses
	for route, etat := range a {
		if b[route] != etat {
			t.Errorf("%s: %d and %d", route, etat, b[route])
		}
	}
}

func (m *monde) taperNul(t *testing.T, qui string, c *essai.Client, vues map[string]int) {
	t.Helper()
	v := url.Values{}
	for _, champ := range champs {
		v.Set(champ, "a\x00\xff")
	}
	for _, r := range m.routes() {
		methode, chemin, _ := strings.Cut(r.Motif, " ")
		if chemin == "/deconnexion" || methode == http.MethodPut {
			continue
		}
		chemin = parametre.ReplaceAllString(strings.TrimSuffix(chemin, "{$}"), "a%00%ff")
		corps := v
		if methode == http.MethodGet {
			chemin, corps = chemin+"?"+v.Encode(), nil
		}
		rep := c.Demander(methode, chemin, corps)
		vues[qui+r.Motif] = rep.Etat
		if rep.Etat >= 500 {
			t.Errorf("%s%s: %d", qui, r.Motif, rep.Etat)
		}
	}
}
