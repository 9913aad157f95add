package compte_test

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

var (
	lesActions = regexp.MustCompile(`<form method="post" action="([^"]*)"`)
	laSaisie   = regexp.MustCompile(`name="saisie" value="([^"]*)"`)
)

// action is the address of the form of a page whose path is that.
func action(t *testing.T, p essai.Page, chemin string) string {
	t.Helper()
	for _, m := range lesActions.FindAllStringSubmatch(p.Corps, -1) {
		if a := html.UnescapeString(m[1]); strings.HasPrefix(a, chemin+"?agit=") {
			return a
		}
	}
	t.Fatalf("no form for %s in\n%s", chemin, p.Corps)
	return ""
}

func saisie(t *testing.T, p essai.Page) string {
	t.Helper()
	m := laSaisie.FindStringSubmatch(p.Corps)
	if m == nil {
		t.Fatalf("nothing is kept in\n%s", p.Corps)
	}
	return html.UnescapeString(m[1])
}

// A form whose session has ended comes back, filled in, once its person has signed in again; to nobody else, not for
// ever, and never with a secret.
func TestTypedIsNotLost(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		f := m.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")
		p, autre := m.AjouterPersonne(t, f, compte.Proprietaire), m.AjouterPersonneA(t, f, compte.Proprietaire, "autre@exemple.invalid")
		site := m.Serveur(t).URL
		finir := func(chemin string, champs ...string) (*essai.Client, essai.Page) {
			c := m.Connecte(t, site, p)
			ici := action(t, c.Lire(t, chemin), chemin)
			m.Connecte(t, site, p).Poster(t, "/compte/sessions", "acte", "faire") // signed out elsewhere
			page := c.Poster(t, ici, champs...)
			attendre(t, page, 403, ici, "Votre session est terminée", "rien n'a été envoyé")
			return c, page
		}
		c, page := finir("/personnes", "nom", "Zoé Exemple", "courriel", "zoe", "role", "deposant")
		faux := c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", "faux", "saisie", saisie(t, page))
		attendre(t, faux, 422, "/connexion")
		anglais := c.Poster(t, "/connexion", "courriel", p.Courriel, "lang", "en", "saisie", saisie(t, faux))
		attendre(t, anglais, 200, "/connexion", "Sign in", p.Courriel)
		c.Lire(t, "/connexion?lang=fr")
		page = c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "saisie", saisie(t, anglais))
		attendre(t, page, 200, "/personnes", "Voici ce que vous aviez saisi", `value="Zoé Exemple"`, `value="zoe"`, `value="deposant" checked`)
		attendre(t, c.Lire(t, "/personnes"), 200, "/personnes", "Zoé Exemple") // a reload loses nothing
		attendre(t, c.Lire(t, "/mandats"), 200, "/mandats")
		attendre(t, c.Poster(t, action(t, page, "/compte/saisie"), "suite", "/personnes"), 200, action(t, page, "/compte/saisie"), "Effacer ce qui était saisi ?")
		attendre(t, c.Lire(t, "/personnes"), 200, "/personnes", "Zoé Exemple") // not yet
		attendre(t, c.Poster(t, action(t, page, "/compte/saisie"), "suite", "/personnes", "acte", "faire"), 200, "/personnes")
		if strings.Contains(c.Lire(t, "/personnes").Corps, "Zoé Exemple") {
			t.Error("what was erased comes back")
		}

		c, page = finir("/compte/mot-de-passe", "actuel", "mon secret", "motdepasse", "un autre secret")
		page = c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "saisie", saisie(t, page))
		attendre(t, page, 200, "/compte/mot-de-passe")
		if strings.Contains(page.Corps, "mon secret") || strings.Contains(page.Corps, "un autre secret") {
			t.Error("a secret is kept")
		}

		_, page = finir("/personnes", "nom", "Zoé Exemple")
		chez := m.Client(t, site)
		attendre(t, chez.Poster(t, "/connexion", "courriel", autre.Courriel, "motdepasse", essai.MotDePasse, "saisie", saisie(t, page)), 200, "/")
		if strings.Contains(chez.Lire(t, "/personnes").Corps, "Zoé Exemple") {
			t.Error("another person is shown what was typed")
		}
		m.Horloge.Avancer(25 * time.Hour)
		attendre(t, m.Client(t, site).Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "saisie", saisie(t, page)), 200, "/")
		_, page = finir("/personnes", "nom", strings.Repeat("é", 40_000))
		attendre(t, m.Client(t, site).Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "saisie", saisie(t, page)), 200, "/personnes")
	})
}

// Neither a second factor nor another counter over the same database and key, as after a restart, loses what was typed.
func TestTypedOutlivesARestart(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		p := m.AjouterPersonne(t, compte.Agence, compte.Administrateur)
		p.Secret = m.DonnerFacteur(t, p.Compte)
		c := m.Connecte(t, m.Serveur(t).URL, p)
		ici := action(t, c.Lire(t, "/personnes"), "/personnes")
		m.Horloge.Avancer(9 * time.Hour)
		gardee := saisie(t, c.Poster(t, ici, "nom", "Zoé Exemple"))

		n := essai.Vide(b)
		n.Horloge.Avancer(9 * time.Hour)
		c = n.Client(t, n.Serveur(t).URL)
		attendre(t, c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse, "saisie", gardee), 200, "/connexion/code")
		attendre(t, c.Poster(t, "/connexion/code", "code", n.Code(t, p.Secret)), 200, "/personnes", `value="Zoé Exemple"`)
	})
}

