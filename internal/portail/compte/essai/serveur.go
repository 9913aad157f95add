package essai

import (
	"errors"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"guichet/internal/portail/web"
)

// Serveur serves routes behind the accounts, those of the accounts included.
func (m *Monde) Serveur(t testing.TB, routes ...web.Route) *httptest.Server {
	t.Helper()
	mux := http.NewServeMux()
	for _, route := range append(m.Routes(), routes...) {
		servir := m.Proteger(route)
		mux.HandleFunc(route.Motif, func(w http.ResponseWriter, r *http.Request) {
			switch err := servir(w, r); {
			case errors.Is(err, web.Introuvable):
				http.NotFound(w, r)
			case err != nil:
				t.Errorf("%s %s: %v", r.Method, r.URL, err)
				http.Error(w, "500", http.StatusInternalServerError)
			}
		})
	}
	mux.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_, _ = io.WriteString(w, "<!DOCTYPE html><html lang=fr><title>Accueil</title><main><h1>Accueil</h1></main></html>")
	})
	s := httptest.NewServer(http.NewCrossOriginProtection().Handler(m.Identifier(mux)))
	t.Cleanup(s.Close)
	return s
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

// Cookies lists what the site left in the browser.
func (c *Client) Cookies(t testing.TB) []*http.Cookie {
	t.Helper()
	u, err := url.Parse(c.racine)
	if err != nil {
		t.Fatal(err)
	}
	return c.Jar.Cookies(u)
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
