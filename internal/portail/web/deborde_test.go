package web_test

import (
	"bytes"
	"log/slog"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/fstest"
	"time"
	"unicode"

	"github.com/chromedp/chromedp"

	"guichet/internal/navigateur"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// siteDeTexte is a page with a form of three fields, sent with files or not.
func siteDeTexte(t *testing.T) *httptest.Server {
	t.Helper()
	jeu := web.Gabarits(fstest.MapFS{"x.html": {Data: []byte(`{{define "contenu"}}<form method="post" action="/ecrire">
		{{template "champ" .Champ "texte" "sujet" "Sujet"}}{{template "champ" .Champ "long" "texte" "Texte" (.Borne 4000)}}{{template "champ" .Champ "texte" "copie" "Copie"}}<button>Envoyer</button></form>{{end}}`)}})
	type page struct{ web.Page }
	montrer := func(w http.ResponseWriter, r *http.Request) error {
		return jeu.Montrer(w, r, "x.html", &page{web.NouvellePage(r, modele.Texte{Fr: "Écrire", En: "Write"})})
	}
	prendre := func(_ http.ResponseWriter, r *http.Request) error {
		var f web.Formulaire
		return f.LireEnvoi(r, func(web.Fichier) error { t.Error("a file is taken"); return nil })
	}
	s := &web.Site{Maintenant: time.Now, Log: slog.New(slog.DiscardHandler)}
	serveur := httptest.NewServer(web.Routeur([]web.Route{
		{Motif: "GET /ecrire", Servir: montrer},
		{Motif: "POST /ecrire", Servir: prendre, Corps: 4 << 20},
		{Motif: "POST /noter", Page: "/ecrire", Servir: prendre},
	}, s))
	t.Cleanup(serveur.Close)
	return serveur
}

func envoyerEnParties(t *testing.T, adresse string, champs [][2]string) (int, string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for _, c := range champs {
		w, err := m.CreateFormField(c[0])
		if c[0] == "fichier" {
			w, err = m.CreateFormFile(c[0], "a.pdf")
		}
		if err == nil {
			_, err = w.Write([]byte(c[1]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return lire(t)(http.Post(adresse, m.FormDataContentType(), &b)) //nolint:noctx // a server of the test
}

func lire(t *testing.T) func(*http.Response, error) (int, string) {
	return func(r *http.Response, err error) (int, string) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		defer r.Body.Close()
		var b bytes.Buffer
		if _, err := b.ReadFrom(r.Body); err != nil {
			t.Fatal(err)
		}
		return r.StatusCode, b.String()
	}
}

// A form that is over its bound comes back with its page: what was too long cut, what was not whole, and why at the field.
func TestFormsOverTheirBound(t *testing.T) {
	t.Parallel()
	s := siteDeTexte(t)
	long := strings.Repeat("é%&+= ", 300_000)
	for nom, envoyer := range map[string]func() (int, string){
		"urlencoded": func() (int, string) {
			return lire(t)(http.PostForm(s.URL+"/noter", url.Values{"sujet": {"Délai"}, "texte": {long}, "zcopie": {"x"}, "copie": {"à moi"}})) //nolint:noctx // a server of the test
		},
		"fields of a form with files": func() (int, string) {
			return envoyerEnParties(t, s.URL+"/ecrire", [][2]string{{"sujet", "Délai"}, {"texte", long}, {"copie", "à moi"}, {"fichier", "%PDF"}})
		},
		"announced over the bound": func() (int, string) {
			return envoyerEnParties(t, s.URL+"/ecrire", [][2]string{{"sujet", "Délai"}, {"texte", long + long + long}, {"copie", "à moi"}})
		},
	} {
		t.Run(nom, func(t *testing.T) {
			etat, corps := envoyer()
			if etat != http.StatusRequestEntityTooLarge || !strings.Contains(corps, "Ce texte est trop long") || !strings.Contains(corps, `<a href="#texte">`) {
				t.Errorf("%d\n%.3000s", etat, corps)
			}
			for _, v := range []string{`value="Délai"`, `value="à moi"`, strings.Repeat("é%&amp;&#43;= ", 1000)} {
				if !strings.Contains(corps, v) {
					t.Errorf("%.60s is lost", v)
				}
			}
			if len(corps) > 200<<10 {
				t.Errorf("a page of %d bytes", len(corps))
			}
		})
	}
}

// In a browser: with its script the page says so at the field before anything is sent; without, the page comes back, and the whole
// text is still one page back.
func TestTextsTooLongInABrowser(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	s, b := siteDeTexte(t), navigateur.Start(t)
	const ecrire, longueur = `document.querySelector("#texte").value = "é".repeat(700000)`, `String(document.querySelector("#texte").value.length)`
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		v := b.Visiter(t, s.URL, "trop-long-"+nom, navigateur.View{Width: 360, Height: 800}, sans)
		v.Aller("/ecrire?lang=fr")
		v.Lu(ecrire)
		if !sans {
			v.Faire(chromedp.Click("main form button"), chromedp.WaitVisible("#texte-refus"))
			v.Voir("refuse", "Écrire")
			lu, invalide := v.Lu(`document.querySelector("#texte-refus").innerText`), v.Lu(`document.querySelector("#texte").getAttribute("aria-invalid")`)
			if !strings.Contains(strings.Join(strings.FieldsFunc(lu, unicode.IsSpace), " "), "700 000 caractères, 4 000 au plus") || invalide != "true" || v.Lu(longueur) != "700000" || v.Lu(`document.activeElement.id`) != "texte" {
				t.Errorf("the field says %q, invalid %s", lu, invalide)
			}
			v.Lu(`(() => { const c = document.querySelector("#texte"); c.value = "court"; c.dispatchEvent(new Event("input", { bubbles: true })); return "" })()`)
			if reste := v.Lu(`String(document.querySelector("#texte-refus"))`); reste != "null" {
				t.Error("what is short enough is still refused")
			}
			continue
		}
		v.Suivre(t, "main form button")
		v.Voir("revenu", "Erreur : Écrire")
		if lu := v.Lu(`document.querySelector("main").innerText`); !strings.Contains(lu, "Ce texte est trop long") || v.Lu(longueur) != "32768" {
			t.Errorf("%s characters come back: %.600s", v.Lu(longueur), lu)
		}
		v.Faire(chromedp.NavigateBack())
		if n := v.Lu(longueur); n != "700000" {
			t.Errorf("%s characters one page back", n)
		}
	}
}

// A file that is too large brings its form back, too: the refusal says what was too large.
func TestFilesOverTheirBoundKeepTheForm(t *testing.T) {
	t.Parallel()
	s := siteDeTexte(t)
	etat, corps := envoyerEnParties(t, s.URL+"/ecrire", [][2]string{{"sujet", "Délai"}, {"fichier", strings.Repeat("x", 5<<20)}})
	if etat != http.StatusRequestEntityTooLarge || !strings.Contains(corps, `value="Délai"`) || !strings.Contains(corps, "dépasse la limite de") {
		t.Errorf("%d\n%.3000s", etat, corps)
	}
}
