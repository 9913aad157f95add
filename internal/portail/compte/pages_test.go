package compte_test

import (
	"context"
	"database/sql"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

func attendre(t *testing.T, p essai.Page, etat int, chemin string, textes ...string) {
	t.Helper()
	if p.Etat != etat || p.Chemin != chemin {
		t.Errorf("%d at %s, want %d at %s", p.Etat, p.Chemin, etat, chemin)
	}
	corps := webessai.Espacer(strings.ReplaceAll(p.Corps, "&#39;", "'"))
	for _, x := range textes {
		if !strings.Contains(corps, webessai.Espacer(x)) {
			t.Errorf("%s: no %q in:\n%s", chemin, x, p.Corps)
		}
	}
}

// From the first link to the agency's first invitation: the way of whoever sets the counter up.
// ASVS 2.3.1: a password alone, before the code, opens nothing.
func TestFirstDay(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		site := m.Serveur(t)
		c := m.Client(t, site.URL)
		lien, _, err := m.PremierAdministrateur(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		lien = strings.TrimPrefix(lien, essai.Adresse)
		attendre(t, c.Lire(t, lien), 200, lien, "premier administrateur")
		attendre(t, c.Poster(t, lien, "courriel", "x", "nom", "", "motdepasse", "court"), 422, lien,
			"Il y a un problème", "<title>Erreur : ", `href="#courriel"`, `href="#nom"`, `href="#motdepasse"`)
		page := c.Poster(t, lien, "courriel", "admin@exemple.invalid", "nom", "Ana <script>", "motdepasse", essai.MotDePasse)
		attendre(t, page, 200, "/compte/second-facteur", "Mettre en place", "/compte/second-facteur/image")
		attendre(t, c.Lire(t, "/compte"), 200, "/compte/second-facteur") // nothing comes before
		cle := strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page.Corps)[1], " ", "")
		attendre(t, c.Poster(t, "/compte/second-facteur", "code", "000000"), 422, "/compte/second-facteur", "Ce code ne convient pas")
		page = c.Poster(t, "/compte/second-facteur", "code", m.Code(t, cle))
		attendre(t, page, 200, "/compte/second-facteur/codes", "Vos codes de secours")
		secours := regexp.MustCompile(`<code>([a-z2-7-]{32})</code>`).FindAllStringSubmatch(page.Corps, -1)
		if len(secours) != 10 {
			t.Fatalf("%d recovery codes", len(secours))
		}
		attendre(t, c.Lire(t, "/compte"), 200, "/compte", "Ana &lt;script&gt;", "celle-ci")
		attendre(t, c.Poster(t, "/personnes", "nom", "Bo", "courriel", "bo@exemple.invalid", "role", "administrateur"), 200, "/personnes", "bo@exemple.invalid", "pas encore accepté")
		attendre(t, c.Poster(t, "/deconnexion"), 200, "/connexion", "Vous êtes déconnecté")
		attendre(t, c.Lire(t, "/personnes"), 200, "/connexion?suite=%2Fpersonnes")
		attendre(t, c.Poster(t, "/connexion", "courriel", "admin@exemple.invalid", "motdepasse", essai.MotDePasse, "suite", "/personnes"), 200, "/connexion/code?suite=%2Fpersonnes")
		dehors(t, c) // a password alone opens nothing
		attendre(t, c.Poster(t, "/connexion/secours", "code", secours[0][1], "suite", "/personnes"), 200, "/personnes")
	})
}

// A revoked session is refused at its next request; a new password ends the others.
// ASVS 6.2.2, 6.2.3, 7.4.3, 7.5.2.
func TestRevokedSessions(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		a, z := m.Connecte(t, site, m.Deposant), m.Connecte(t, site, m.Deposant)
		i, _ := identiteDe(t, m, a)
		sessions, err := m.Sessions(t.Context(), i)
		if err != nil || len(sessions) != 2 {
			t.Fatalf("%+v, %v", sessions, err)
		}
		for _, s := range sessions {
			if !strings.Contains(a.Lire(t, "/compte").Corps, s.Cle) {
				t.Error("a session is not listed")
			}
		}
		attendre(t, a.Poster(t, "/compte/sessions", "acte", "faire"), 200, "/compte")
		dehors(t, z)
		z = m.Connecte(t, site, m.Deposant)
		attendre(t, a.Poster(t, "/compte/mot-de-passe", "actuel", "faux", "motdepasse", "un tout autre secret"), 422, "/compte/mot-de-passe", "pas votre mot de passe actuel")
		attendre(t, a.Poster(t, "/compte/mot-de-passe", "actuel", essai.MotDePasse, "motdepasse", "un tout autre secret"), 200, "/compte")
		dehors(t, z)
		dedans(t, a)
	})
}

