package web_test

import (
	"bytes"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
	"guichet/modele"
)

// monter makes a site of these routes, and what it logs.
func monter(routes ...web.Route) (http.Handler, *bytes.Buffer) {
	var journal bytes.Buffer
	return web.Routeur(routes, &web.Site{
		Maintenant: essai.NouvelleHorloge().Maintenant, Log: slog.New(slog.NewTextHandler(&journal, nil)), Adresse: "https://guichet.exemple.invalid",
	}), &journal
}

func demander(h http.Handler, r *http.Request) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

// Each error has its page and status; only what is our fault has a reference, which the log has too.
// ASVS 16.5.1: each page of an error is ours, and tells nothing of its cause.
func TestErrorsArePages(t *testing.T) {
	t.Parallel()
	echec := func(err error) web.Handler {
		return func(http.ResponseWriter, *http.Request) error { return err }
	}
	h, journal := monter(
		web.Route{Motif: "GET /absent", Servir: echec(fmt.Errorf("depot 12: %w", web.Introuvable))},
		web.Route{Motif: "GET /interdit", Servir: echec(web.Interdit)},
		web.Route{Motif: "GET /vite", Servir: echec(web.TropVite(7))},
		web.Route{Motif: "GET /panne", Servir: echec(errors.New("disque plein"))},
		web.Route{Motif: "GET /panique", Servir: func(http.ResponseWriter, *http.Request) error { panic("boum") }},
		web.Route{Motif: "GET /prive", Acces: web.Lecteur, Servir: echec(nil)},
		web.Route{Motif: "POST /envoi", Corps: 10, Servir: func(_ http.ResponseWriter, r *http.Request) error {
			_, err := io.ReadAll(r.Body)
			return err
		}},
	)
	for _, c := range []struct {
		methode, chemin, corps string
		etat                   int
		texte                  string
	}{
		{"GET", "/absent", "", 404, "Page introuvable"},
		{"GET", "/nulle-part", "", 404, "Page introuvable"},
		{"GET", "/statique/rien.css", "", 404, "Page introuvable"},
		{"GET", "/prive", "", 404, "Page introuvable"},
		{"GET", "/interdit", "", 403, "Rien n&#39;a été fait"},
		{"GET", "/vite", "", 429, "Recommencez dans 7 secondes"},
		{"PUT", "/absent", "", 405, "Action impossible ici"},
		{"POST", "/envoi", "trop de texte", 413, "limite de 10\u00a0o"},
		{"GET", "/panne", "", 500, "référence"},
		{"GET", "/panique", "", 500, "référence"},
	} {
		w := demander(h, httptest.NewRequest(c.methode, c.chemin, strings.NewReader(c.corps)))
		if w.Code != c.etat || !strings.Contains(essai.Espacer(w.Body.String()), essai.Espacer(c.texte)) || !strings.Contains(w.Body.String(), "<main") {
			t.Errorf("%s %s: %d, want %d with %q\n%s", c.methode, c.chemin, w.Code, c.etat, c.texte, w.Body)
		}
		if strings.Contains(w.Body.String(), "disque") || strings.Contains(w.Body.String(), "boum") {
			t.Errorf("%s tells what is ours:\n%s", c.chemin, w.Body)
		}
		_, apres, ok := strings.Cut(w.Body.String(), "sous la référence ")
		if reference, _, _ := strings.Cut(apres, "."); ok != (c.etat == 500) || !strings.Contains(journal.String(), reference) {
			t.Errorf("%s: reference %q, log:\n%s", c.chemin, reference, journal)
		}
	}
}