// A form of one supplier is not taken while its person acts for another: both are offered, and what was typed comes along.
func TestTwoTabs(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		un, deux := m.AjouterFournisseur(t, "00000000100008", "PREMIER"), m.AjouterFournisseur(t, "00000000200006", "SECOND")
		p := m.AjouterPersonne(t, un, compte.Proprietaire)
		m.DonnerRole(t, p.Compte, deux, compte.Proprietaire)
		c := m.Connecte(t, m.Serveur(t).URL, p)
		pour := func(f int64) { c.Poster(t, "/agir-pour", "pour", id(f)+"-0") }
		nombre := func(f int64) int {
			gens, err := m.Membres(t.Context(), f)
			if err != nil {
				t.Fatal(err)
			}
			return len(gens)
		}
		pour(un)
		premier := action(t, c.Lire(t, "/personnes"), "/personnes")
		pour(deux)
		page := c.Poster(t, premier, "nom", "Zoé Exemple", "courriel", "zoe@exemple.invalid", "role", "deposant")
		attendre(t, page, 409, premier, "Rien n'a été envoyé", "PREMIER", "SECOND", "Reprendre pour")
		if nombre(un) != 1 || nombre(deux) != 1 {
			t.Error("somebody was invited")
		}
		page = c.Poster(t, action(t, page, "/agir-pour"), "pour", id(un)+"-0", "suite", "/personnes")
		attendre(t, page, 200, "/personnes", "PREMIER", `value="Zoé Exemple"`)
		attendre(t, c.Poster(t, action(t, page, "/personnes"), "nom", "Zoé Exemple", "courriel", "zoe@exemple.invalid", "role", "deposant"), 200, "/personnes", "zoe@exemple.invalid")
		if nombre(un) != 2 || strings.Contains(c.Lire(t, "/personnes").Corps, "Voici ce que vous aviez saisi") {
			t.Error("what was sent still waits")
		}

		pour(deux)
		page = c.Poster(t, premier, "nom", "Lou Exemple")
		page = c.Poster(t, action(t, page, "/agir-pour"), "pour", id(deux)+"-0", "suite", "/personnes")
		attendre(t, page, 200, "/personnes", "SECOND", `value="Lou Exemple"`)

		membre := action(t, c.Lire(t, "/personnes/"+id(p.Compte)), "/personnes/"+id(p.Compte)+"/role")
		pour(un)
		attendre(t, c.Poster(t, membre, "role", "lecteur"), 409, membre, "La page appartient au premier")
		attendre(t, c.Poster(t, action(t, c.Lire(t, "/compte"), "/compte"), "nom", "Camille"), 200, "/compte") // one's own affair, whoever one acts for

		q := m.AjouterPersonneA(t, un, compte.Proprietaire, "autre@exemple.invalid")
		c.Poster(t, "/connexion", "courriel", q.Courriel, "motdepasse", essai.MotDePasse)
		attendre(t, c.Poster(t, premier, "nom", "Zoé Exemple"), 403, premier, "un autre compte que celui qui est connecté")
		attendre(t, c.Poster(t, "/personnes?agit=x", "nom", "Zoé"), 403, "/personnes?agit=x")
	})
}

// A mandate that has ended loses nothing either.
func TestMandateEndedInBetween(t *testing.T) {
	t.Parallel()
	m := essai.Vide(dbessai.SQLite(t))
	un, deux := m.AjouterFournisseur(t, "00000000100008", "MANDANT"), m.AjouterFournisseur(t, "00000000200006", "MANDATAIRE")
	p := m.AjouterPersonne(t, deux, compte.Proprietaire)
	if err := m.DonnerMandat(t.Context(), p.Compte, un, "00000000200006"); err != nil {
		t.Fatal(err)
	}
	c := m.Connecte(t, m.Serveur(t).URL, p)
	page := c.Poster(t, "/agir-pour", "pour", id(un)+"-"+id(deux))
	attendre(t, page, 200, "/", "MANDATAIRE</bdi></strong> agit pour <strong><bdi>MANDANT")
	ici := "/personnes?agit=" + id(p.Compte) + "." + id(un) + "." + id(deux)
	donnes, _, err := m.Mandats(t.Context(), un)
	if err == nil {
		err = m.RevoquerMandat(t.Context(), p.Compte, un, donnes[0].ID)
	}
	if err != nil {
		t.Fatal(err)
	}
	attendre(t, c.Poster(t, ici, "nom", "Zoé Exemple"), 200, "/agir-pour?suite=%2Fpersonnes", "a pris fin")
	attendre(t, c.Poster(t, "/agir-pour", "pour", id(deux)+"-0", "suite", "/personnes"), 200, "/personnes", `value="Zoé Exemple"`)
}
