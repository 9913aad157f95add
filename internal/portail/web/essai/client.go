package essai

import (
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Client is a browser without script: it keeps cookies and follows redirections.
type Client struct {
	t    testing.TB
	site *Site
	http *http.Client
}

// Client opens a browser that nobody has used.
func (s *Site) Client(t testing.TB) *Client {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	return &Client{t, s, &http.Client{Jar: jar, Transport: s.porte}}
}

// Reponse is what was answered.
type Reponse struct {
	Etat    int
	Entetes http.Header
	Chemin  string // path and query of the page, after redirections
	Corps   string
}

// Ouvrir opens a page, by its path.
func (c *Client) Ouvrir(chemin string) Reponse {
	c.t.Helper()
	return c.faire(c.requete(http.MethodGet, chemin, nil), true)
}

// Demander sends a request and does not follow where the answer leads; valeurs is the form of a POST.
func (c *Client) Demander(methode, chemin string, valeurs url.Values) Reponse {
	c.t.Helper()
	if valeurs == nil {
		return c.faire(c.requete(methode, chemin, nil), false)
	}
	r := c.requete(methode, chemin, strings.NewReader(valeurs.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	return c.faire(r, false)
}

// Envoyer sends a request that the test has made, and does not follow where the answer leads.
func (c *Client) Envoyer(r *http.Request) Reponse {
	c.t.Helper()
	return c.faire(r, false)
}

// Cookies are those that the browser keeps for the site.
func (c *Client) Cookies() []*http.Cookie {
	u, err := url.Parse(c.site.URL)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.http.Jar.Cookies(u)
}

func (c *Client) requete(methode, chemin string, corps io.Reader) *http.Request {
	c.t.Helper()
	r, err := http.NewRequestWithContext(c.t.Context(), methode, c.site.URL+chemin, corps)
	if err != nil {
		c.t.Fatal(err)
	}
	return r
}

func (c *Client) faire(r *http.Request, suivre bool) Reponse {
	c.t.Helper()
	client := *c.http
	if !suivre {
		client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	}
	a, err := client.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer a.Body.Close()
	corps, err := io.ReadAll(a.Body)
	if err != nil {
		c.t.Fatalf("%s %s: %v", r.Method, r.URL, err)
	}
	return Reponse{a.StatusCode, a.Header, a.Request.URL.RequestURI(), string(corps)}
}

// Attendre wants a status and texts on the page, as people read them.
func (r Reponse) Attendre(t testing.TB, etat int, textes ...string) Reponse {
	t.Helper()
	if r.Etat != etat {
		t.Fatalf("%s: status %d, want %d\n%.2000s", r.Chemin, r.Etat, etat, r.Texte())
	}
	lu := r.Texte()
	for _, texte := range textes {
		if !strings.Contains(lu, Espacer(texte)) {
			t.Fatalf("%s does not say %q:\n%.4000s", r.Chemin, texte, lu)
		}
	}
	return r
}

// Espacer makes all spaces those of the keyboard, which tests are written with.
func Espacer(texte string) string { return strings.ReplaceAll(texte, "\u00a0", " ") }

// Texte is what people read of the page, with single blanks.
func (r Reponse) Texte() string {
	var b strings.Builder
	for n := range r.arbre().Descendants() {
		if n.Type == html.TextNode && n.Parent.Data != "script" && n.Parent.Data != "style" {
			b.WriteString(n.Data + " ")
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (r Reponse) arbre() *html.Node {
	arbre, err := html.Parse(strings.NewReader(r.Corps))
	if err != nil {
		return &html.Node{} // only a reader fails, and this one does not
	}
	return arbre
}
