package essai

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// accueil is a home page with nothing on it.
var accueil = web.Gabarits(fstest.MapFS{"accueil.html": {Data: []byte(`{{define "contenu"}}{{end}}`)}})

func montrerAccueil(w http.ResponseWriter, r *http.Request) error {
	p := web.NouvellePage(r, modele.Texte{Fr: "Accueil", En: "Home"})
	return accueil.Montrer(w, r, "accueil.html", &p)
}

// Serveur serves routes behind the accounts, those of the accounts and a home page included. An answer that is
// the fault of the program fails the test.
func (m *Monde) Serveur(t testing.TB, routes ...web.Route) *httptest.Server {
	t.Helper()
	return m.Servir(t, slog.New(slog.NewTextHandler(echec{t}, &slog.HandlerOptions{Level: slog.LevelError})), routes...)
}

// Servir is Serveur for tests in which the program is to fail: it notes so in a log.
func (m *Monde) Servir(t testing.TB, log *slog.Logger, routes ...web.Route) *httptest.Server {
	t.Helper()
	return m.servir(t, &web.Site{Log: log}, routes)
}

// ServirTrace is Serveur with somebody who notes what security looks at.
func (m *Monde) ServirTrace(t testing.TB, tracer func(context.Context, web.Trace), routes ...web.Route) *httptest.Server {
	t.Helper()
	return m.servir(t, &web.Site{Log: slog.New(slog.NewTextHandler(echec{t}, &slog.HandlerOptions{Level: slog.LevelError})), Tracer: tracer}, routes)
}

func (m *Monde) servir(t testing.TB, site *web.Site, routes []web.Route) *httptest.Server {
	t.Helper()
	routes = append(append(m.Routes(), web.Route{Motif: "GET /{$}", Servir: montrerAccueil}), routes...)
	site.Maintenant, site.Adresse = m.Horloge.Maintenant, Adresse
	site.Identifier, site.Proteger, site.Visiteur, site.Reprise = m.Identifier, m.Proteger, compte.Visiteur(nil), m.Reprise
	s := httptest.NewServer(web.Routeur(routes, site))
	t.Cleanup(s.Close)
	return s
}

// echec is a log in which each line is a failure of the test.
type echec struct{ t testing.TB }

func (e echec) Write(ligne []byte) (int, error) {
	e.t.Errorf("%s", ligne)
	return len(ligne), nil
}

// Client is a browser without script.
type Client struct {
	*http.Client
	racine string
}

// Page is an answer.
type Page struct {
	Etat   int
	Chemin string // where the redirections led
	Corps  string
}

// Client opens a browser at a site, where nobody has signed in.
func (m *Monde) Client(t testing.TB, site string) *Client {
	t.Helper()
	pot, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{&http.Client{Jar: pot}, site}
}

// Connecte opens a browser in which a person has signed in.
func (m *Monde) Connecte(t testing.TB, site string, p Personne) *Client {
	t.Helper()
	c := m.Client(t, site)
	page := c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", MotDePasse)
	if p.Secret != "" {
		page = c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret))
	}
	if page.Etat != http.StatusOK || strings.HasPrefix(page.Chemin, "/connexion") {
		t.Fatalf("sign in as %s: %d %s", p.Courriel, page.Etat, page.Chemin)
	}
	return c
}

// Adresse is where a page of the site is.
func (c *Client) Adresse(chemin string) string { return c.racine + chemin }

// Cookies lists what the site left in the browser.
func (c *Client) Cookies(t testing.TB) []*http.Cookie {
	t.Helper()
	u, err := url.Parse(c.racine)
	if err != nil {
		t.Fatal(err)
	}
	return c.Jar.Cookies(u)
}

// Poser leaves a cookie in the browser.
func (c *Client) Poser(t testing.TB, nom, valeur string) {
	t.Helper()
	u, err := url.Parse(c.racine)
	if err != nil {
		t.Fatal(err)
	}
	c.Jar.SetCookies(u, []*http.Cookie{{Name: nom, Value: url.QueryEscape(valeur), Path: "/"}})
}

// Lire asks for a page.
func (c *Client) Lire(t testing.TB, chemin string) Page {
	t.Helper()
	r, err := c.Get(c.racine + chemin)
	return lue(t, r, err)
}

// Poster sends a form: names and values by turns.
func (c *Client) Poster(t testing.TB, chemin string, champs ...string) Page {
	t.Helper()
	v := url.Values{}
	for i := 0; i+1 < len(champs); i += 2 {
		v.Add(champs[i], champs[i+1])
	}
	r, err := c.PostForm(c.racine+chemin, v)
	return lue(t, r, err)
}

func lue(t testing.TB, r *http.Response, err error) Page {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	corps, err := io.ReadAll(r.Body)
	if err := errors.Join(err, r.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return Page{r.StatusCode, r.Request.URL.RequestURI(), string(corps)}
}
