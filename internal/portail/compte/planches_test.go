package compte_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	webessai "guichet/internal/portail/web/essai"
)

// hasards are what differs from one run to the next: secrets of links, keys, codes.
var hasards = regexp.MustCompile(`[A-Za-z0-9_-]{40,}|[A-Z2-7]{26}|[a-z2-7]{8}(-[a-z2-7]{5,8}){2,}|\b(?:[A-Z2-7]{4} ){4,}[A-Z2-7]{1,4}\b`)

func sansHasard(texte string) string { return hasards.ReplaceAllString(texte, "SECRET") }

// Each page of accounts and each mail on them says what it said, for each of the people, before and after what they do to each other:
// whoever changes one of them reads what that changes.
func TestPlanches(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	autre := m.AjouterFournisseur(t, "00000000200006", "CABINET D'EXEMPLE")
	chef := m.AjouterPersonne(t, autre, compte.Proprietaire)
	m.AjouterPersonne(t, compte.Agence, compte.Ensemble(compte.Instructeur, compte.Valideur))
	site := m.Serveur(t).URL
	gens := []struct {
		nom string
		c   *essai.Client
	}{
		{"nobody", m.Client(t, site)}, {"owner", m.Connecte(t, site, m.Proprietaire)}, {"depositor", m.Connecte(t, site, m.Deposant)}, {"other", m.Connecte(t, site, chef)}, {"agency", m.Connecte(t, site, m.Administrateur)},
	}
	var b strings.Builder
	lire := func(quand string, chemins ...string) {
		for _, g := range gens {
			for _, chemin := range chemins {
				p := g.c.Lire(t, chemin)
				fmt.Fprintf(&b, "=== %s, %s: %s: %d %s\n%s\n", quand, g.nom, chemin, p.Etat, p.Chemin, sansHasard(webessai.Planche(p.Corps)))
			}
		}
	}
	poster := func(qui int, chemin string, champs ...string) {
		p := gens[qui].c.Poster(t, chemin, champs...)
		fmt.Fprintf(&b, "=== %s does %s: %d %s\n%s\n", gens[qui].nom, chemin, p.Etat, p.Chemin, sansHasard(webessai.Planche(p.Corps)))
	}
	personnes := fmt.Sprintf("/fournisseurs/%d/personnes", m.Fournisseur)
	lire("at first", "/connexion", "/mot-de-passe-oublie", "/compte", "/personnes", "/mandats", "/agir-pour", "/invitations", "/compte/mot-de-passe", "/compte/adresse", personnes)
	poster(0, "/connexion", "courriel", m.Lecteur.Courriel, "motdepasse", "faux")
	poster(0, "/mot-de-passe-oublie", "courriel", m.Lecteur.Courriel)
	poster(1, "/personnes", "nom", "", "courriel", "x", "role", "roi")
	poster(1, "/personnes", "nom", "Bo", "courriel", "bo@exemple.invalid", "role", "lecteur")
	lecteur, deposant := fmt.Sprintf("/personnes/%d", m.Lecteur.Compte), fmt.Sprintf("/personnes/%d", m.Deposant.Compte)
	poster(1, lecteur+"/role", "role", "deposant", "acte", "faire")
	poster(1, "/mandats", "siret", "00000000200006")
	lire("then", "/personnes", "/mandats", "/agir-pour", lecteur, deposant+"/second-facteur", personnes, personnes+strings.TrimPrefix(lecteur, "/personnes")+"/gestion")
	poster(1, deposant+"/retrait", "acte", "faire")
	poster(1, "/compte/mot-de-passe", "ancien", "faux", "motdepasse", "court")
	poster(4, personnes+strings.TrimPrefix(lecteur, "/personnes")+"/sessions", "motif", "Poste volé.", "acte", "faire")
	lire("at last", "/personnes", "/compte?lang=en", "/mandats", "/connexion?lang=fr")
	webessai.Comparer(t, "pages", b.String())
	b.Reset()
	for _, c := range m.Courriels() {
		b.WriteString(webessai.Courriel(c.A, c.Sujet, sansHasard(c.Texte)))
	}
	webessai.Comparer(t, "courriels", b.String())
}
