package compte_test

import (
	"context"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
)

// avecCles is a world at an address where passkeys answer, and what security sees of it.
func avecCles(t *testing.T, b *db.Base) (m *essai.Monde, site string, traces func() []string) {
	t.Helper()
	m = essai.Nouveau(t, b)
	var mu sync.Mutex
	var vues []string
	serveur := m.ServirTrace(t, func(_ context.Context, x web.Trace) {
		mu.Lock()
		defer mu.Unlock()
		vues = append(vues, strings.TrimSpace(x.Genre+" "+x.Objet))
	})
	return m, m.SurNom(serveur.URL), func() []string {
		mu.Lock()
		defer mu.Unlock()
		return slices.Clone(vues)
	}
}

// codes are the recovery codes on a page.
func codes(page essai.Page) (tous []string) {
	for _, x := range regexp.MustCompile(`<code>([a-z2-7-]{32})</code>`).FindAllStringSubmatch(page.Corps, -1) {
		tous = append(tous, x[1])
	}
	return tous
}

// secondPas gives the password, and is at the second step.
func secondPas(t *testing.T, m *essai.Monde, site string, p essai.Personne) (*essai.Client, essai.Page) {
	t.Helper()
	c := m.Client(t, site)
	page := c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	attendre(t, page, 200, "/connexion/code")
	return c, page
}

// A passkey is a second factor like the authenticator: it comes with recovery codes, is asked for at the sign-in, confirms an act and
// is removed; its person is told by mail.
func TestPasskey(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, _ := avecCles(t, b)
		p := m.Proprietaire
		c := m.Connecte(t, site, p)
		cle := essai.NouvellesClefs(t, site)
		ajouter := func(nom string) essai.Page {
			return c.Poster(t, "/compte/second-facteur/cle", "nom", nom, "reponse-cle", cle.Creer(t, essai.Demande(c.Lire(t, "/compte/second-facteur/cle"))))
		}
		attendre(t, ajouter(" "), 422, "/compte/second-facteur/cle", `href="#nom"`)
		page := ajouter("clé <du bureau>")
		attendre(t, page, 200, "/compte/second-facteur/codes")
		secours := codes(page)
		if len(secours) != 10 || !strings.Contains(m.DernierCourriel(t, p.Courriel).Texte, "clé <du bureau>") {
			t.Fatalf("%d recovery codes, mail: %s", len(secours), m.DernierCourriel(t, p.Courriel).Texte)
		}
		attendre(t, ajouter("la même"), 422, "/compte/second-facteur/cle", "déjà enregistrée")
		attendre(t, c.Lire(t, "/compte"), 200, "/compte", "clé &lt;du bureau&gt;", "jamais")

		autre, page := secondPas(t, m, site, p)
		dehors(t, autre)
		if strings.Contains(page.Corps, "6 chiffres") || !strings.Contains(page.Corps, "Code de secours") {
			t.Error("a code of an authenticator is asked of who has none")
		}
		attendre(t, autre.Poster(t, "/connexion/code", "reponse-cle", cle.Lire(t, essai.Demande(page)), "suite", "/personnes"), 200, "/personnes")
		if strings.Contains(autre.Lire(t, "/compte").Corps, "jamais") {
			t.Error("the last use is not told")
		}
		attendre(t, m.Client(t, site).Poster(t, "/connexion/code", "reponse-cle", "{}"), 200, "/connexion")

		m.Horloge.Avancer(11 * time.Minute)
		page = c.Poster(t, "/personnes", "nom", "Bo", "courriel", "bo@exemple.invalid", "role", "lecteur")
		attendre(t, page, http.StatusForbidden, "/personnes")
		envoyer := func(champs ...string) essai.Page {
			return c.Poster(t, "/personnes", append(champs, "nom", "Bo", "courriel", "bo@exemple.invalid", "role", "lecteur")...)
		}
		page = envoyer("confirme-motdepasse", "faux", "confirme-cle", cle.Lire(t, essai.Demande(page)))
		attendre(t, page, 422, "/personnes")
		attendre(t, envoyer("confirme-motdepasse", essai.MotDePasse), 422, "/personnes") // without the second factor
		attendre(t, envoyer("confirme-motdepasse", essai.MotDePasse, "confirme-cle", cle.Lire(t, essai.Demande(page))), 200, "/personnes")
		if m.NombreCourriels("bo@exemple.invalid") != 1 {
			t.Error("the interrupted form did not go on")
		}

		id := regexp.MustCompile(`/compte/second-facteur/cles/(\d+)/retrait`).FindStringSubmatch(c.Lire(t, "/compte").Corps)[0]
		attendre(t, c.Poster(t, id), 200, id, "seul second facteur", "clé &lt;du bureau&gt;")
		attendre(t, c.Poster(t, id, "acte", "faire"), 200, "/compte", "Pas encore en place")
		attendre(t, c.Poster(t, id, "acte", "faire"), 404, id)
		n, err := m.SecoursRestants(t.Context(), p.Compte)
		if courriel := m.DernierCourriel(t, p.Courriel); err != nil || n != 0 || courriel.Sujet != "Une clé d'accès est retirée" {
			t.Errorf("%d recovery codes, %v, mail %s", n, err, courriel.Sujet)
		}
	})
}