// A session whose account is not open any longer, or is gone, is nobody's, even where the session itself was left.
// ASVS 7.4.2.
func TestSessionWithoutAccount(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		c := m.Connecte(t, site, m.Deposant)
		for etat, dans := range map[string]bool{"actif": true, "ferme": false, "invite": false} {
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `UPDATE compte SET etat = $1 WHERE id = $2`, etat, m.Deposant.Compte)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			if i, ok := identiteDe(t, m, c); ok != dans || (i.Compte == m.Deposant.Compte) != dans {
				t.Errorf("%s: %+v, %t", etat, i, ok)
			}
		}
	})
}

// identiteDe asks a page of the test who the client is.
func identiteDe(t *testing.T, m *essai.Monde, c *essai.Client) (i compte.Identite, ok bool) {
	t.Helper()
	h := m.Identifier(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { i, ok = compte.De(r.Context()) }))
	r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
	for _, k := range c.Cookies(t) {
		r.AddCookie(k)
	}
	h.ServeHTTP(httptest.NewRecorder(), r)
	return i, ok
}

// A session ends after eight idle hours, and after a day in all; without use of the clock it stays.
// ASVS 7.3.1, 7.3.2.
func TestSessionsEnd(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, c := connecte(t, b, lecteur)
		for range 3 {
			m.Horloge.Avancer(7 * time.Hour)
			dedans(t, c)
		}
		m.Horloge.Avancer(3*time.Hour + time.Second)
		dehors(t, c)
		c = m.Connecte(t, site, m.Lecteur)
		m.Horloge.Avancer(8*time.Hour + time.Second)
		dehors(t, c)
	})
}

// Whoever is removed sees it at the next page; to those who may not, a page does not exist.
// ASVS 8.2.1.
func TestWhoMay(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		vide := func(http.ResponseWriter, *http.Request) error { return nil }
		site := m.Serveur(t, web.Route{Motif: "GET /lire", Acces: web.Lecteur, Servir: vide}, web.Route{Motif: "GET /deposer", Acces: web.Deposant, Servir: vide},
			web.Route{Motif: "GET /posseder", Acces: web.Proprietaire, Servir: vide}, web.Route{Motif: "GET /administrer", Acces: web.Administrateur, Servir: vide}).URL
		for _, x := range []struct {
			p    essai.Personne
			want string
		}{
			{m.Lecteur, "/lire /compte"}, {m.Deposant, "/lire /deposer /compte"},
			{m.Proprietaire, "/lire /deposer /posseder /compte /personnes /mandats"}, {m.Administrateur, "/administrer /compte /personnes"},
		} {
			c := m.Connecte(t, site, x.p)
			for _, chemin := range []string{"/lire", "/deposer", "/posseder", "/administrer", "/compte", "/personnes", "/mandats"} {
				want := 404
				if strings.Contains(" "+x.want+" ", " "+chemin+" ") {
					want = 200
				}
				attendre(t, c.Lire(t, chemin), want, chemin)
			}
		}
		c := m.Connecte(t, site, m.Deposant)
		if err := m.Retirer(t.Context(), 0, m.Fournisseur, m.Deposant.Compte); err != nil {
			t.Fatal(err)
		}
		attendre(t, c.Lire(t, "/deposer"), 200, "/agir-pour?suite=%2Fdeposer", "n'agit pour personne")
	})
}

