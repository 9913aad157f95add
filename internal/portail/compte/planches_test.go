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
	poster(1, deposant+"/retrait")
	moi, sienne := fmt.Sprintf("/personnes/%d", m.Proprietaire.Compte), personnes+strings.TrimPrefix(deposant, "/personnes")
	m.Connecte(t, site, m.Proprietaire) // in another browser
	poster(1, moi+"/role", "role", "lecteur")
	poster(1, moi+"/role", "role", "lecteur", "acte", "faire")
	poster(1, moi+"/retrait")
	poster(1, moi+"/retrait", "acte", "faire")
	poster(1, lecteur+"/retrait")
	poster(1, lecteur+"/retrait", "acte", "laisser")
	poster(1, lecteur+"/role", "role", "")
	poster(1, "/mandats/1/revocation")
	poster(1, "/mandats/2/revocation")
	poster(1, "/mandats/x/revocation")
	poster(1, "/compte/sessions")
	poster(1, "/compte/sessions", "acte", "faire")
	poster(1, "/compte", "nom", "", "langue", "fr")
	poster(1, "/compte", "nom", "Prune Exemple", "langue", "fr", "courriels", "messages")
	poster(1, "/compte/saisie", "acte", "faire")
	lire("meanwhile", "/compte")
	poster(2, "/agir-pour", "pour", "x")
	poster(3, "/agir-pour", "pour", fmt.Sprintf("%d-%d", m.Fournisseur, autre))
	lire("for another", "/compte", "/agir-pour")
	poster(1, "/mandats/1/revocation", "acte", "faire")
	poster(4, personnes, "nom", "", "courriel", "")
	poster(4, personnes+"/0/fermeture", "motif", "x")
	poster(4, sienne+"/fermeture")
	poster(4, sienne+"/fermeture", "motif", "Compte volé.")
	poster(4, sienne+"/fermeture", "motif", "Compte volé.", "acte", "faire")
	lire("closed", personnes, sienne+"/gestion", deposant)
	poster(4, sienne+"/proprietaire", "motif", "Seul ici.")
	poster(4, sienne+"/reouverture", "motif", "Retrouvé.")
	poster(4, sienne+"/proprietaire", "motif", "Seul ici.")
	poster(4, sienne+"/second-facteur", "actuel", "faux", "motif", "")
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