// An answer is taken once, in the session that was asked, within ten minutes, from a key of that person, for this site.
// ASVS 16.3.1: each refusal is traced.
func TestPasskeyRefused(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, traces := avecCles(t, b)
		p, autre := m.Deposant, m.Lecteur
		cle, delautre := m.DonnerCle(t, m.Connecte(t, site, p), "clé"), m.DonnerCle(t, m.Connecte(t, site, autre), "clé")
		refuse := func(quoi string, c *essai.Client, reponse string) {
			t.Helper()
			avant := len(traces())
			page := c.Poster(t, "/connexion/code", "reponse-cle", reponse)
			if page.Etat != 422 || !strings.Contains(page.Corps, "Recommencez") {
				t.Errorf("%s: %d", quoi, page.Etat)
			}
			if vues := traces(); len(vues) != avant+1 || vues[avant] != "cle.refusee" {
				t.Errorf("%s: traces %v", quoi, vues[avant:])
			}
			dehors(t, c)
		}
		c, page := secondPas(t, m, site, p)
		refuse("no answer", c, "{")
		refuse("an answer that is no JSON of WebAuthn", c, `{"response":{"clientDataJSON":"e30"}}`)
		refuse("too long an answer", c, strings.Repeat("x", 40_000))
		refuse("the key of another", c, delautre.Lire(t, essai.Demande(page)))
		refuse("the challenge that was refused just now", c, cle.Lire(t, essai.Demande(page)))
		ailleurs := *cle
		ailleurs.Origine = "http://localhost:1"
		refuse("the key at another site", c, ailleurs.Lire(t, essai.Demande(c.Lire(t, "/connexion/code"))))

		_, page = secondPas(t, m, site, p)
		refuse("the challenge of another session", c, cle.Lire(t, essai.Demande(page)))
		refuse("a forged challenge", c, cle.Lire(t, `{"challenge":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`))
		m.Horloge.Avancer(freinsOublies)

		c, page = secondPas(t, m, site, p)
		reponse := cle.Lire(t, essai.Demande(page))
		m.Horloge.Avancer(9 * time.Minute)
		attendre(t, c.Poster(t, "/connexion/code", "reponse-cle", reponse), 200, "/")
		e, _ := secondPas(t, m, site, p)
		refuse("the same answer again", e, reponse)
		page = e.Lire(t, "/connexion/code")
		m.Horloge.Avancer(10*time.Minute + time.Second)
		attendre(t, e.Poster(t, "/connexion/code", "reponse-cle", cle.Lire(t, essai.Demande(page))), 200, "/connexion") // that session has ended, too
	})
}

// freinsOublies is after all brakes.
const freinsOublies = 16 * time.Minute

// Of the same answer sent many times at once, one is taken.
func TestPasskeyOnce(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, _ := avecCles(t, b)
		cle := m.DonnerCle(t, m.Connecte(t, site, m.Deposant), "clé")
		c, page := secondPas(t, m, site, m.Deposant)
		reponse := cle.Lire(t, essai.Demande(page))
		var prises atomic.Int64
		var wg sync.WaitGroup
		for range 6 {
			copie := m.Client(t, site)
			for _, k := range c.Cookies(t) {
				copie.Poser(t, k.Name, k.Value)
			}
			wg.Go(func() {
				if !strings.HasPrefix(copie.Poster(t, "/connexion/code", "reponse-cle", reponse).Chemin, "/connexion") {
					prises.Add(1)
				}
			})
		}
		wg.Wait()
		if prises.Load() != 1 {
			t.Errorf("taken %d times", prises.Load())
		}
	})
}

// A key whose count has gone back may be a copy: it is refused, traced, and told of in the account.
func TestPasskeyCloned(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, traces := avecCles(t, b)
		c := m.Connecte(t, site, m.Deposant)
		cle := m.DonnerCle(t, c, "clé")
		copie := *cle
		for range 3 {
			d, page := secondPas(t, m, site, m.Deposant)
			attendre(t, d.Poster(t, "/connexion/code", "reponse-cle", cle.Lire(t, essai.Demande(page))), 200, "/")
		}
		d, page := secondPas(t, m, site, m.Deposant)
		attendre(t, d.Poster(t, "/connexion/code", "reponse-cle", copie.Lire(t, essai.Demande(page))), 422, "/connexion/code", "moins de signatures")
		if vues := traces(); !slices.ContainsFunc(vues, func(v string) bool { return strings.HasPrefix(v, "cle.clonee ") }) {
			t.Errorf("traces %v", vues)
		}
		dehors(t, d)
		attendre(t, c.Lire(t, "/compte"), 200, "/compte", "peut-être copiée")
		attendre(t, d.Poster(t, "/connexion/code", "reponse-cle", cle.Lire(t, essai.Demande(d.Lire(t, "/connexion/code")))), 200, "/")
	})
}

