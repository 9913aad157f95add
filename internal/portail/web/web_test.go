package web_test

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"guichet/internal/portail/web"
	"guichet/modele"
)

var gabarits = web.Gabarits(fstest.MapFS{"x.html": {Data: []byte(`{{define "contenu"}}<form method="post">{{template "champ" .Champ "courriel" "adresse" "Adresse" (.Aide "nom@exemple.invalid") (.Auto "email")}}</form>{{end}}`)}})

func TestPage(t *testing.T) {
	t.Parallel()
	h := web.Routeur([]web.Route{{Motif: "GET /{$}", Servir: func(w http.ResponseWriter, r *http.Request) error {
		p := web.NouvellePage(r, modele.Texte{Fr: "Accueil", En: "Home"})
		p.Refuser("adresse", "Indiquez une adresse.", "Give an address.")
		return gabarits.Montrer(w, r, "x.html", &p)
	}}}, &web.Site{Maintenant: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	for chemin, want := range map[string]int{"/": 422, "/rien": 404, "/accessibilite": 200} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", chemin, nil))
		if w.Code != want || !strings.Contains(w.Body.String(), "Guichet</title>") {
			t.Errorf("%s: %d %v\n%s", chemin, w.Code, w.Header(), w.Body)
		}
		t.Log(w.Body.String())
	}
}