// An owner invites, changes and removes; the people of another supplier do not exist.
func TestPeople(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	c := m.Connecte(t, site, m.Proprietaire)
	autre := m.AjouterPersonne(t, m.AjouterFournisseur(t, "00000000200006", "AUTRE"), compte.Proprietaire)
	attendre(t, c.Poster(t, "/personnes", "nom", "Bo\r\nBcc: x", "courriel", "Bo <bo@exemple.invalid>", "role", "roi"), 422, "/personnes",
		`href="#nom"`, `href="#courriel"`, `href="#role"`)
	attendre(t, c.Poster(t, "/personnes", "nom", "Bo", "courriel", m.Lecteur.Courriel, "role", "lecteur"), 422, "/personnes", "déjà dans la liste")
	attendre(t, c.Poster(t, "/personnes", "nom", "Bo \u202e", "courriel", "bo@exemple.invalid", "role", "lecteur"), 422, "/personnes", "ne s'imprime pas")
	attendre(t, c.Poster(t, "/personnes", "nom", "<b>Bo", "courriel", "bo@exemple.invalid", "role", "lecteur"), 200, "/personnes", "&lt;b&gt;Bo")
	bo := id(trouver(t, m, m.Fournisseur, "bo@exemple.invalid"))
	attendre(t, c.Poster(t, "/personnes/"+bo+"/relance"), 200, "/personnes")
	attendre(t, c.Poster(t, "/personnes/"+bo+"/role", "role", "deposant"), 200, "/personnes")
	attendre(t, c.Poster(t, "/personnes/"+bo+"/role", "role", "x"), 422, "/personnes/"+bo+"/role", "Choisissez ce que la personne")
	attendre(t, c.Poster(t, "/personnes/"+bo+"/retrait", "acte", "faire"), 200, "/personnes")
	moi := id(m.Proprietaire.Compte)
	attendre(t, c.Poster(t, "/personnes/"+moi+"/retrait", "acte", "faire"), 422, "/personnes/"+moi+"/retrait", "dernier propriétaire")
	for _, qui := range []string{id(autre.Compte), bo, "0", "-1", "x", "99999999999999999999"} {
		attendre(t, c.Poster(t, "/personnes/"+qui+"/retrait"), 404, "/personnes/"+qui+"/retrait")
		attendre(t, c.Poster(t, "/personnes/"+qui+"/role", "role", "lecteur"), 404, "/personnes/"+qui+"/role")
		attendre(t, c.Lire(t, "/personnes/"+qui), 404, "/personnes/"+qui)
	}
}

// Someone who acts for several chooses, and acts by mandate until it is revoked.
func TestActFor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		p := m.AjouterPersonne(t, autre, compte.Proprietaire)
		chef := m.Connecte(t, site, m.Proprietaire)
		attendre(t, chef.Poster(t, "/mandats", "siret", "1"), 422, "/mandats", "14 chiffres")
		attendre(t, chef.Poster(t, "/mandats", "siret", "00000000200006"), 200, "/mandats", "DISTRIBUTEUR")
		c := m.Client(t, site)
		attendre(t, c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse), 200, "/agir-pour", "mandat donné à DISTRIBUTEUR")
		for _, pour := range []string{"", "0-0", "x-y", id(m.Fournisseur) + "-0", "999-999"} {
			attendre(t, c.Poster(t, "/agir-pour", "pour", pour), 422, "/agir-pour", "Choisissez pour qui")
		}
		attendre(t, c.Poster(t, "/agir-pour", "pour", id(m.Fournisseur)+"-"+id(autre), "suite", "/compte"), 200, "/compte")
		if i, ok := identiteDe(t, m, c); !ok || i.Fournisseur != m.Fournisseur || i.Mandataire != autre || i.Role != compte.Deposant {
			t.Errorf("%+v", i)
		}
		attendre(t, c.Lire(t, "/personnes"), 404, "/personnes") // a mandate does not rule
		donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
		if err != nil {
			t.Fatal(err)
		}
		mandat := "/mandats/" + id(donnes[0].ID) + "/revocation"
		attendre(t, m.Connecte(t, site, m.Lecteur).Poster(t, mandat), 404, mandat)
		attendre(t, chef.Poster(t, mandat, "acte", "faire"), 200, "/mandats")
		if i, ok := identiteDe(t, m, c); !ok || i.Role != "" || i.Fournisseur != 0 {
			t.Errorf("after the end: %+v", i)
		}
		attendre(t, c.Poster(t, "/mandats", "siret", "1"), 200, "/agir-pour", "Le mandat par lequel vous agissez")
	})
}