// Who has both uses either; removing one leaves the other, and the recovery codes. An administrator's first factor may be a passkey,
// and somebody else takes all factors away at once.
func TestPasskeyBesideAuthenticator(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, _ := avecCles(t, b)
		p := m.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "neuf@exemple.invalid")
		c := m.Client(t, site)
		attendre(t, c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse), 200, "/compte/second-facteur", "Enregistrer plutôt")
		cle := m.DonnerCle(t, c, "clé")
		attendre(t, c.Lire(t, "/personnes"), 200, "/personnes") // it does
		secours := codes(c.Lire(t, "/compte/second-facteur/codes"))
		if len(secours) != 10 {
			t.Fatalf("%d recovery codes", len(secours))
		}
		page := c.Lire(t, "/compte/second-facteur")
		totp := strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page.Corps)[1], " ", "")
		attendre(t, c.Poster(t, "/compte/second-facteur", "code", m.Code(t, totp)), 200, "/compte", "est en place")

		d, page := secondPas(t, m, site, p)
		attendre(t, d.Poster(t, "/connexion/code", "code", m.Code(t, totp)), 200, "/")
		d, page = secondPas(t, m, site, p)
		attendre(t, d.Poster(t, "/connexion/code", "reponse-cle", cle.Lire(t, essai.Demande(page))), 200, "/")
		d, _ = secondPas(t, m, site, p)
		attendre(t, d.Poster(t, "/connexion/secours", "code", secours[0]), 200, "/")

		page = c.Lire(t, "/compte/second-facteur/retrait")
		attendre(t, c.Poster(t, "/compte/second-facteur/retrait", "actuel", essai.MotDePasse, "reponse-cle", cle.Lire(t, essai.Demande(page))), 200, "/compte/second-facteur")
		if n, err := m.SecoursRestants(t.Context(), p.Compte); err != nil || n != 9 {
			t.Errorf("%d recovery codes, %v", n, err)
		}
		d, page = secondPas(t, m, site, p)
		attendre(t, d.Poster(t, "/connexion/code", "code", m.Code(t, totp)), 422, "/connexion/code")

		if err := m.LeverFacteurDe(t.Context(), p.Courriel, "perdue"); err != nil {
			t.Fatal(err)
		}
		dehors(t, c)
		cles, err := m.Cles(t.Context(), p.Compte)
		n, errSecours := m.SecoursRestants(t.Context(), p.Compte)
		if err != nil || errSecours != nil || len(cles)+n != 0 {
			t.Errorf("%+v, %d, %v, %v", cles, n, err, errSecours)
		}
		attendre(t, d.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse), 200, "/compte/second-facteur")
	})
}

// Where browsers let no passkey answer, pages say so and lead to where one does; codes go on.
func TestPasskeyElsewhere(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	c := m.Connecte(t, site, m.Deposant)
	attendre(t, c.Lire(t, "/compte/second-facteur/cle"), 200, "/compte/second-facteur/cle", "ne marchent pas ici")
	m.Service.Adresse = site // 127.0.0.1
	attendre(t, c.Lire(t, "/compte/second-facteur/cle"), 200, "/compte/second-facteur/cle", "ouvrez le guichet à", strings.Replace(site, "127.0.0.1", "localhost", 1))
}

// A person has ten passkeys at most, and a session four challenges.
func TestPasskeysBounded(t *testing.T) {
	t.Parallel()
	m, site, _ := avecCles(t, dbessai.SQLite(t))
	c := m.Connecte(t, site, m.Deposant)
	for range 10 {
		m.DonnerCle(t, c, "clé")
	}
	cle := essai.NouvellesClefs(t, site)
	attendre(t, c.Poster(t, "/compte/second-facteur/cle", "nom", "onzième", "reponse-cle", cle.Creer(t, essai.Demande(c.Lire(t, "/compte/second-facteur/cle")))), 422, "/compte/second-facteur/cle", "déjà dix")
	for range 10 {
		c.Lire(t, "/compte/second-facteur/cle")
	}
	compter := func() (n int) {
		if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM cle_defi`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := compter(); n != 4 {
		t.Errorf("%d challenges wait", n)
	}
	m.Horloge.Avancer(time.Hour)
	if err := m.Balayer(t.Context()); err != nil || compter() != 0 {
		t.Errorf("%d challenges are left: %v", compter(), err)
	}
}