// A body that announces too much is refused before any of it is read; one that announces nothing, while.
// ASVS 5.2.1: no more is read than the route takes.
func TestBodyLimits(t *testing.T) {
	t.Parallel()
	h, _ := monter(web.Route{Motif: "POST /envoi", Corps: 100, Servir: func(w http.ResponseWriter, r *http.Request) error {
		n, err := io.Copy(io.Discard, r.Body)
		if err != nil {
			return fmt.Errorf("read the body: %w", err)
		}
		_, err = fmt.Fprint(w, n)
		return err
	}})
	lu := &compteur{Reader: strings.NewReader(strings.Repeat("x", 101))}
	r := httptest.NewRequest("POST", "/envoi", lu)
	r.ContentLength = 101
	if w := demander(h, r); w.Code != 413 || lu.n > 0 {
		t.Errorf("announced: %d, %d bytes read", w.Code, lu.n)
	}
	r = httptest.NewRequest("POST", "/envoi", strings.NewReader(strings.Repeat("x", 101)))
	r.ContentLength = -1
	if w := demander(h, r); w.Code != 413 {
		t.Errorf("not announced: %d", w.Code)
	}
	if w := demander(h, httptest.NewRequest("POST", "/envoi", strings.NewReader(strings.Repeat("x", 100)))); w.Code != 200 || w.Body.String() != "100" {
		t.Errorf("at the limit: %d %s", w.Code, w.Body)
	}
}

type compteur struct {
	io.Reader
	n int
}

func (c *compteur) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.n += n
	return n, err
}

// What a form of another site sends is refused, what one of ours sends is taken.
// ASVS 3.5.1.
func TestOrigins(t *testing.T) {
	t.Parallel()
	h, _ := monter(web.Route{Motif: "POST /envoi", Servir: func(http.ResponseWriter, *http.Request) error { return nil }})
	for _, c := range []struct {
		site, origine string
		etat          int
	}{
		{"cross-site", "https://ailleurs.exemple.invalid", 403}, {"same-site", "https://autre.exemple.invalid", 403},
		{"same-origin", "https://guichet.exemple.invalid", 200}, {"", "https://guichet.exemple.invalid", 200}, {"", "", 200},
	} {
		r := httptest.NewRequest("POST", "http://interne:8080/envoi", nil)
		if c.site != "" {
			r.Header.Set("Sec-Fetch-Site", c.site)
		}
		if c.origine != "" {
			r.Header.Set("Origin", c.origine)
		}
		if w := demander(h, r); w.Code != c.etat {
			t.Errorf("%+v: %d", c, w.Code)
		}
	}
}

func TestHeaders(t *testing.T) {
	t.Parallel()
	h, _ := monter()
	for _, chemin := range []string{"/accessibilite", "/nulle-part", "/?lang=en"} {
		e := demander(h, httptest.NewRequest("GET", chemin, nil)).Header()
		csp := e.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "style-src 'self'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'"} {
			if !strings.Contains(csp, want) {
				t.Errorf("%s: policy %q lacks %q", chemin, csp, want)
			}
		}
		if strings.Contains(csp, "unsafe") {
			t.Errorf("%s: policy %q", chemin, csp)
		}
		for _, nom := range []string{"Strict-Transport-Security", "X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control"} {
			if e.Get(nom) == "" {
				t.Errorf("%s has no %s", chemin, nom)
			}
		}
	}
}

// The language is the one chosen, else the one that the browser asks for, else French.
func TestLanguages(t *testing.T) {
	t.Parallel()
	h, _ := monter()
	for _, c := range []struct{ accept, cookie, want string }{
		{"", "", "fr"}, {"en-GB,en;q=0.9,fr;q=0.1", "", "en"}, {"fr-CA,en", "", "fr"}, {"de,en;q=0.5", "", "en"}, {"de", "", "fr"},
		{"en", "fr", "fr"}, {"fr", "en", "en"}, {"en", "xx", "fr"}, {"\xff;;;", "", "fr"}, {strings.Repeat("en,", 1000), "", "fr"},
	} {
		r := httptest.NewRequest("GET", "/accessibilite", nil)
		r.Header.Set("Accept-Language", c.accept)
		if c.cookie != "" {
			r.AddCookie(&http.Cookie{Name: "__Host-guichet-langue", Value: c.cookie})
		}
		if corps := demander(h, r).Body.String(); !strings.Contains(corps, `<html lang="`+c.want+`">`) {
			t.Errorf("%+.60v: not in %s\n%.100s", c, c.want, corps)
		}
	}
}

