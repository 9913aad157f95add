package web

import (
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// Each field of a template that is for a secret or a code is among those that are never kept.
func TestSecretsAreKnown(t *testing.T) {
	t.Parallel()
	gabarits, err := filepath.Glob("../*/*.html")
	if err != nil || len(gabarits) < 20 {
		t.Fatal(gabarits, err)
	}
	champ, n := regexp.MustCompile(`Champ "(?:secret|code)" "([^"]+)"`), 0
	for _, g := range gabarits {
		octets, err := os.ReadFile(g)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range champ.FindAllStringSubmatch(string(octets), -1) {
			if n++; !slices.Contains(secrets, m[1]) {
				t.Errorf("%s: %s would be kept", g, m[1])
			}
		}
	}
	if n < 5 {
		t.Errorf("%d fields of secrets", n)
	}
}

func gabarit(contenu string) Jeu {
	return Gabarits(fstest.MapFS{"x.html": {Data: []byte(`{{define "contenu"}}` + contenu + `{{end}}`)}})
}

// Each address of a form that posts ends with for whom it was shown, whatever it is made of; others are left alone.
func TestFormsSayForWhom(t *testing.T) {
	t.Parallel()
	jeu := gabarit(`{{range .Fil}}<form method="post" action="/a/{{.Adresse}}{{if .Nom.Fr}}/b{{end}}" novalidate><button formaction="/c">x</button></form>{{end}}
		<form method="get" action="/d"></form><form method="post" action="{{.Chemin}}"></form><form method="post" action="{{.EnLangue "fr"}}"></form>`)
	p := &Page{Fil: []Lien{{Adresse: "1"}}, Visiteur: &Visiteur{Agit: "7.12.0"}, chemin: &url.URL{Path: "/e"}}
	w := httptest.NewRecorder()
	if err := jeu.Montrer(w, httptest.NewRequest("GET", "/", nil), "x.html", p); err != nil {
		t.Fatal(err)
	}
	for _, a := range []string{`action="/a/1?agit=7.12.0" id="formulaire-2" novalidate`, `formaction="/c?agit=7.12.0"`, `action="/d"`, `action="/e?agit=7.12.0"`, `action="/e?lang=fr&amp;agit=7.12.0"`, `action="/deconnexion?agit=7.12.0"`} {
		if !strings.Contains(w.Body.String(), a) {
			t.Errorf("no %s in\n%s", a, w.Body)
		}
	}
	for _, faux := range []string{`<form method="post">`, `<form method="post" class="x" action="/a">`, `<form method="post" action="/a?b=c">`} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s is taken", faux)
				}
			}()
			gabarit(faux)
		}()
	}
}

// The page of an error of ours gives back what was typed, to be sent again: not where a secret was, nor after a refusal.
func TestErrorsKeepWhatWasTyped(t *testing.T) {
	t.Parallel()
	rendre := func(err error) Handler {
		return func(_ http.ResponseWriter, r *http.Request) error {
			var f Formulaire
			return errors.Join(f.Lire(r), err)
		}
	}
	h := Routeur([]Route{{Motif: "POST /panne", Servir: rendre(errors.New("x"))}, {Motif: "POST /absente", Servir: rendre(Absent(nil))}, {Motif: "POST /refus", Servir: rendre(Introuvable)}},
		&Site{Maintenant: time.Now, Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	for _, c := range []struct {
		chemin, champ string
		rendu         bool
	}{{"/panne", "texte", true}, {"/absente", "texte", true}, {"/refus", "texte", false}, {"/panne", "motdepasse", false}} {
		r := httptest.NewRequest("POST", c.chemin+"?agit=1.2.3", strings.NewReader(url.Values{c.champ: {`a "b"`}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := strings.Contains(w.Body.String(), `name="`+c.champ+`" value="a &#34;b&#34;"`); got != c.rendu {
			t.Errorf("%s %s: given back %v\n%s", c.chemin, c.champ, got, w.Body)
		}
	}
}