// Lost password: the page says the same of every address, the mail's link works once, and the second factor is
// still asked for.
// ASVS 6.4.3, 6.3.4: the way by mail asks for the second factor too.
func TestForgottenPages(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	c := m.Client(t, site)
	connu := c.Poster(t, "/mot-de-passe-oublie", "courriel", m.Administrateur.Courriel)
	inconnu := c.Poster(t, "/mot-de-passe-oublie", "courriel", "personne@exemple.invalid")
	if connu != inconnu || connu.Chemin != "/mot-de-passe-oublie/envoye" {
		t.Errorf("%+v\n%+v", connu, inconnu)
	}
	lien := "/ouverture/" + m.Lien(t, m.Administrateur.Courriel)
	attendre(t, c.Poster(t, lien, "motdepasse", "azertyuiop12"), 422, lien, "parmi les premiers")
	attendre(t, c.Poster(t, lien, "motdepasse", "un tout autre secret"), 200, "/connexion", "connectez-vous avec lui")
	attendre(t, c.Poster(t, lien, "motdepasse", "un tout autre secret"), 410, lien, "ne fonctionne plus")
	attendre(t, c.Poster(t, "/connexion", "courriel", m.Administrateur.Courriel, "motdepasse", "un tout autre secret"), 200, "/connexion/code")
	for range 10 {
		attendre(t, c.Poster(t, "/connexion", "courriel", m.Lecteur.Courriel, "motdepasse", "faux"), 422, "/connexion", "ne convient pas")
	}
	page := c.Poster(t, "/connexion", "courriel", m.Lecteur.Courriel, "motdepasse", "faux")
	attendre(t, page, 429, "/connexion", "Trop d'essais", "15\u00a0minutes")
}

// Where to go afterwards is a page of this site, whatever the address says.
// ASVS 3.7.2, 1.2.2.
func TestNowhereElse(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	for _, ailleurs := range []string{"https://exemple.invalid/", "//exemple.invalid", `/\exemple.invalid`, "javascript:alert(1)", "/%0d%0ax", "exemple", "/\t/x"} {
		c := m.Client(t, site)
		c.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
		r, err := c.PostForm(site+"/connexion", url.Values{"courriel": {m.Lecteur.Courriel}, "motdepasse": {essai.MotDePasse}, "suite": {ailleurs}})
		if err != nil {
			t.Fatal(err)
		}
		_ = r.Body.Close()
		if l := r.Header.Get("Location"); l != "/" && l != "/%0d%0ax" {
			t.Errorf("%q leads to %q", ailleurs, l)
		}
	}
}

// The cookie is bound to the host behind TLS; another site's form does nothing; without a cookie, and with one
// that leads to nothing, a page is served.
// ASVS 3.3.1, 3.3.2, 3.3.3, 3.3.4: all cookies of accounts, as over HTTPS.
func TestCookies(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	sur := compte.Nouveau(compte.Config{Base: m.Base, Coffre: m.Coffre, Maintenant: m.Horloge.Maintenant, Adresse: "https://guichet.exemple.invalid", Argon2: m.Argon2, Envoyer: m.Envoyer})
	tous := web.Routeur(sur.Routes(), &web.Site{
		Maintenant: m.Horloge.Maintenant, Log: slog.New(slog.DiscardHandler), Adresse: sur.Adresse, Identifier: sur.Identifier, Proteger: sur.Proteger,
	})
	biscuits := map[string]bool{}
	for _, q := range [][2]string{
		{"POST /connexion", url.Values{"courriel": {m.Lecteur.Courriel}, "motdepasse": {essai.MotDePasse}}.Encode()}, {"GET /connexion?lang=en", ""}, {"POST /deconnexion", ""},
	} {
		methode, adresse, _ := strings.Cut(q[0], " ")
		r := httptest.NewRequestWithContext(t.Context(), methode, sur.Adresse+adresse, strings.NewReader(q[1]))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		tous.ServeHTTP(w, r)
		for _, b := range w.Header()["Set-Cookie"] {
			nom, _, _ := strings.Cut(b, "=")
			biscuits[nom] = true
			for _, x := range []string{"; Path=/", "; HttpOnly", "; Secure", "; SameSite=Lax"} {
				if !strings.Contains(b, x) {
					t.Errorf("no %q in %q", x, b)
				}
			}
			if strings.Contains(b, "Domain") || !strings.HasPrefix(b, "__Host-") {
				t.Error(b)
			}
		}
	}
	if len(biscuits) != 4 {
		t.Errorf("the cookies seen: %v", biscuits)
	}
	site := m.Serveur(t).URL
	c := m.Connecte(t, site, m.Lecteur)
	q, _ := http.NewRequestWithContext(t.Context(), http.MethodPost, site+"/deconnexion", nil)
	q.Header.Set("Sec-Fetch-Site", "cross-site")
	if rep, err := c.Do(q); err != nil || rep.StatusCode != http.StatusForbidden {
		t.Errorf("another site's form: %v, %v", rep, err)
	}
	dedans(t, c)
}

func id(n int64) string { return strconv.FormatInt(n, 10) }