// A choice of language leads back to the page, with the rest of its query, and never to another site.
// ASVS 3.7.2.
func TestChoosingALanguage(t *testing.T) {
	t.Parallel()
	h, _ := monter()
	for chemin, want := range map[string]string{
		"/depots?page=2&lang=en": "/depots?page=2", "/?lang=fr": "/", "//ailleurs.exemple.invalid/x?lang=en": "/ailleurs.exemple.invalid/x",
	} {
		r := httptest.NewRequest("GET", "/", nil)
		r.URL.Path, r.URL.RawQuery, _ = strings.Cut(chemin, "?")
		w := demander(h, r)
		if w.Code != 303 || w.Header().Get("Location") != want || len(w.Result().Cookies()) != 1 {
			t.Errorf("%s: %d %v, want %s", chemin, w.Code, w.Header(), want)
		}
	}
	if w := demander(h, httptest.NewRequest("GET", "/accessibilite?lang=zz", nil)); w.Code != 200 {
		t.Errorf("a language that is none: %d", w.Code)
	}
}

// Static files have names that change with them, are kept for ever, and are compressed when that is asked for.
func TestStaticFiles(t *testing.T) {
	t.Parallel()
	h, _ := monter()
	_, reste, _ := strings.Cut(demander(h, httptest.NewRequest("GET", "/accessibilite", nil)).Body.String(), `href="/statique/style.`)
	nom, _, _ := strings.Cut(reste, `"`)
	r := httptest.NewRequest("GET", "/statique/style."+nom, nil)
	clair := demander(h, r)
	r.Header.Set("Accept-Encoding", "gzip, br")
	comprime := demander(h, r)
	if !strings.Contains(clair.Header().Get("Cache-Control"), "immutable") || !strings.HasPrefix(clair.Header().Get("Content-Type"), "text/css") {
		t.Errorf("headers %v", clair.Header())
	}
	z, err := gzip.NewReader(comprime.Body)
	if err != nil {
		t.Fatal(err)
	}
	if lu, err := io.ReadAll(z); err != nil || !bytes.Equal(lu, clair.Body.Bytes()) {
		t.Errorf("compressed, the file is another: %v", err)
	}
}

// The log has neither the query nor the address of who asks.
// ASVS 16.2.5.
func TestLogHasNoPersonalData(t *testing.T) {
	t.Parallel()
	h, journal := monter(web.Route{Motif: "GET /demandes/{demande}", Servir: func(http.ResponseWriter, *http.Request) error { return nil }})
	r := httptest.NewRequest("GET", "/demandes/camille?q=camille@exemple.invalid", nil)
	r.RemoteAddr = "192.0.2.77:4242"
	demander(h, r)
	if ligne := journal.String(); strings.Contains(ligne, "camille") || strings.Contains(ligne, "192.0.2.77") || !strings.Contains(ligne, "/demandes/{demande}") {
		t.Errorf("log: %s", ligne)
	}
}

// What is done is told once, on the page where it leads.
func TestToldOnce(t *testing.T) {
	t.Parallel()
	site := essai.Servir(t, func(adresse string) http.Handler {
		return web.Routeur([]web.Route{
			{Motif: "POST /faire", Servir: func(w http.ResponseWriter, r *http.Request) error {
				return web.AllerDire(w, r, "/accessibilite", modele.Texte{Fr: "C'est <fait>.", En: "Done."})
			}},
			{Motif: "POST /refuser", Servir: func(w http.ResponseWriter, r *http.Request) error {
				return web.AllerAvertir(w, r, "/accessibilite", modele.Texte{Fr: "C'est <refusé>.", En: "Refused."})
			}},
		}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler), Adresse: adresse})
	})
	c := site.Client(t)
	if r := c.Demander("POST", "/faire", nil); r.Etat != 303 {
		t.Fatalf("status %d", r.Etat)
	}
	c.Ouvrir("/accessibilite").Attendre(t, 200, "C'est <fait>.")
	if r := c.Ouvrir("/accessibilite"); strings.Contains(r.Texte(), "C'est") {
		t.Error("told twice")
	}
	c.Demander("POST", "/refuser", nil)
	if r := c.Ouvrir("/accessibilite"); !strings.Contains(r.Corps, `<div class="fait erreur" role="status"><p>C&#39;est &lt;refusé&gt;.</p></div>`) {
		t.Errorf("a refusal is told as a thing done:\n%s", r.Corps)
	}
}

