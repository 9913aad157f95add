package web_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/web"
)

type cleNom struct{}

// essayer serves one request on a site that knows the person as Ana, and counts whom it asked about.
func essayer(t *testing.T, chemin string, servir web.Handler) (w *httptest.ResponseRecorder, demandes int) {
	t.Helper()
	site := &web.Site{
		Maintenant: time.Now, Log: slog.New(slog.DiscardHandler),
		Identifier: func(suite http.Handler) http.Handler {
			return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				demandes++
				if r.URL.Path == "/panne" {
					web.Abandonner(errors.New("no database"))
				}
				suite.ServeHTTP(w, r.WithContext(context.WithValue(r.Context(), cleNom{}, "Ana")))
			})
		},
		Visiteur: func(ctx context.Context) (web.Visiteur, bool) {
			nom, ok := ctx.Value(cleNom{}).(string)
			return web.Visiteur{Nom: nom}, ok
		},
	}
	w = httptest.NewRecorder()
	routes := []web.Route{{Motif: "GET /x", Servir: servir}}
	web.Routeur(routes, site).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, chemin, nil))
	return w, demandes
}

// Nobody is identified for a static file; the page that says there is nothing knows who asks.
func TestWhoAsks(t *testing.T) {
	t.Parallel()
	w, n := essayer(t, "/rien", nil)
	if w.Code != 404 || n != 1 || !strings.Contains(w.Body.String(), "<strong><bdi>Ana</bdi></strong>") {
		t.Errorf("%d, %d: %s", w.Code, n, w.Body)
	}
	_, suite, _ := strings.Cut(w.Body.String(), `href="/statique/`)
	style, _, _ := strings.Cut(suite, `"`)
	if w, n := essayer(t, "/statique/"+style, nil); w.Code != 200 || n != 0 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/css") {
		t.Errorf("%s: %d, asked %d times", style, w.Code, n)
	}
	if w, _ := essayer(t, "/statique/rien.css", nil); w.Code != 404 {
		t.Errorf("%d", w.Code)
	}
}

// What fails around the routes gives the page of an error too.
func TestAbandoned(t *testing.T) {
	t.Parallel()
	w, _ := essayer(t, "/panne", nil)
	if w.Code != 500 || !strings.Contains(w.Body.String(), "sous la référence") || strings.Contains(w.Body.String(), "no database") {
		t.Errorf("%d: %s", w.Code, w.Body)
	}
}

// The page of an error has nothing of the answer that was begun, but its cookies.
func TestRefusedHeaders(t *testing.T) {
	t.Parallel()
	w, _ := essayer(t, "/x", func(w http.ResponseWriter, _ *http.Request) error {
		web.FichierRecu(w.Header(), "application/pdf", "x.pdf")
		w.Header().Set("Content-Encoding", "gzip")
		http.SetCookie(w, &http.Cookie{Name: "a", Value: "b"})
		return web.Introuvable
	})
	h := w.Header()
	if w.Code != 404 || h.Get("Content-Disposition") != "" || h.Get("Content-Encoding") != "" || h.Get("Set-Cookie") == "" ||
		!strings.Contains(h.Get("Content-Security-Policy"), "script-src 'self'") {
		t.Errorf("%d %v", w.Code, h)
	}
}
