package essai

import (
	"bytes"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"guichet/internal/portail/web"
)

// Geste is one request of a person, which comes through when nothing fails.
type Geste struct {
	Motif    string                  // of its route
	Demander func() (Reponse, error) // an error for an answer that is cut
	Malgre   []string                // the beginnings of what may fail all the same, for it comes after the act
}

var errServeur = errors.New("the counter's fault")

// faire makes the request: an answer that blames who asks is a failure of the test, for nobody did anything wrong.
func (g Geste) faire(t *testing.T) error {
	t.Helper()
	r, err := g.Demander()
	switch {
	case err != nil || r.Etat >= http.StatusInternalServerError:
		return errors.Join(errServeur, err)
	case r.Etat >= http.StatusBadRequest:
		t.Errorf("%s: %d %.2000s", g.Motif, r.Etat, r.Texte())
	}
	return nil
}

// Gestes are requests of a room, in the order of a life.
type Gestes struct {
	T      *testing.T
	Routes []web.Route
	Tous   []Geste
}

// Lire has a page asked of a handler.
func (g *Gestes) Lire(h http.Handler, chemin string) { g.Envoyer(h, http.MethodGet, chemin, "", nil) }

// Poster has a form sent to it.
func (g *Gestes) Poster(h http.Handler, chemin string, champs url.Values) {
	g.Envoyer(h, http.MethodPost, chemin, "application/x-www-form-urlencoded", []byte(champs.Encode()))
}

// Joindre has a form sent to it that may have files.
func (g *Gestes) Joindre(h http.Handler, chemin string, champs url.Values, fichiers ...Fichier) {
	corps, genre := parties(g.T, champs, fichiers)
	g.Envoyer(h, http.MethodPost, chemin, genre, corps)
}

// Poser has a file put there.
func (g *Gestes) Poser(h http.Handler, chemin string, corps []byte) {
	g.Envoyer(h, http.MethodPut, chemin, "", corps)
}

// Envoyer adds any request, the same each time that it is made, with its route.
func (g *Gestes) Envoyer(h http.Handler, methode, chemin, genre string, corps []byte) {
	requete := func() *http.Request {
		r := httptest.NewRequestWithContext(g.T.Context(), methode, chemin, bytes.NewReader(corps))
		if genre != "" {
			r.Header.Set("Content-Type", genre)
		}
		return r
	}
	mux := http.NewServeMux()
	for _, r := range g.Routes {
		mux.Handle(r.Motif, http.NotFoundHandler())
	}
	_, motif := mux.Handler(requete())
	if motif == "" {
		g.T.Errorf("no route for %s %s", methode, chemin)
	}
	g.Tous = append(g.Tous, Geste{Motif: motif, Demander: func() (Reponse, error) { return repondre(h, requete()) }})
}

// Pannes has what each route of a room rests on fail, as chaque does with an act: the answer is then the counter's fault, and blames nobody; when
// nothing fails it is none. A route without a request fails the test, unless sans says why it has none.
func (g *Gestes) Pannes(sans map[string]string, chaque func(g Geste, faire func() error)) {
	g.T.Helper()
	manquent := map[string]bool{}
	for _, r := range g.Routes {
		manquent[r.Motif] = sans[r.Motif] == ""
	}
	for _, x := range g.Tous {
		delete(manquent, x.Motif)
		chaque(x, func() error { return x.faire(g.T) })
	}
	for motif, manque := range manquent {
		if manque {
			g.T.Errorf("no line for %s", motif)
		}
	}
}

// repondre asks a handler.
func repondre(h http.Handler, r *http.Request) (a Reponse, err error) {
	w := httptest.NewRecorder()
	defer func() {
		if p := recover(); p == http.ErrAbortHandler {
			err = errors.New("cut")
		} else if p != nil {
			panic(p)
		}
	}()
	h.ServeHTTP(w, r)
	return Reponse{w.Code, w.Header(), r.URL.RequestURI(), w.Body.String()}, nil
}