// A body that is cut on its way is an error to the handler, not a shorter body.
func TestCutBody(t *testing.T) {
	t.Parallel()
	fini := make(chan error, 1)
	site := essai.Servir(t, func(adresse string) http.Handler {
		return web.Routeur([]web.Route{{Motif: "POST /envoi", Servir: func(_ http.ResponseWriter, r *http.Request) error {
			_, err := io.ReadAll(r.Body)
			fini <- err
			return err
		}}}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler), Adresse: adresse})
	})
	c, err := net.Dial("tcp", strings.TrimPrefix(site.URL, "http://"))
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(c, "POST /envoi HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nmoitié")
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if err := <-fini; !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Errorf("a cut body is %v", err)
	}
}

// A page that is made once is in the language of who asks, and compressed for who takes that.
func TestFixedPage(t *testing.T) {
	t.Parallel()
	fixe := web.Fixe{Jeu: trivial, Nom: "accueil.html"}
	site := web.Routeur([]web.Route{{Motif: "GET /{$}", Servir: func(w http.ResponseWriter, r *http.Request) error {
		p := web.NouvellePage(r, modele.Texte{Fr: "Accueil", En: "Home"})
		return fixe.Montrer(w, r, &p)
	}}}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler)})
	for range 2 {
		for langue, mot := range map[string]string{"fr": "Bonjour", "en": "Hello"} {
			for _, code := range []string{"", "gzip"} {
				r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
				r.Header.Set("Accept-Language", langue)
				r.Header.Set("Accept-Encoding", code)
				w := httptest.NewRecorder()
				site.ServeHTTP(w, r)
				var corps io.Reader = w.Body
				if code != "" {
					z, err := gzip.NewReader(w.Body)
					if err != nil {
						t.Fatal(err)
					}
					corps = z
				}
				texte, err := io.ReadAll(corps)
				if err != nil || !strings.Contains(string(texte), mot) || w.Header().Get("Content-Encoding") != code {
					t.Errorf("%s %q: %v %q\n%s", langue, code, err, w.Header(), texte)
				}
			}
		}
	}
}

// Where there is no room, what takes files is refused before it is read, and says when to come back; an error that is
// nobody's fault here has its own page.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	place := false
	echec := errors.New("database is away")
	servir := func(http.ResponseWriter, *http.Request) error { return echec }
	h := web.Routeur([]web.Route{
		{Motif: "POST /envoi", Corps: 100, Servir: servir}, {Motif: "POST /simple", Servir: servir},
	}, &web.Site{
		Maintenant: essai.NouvelleHorloge().Maintenant, Log: slog.New(slog.DiscardHandler), Place: func() bool { return place },
		Expliquer: func(err error) *web.Refus {
			if errors.Is(err, echec) {
				return web.Absent(err)
			}
			return nil
		},
	})
	lu := &compteur{Reader: strings.NewReader("x")}
	for _, c := range []struct {
		chemin, attendre string
		etat             int
	}{{"/envoi", "600", 507}, {"/simple", "2", 503}, {"/envoi", "2", 503}} {
		w := demander(h, httptest.NewRequest("POST", c.chemin, lu))
		if w.Code != c.etat || w.Header().Get("Retry-After") != c.attendre || lu.n > 0 {
			t.Errorf("%s: %d, Retry-After %q, %d bytes read", c.chemin, w.Code, w.Header().Get("Retry-After"), lu.n)
		}
		place = c.chemin == "/simple"
	}
}
