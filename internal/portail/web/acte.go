package web

import (
	"net/http"
	"net/url"

	"guichet/modele"
)

// Acte is what a form asks for that cannot be taken back, as the page says it that asks once more.
type Acte struct {
	Titre  modele.Texte   // the question, which names what it is about
	Suites []modele.Texte // what will happen, a paragraph each
	Faire  modele.Texte   // the button that does it
}

// champActe is the choice between the two buttons of that page.
const (
	champActe = "acte"
	faire     = "faire"
	renoncer  = "renoncer"
)

// demander has the act of a route done only by who has read what it is. Who renounces is back on the page of the form, with
// what was typed. A route whose Acte is nil for a request, because it can be taken back or will be refused, is taken as it is.
func (rt *routeur) demander(route Route) Handler {
	if route.Acte == nil {
		return route.Servir
	}
	return func(w http.ResponseWriter, r *http.Request) error {
		if err := r.ParseForm(); err != nil {
			return illisible(err)
		}
		choix := r.PostForm.Get(champActe)
		delete(r.PostForm, champActe)
		switch choix {
		case faire:
			return route.Servir(w, r)
		case renoncer:
			return rt.rendre(w, r)
		}
		acte, err := route.Acte(r)
		switch {
		case err != nil:
			return err
		case acte == nil:
			return route.Servir(w, r)
		}
		p := &pageActe{NouvellePage(r, acte.Titre), acte, r.URL.EscapedPath(), enChamps(gardables(r.PostForm))}
		p.Fige = true
		return gabaritsCommuns().Montrer(w, r, "acte.html", p)
	}
}

// pageActe is what acte.html shows.
type pageActe struct {
	Page
	Acte    *Acte
	Adresse string
	Champs  []champRenvoye // what was typed
}

// rendre shows the page of a form again, filled in.
func (rt *routeur) rendre(w http.ResponseWriter, r *http.Request) error {
	q := requeteDe(r.Context())
	adresse, err := url.Parse(q.page)
	if err != nil {
		return err
	}
	adresse.RawQuery = questions(r)
	page := r.Clone(r.Context())
	page.Method, page.URL, page.Body, page.ContentLength, page.Form, page.PostForm = http.MethodGet, adresse, http.NoBody, 0, nil, nil
	q.rendu = gardables(r.PostForm)
	rt.mux.ServeHTTP(w, page)
	return nil
}
