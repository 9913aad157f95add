package web

import (
	"mime"
	"net/http"
	"slices"
	"strconv"
)

// The choice of another language is a link at the foot of a page; where something can be typed it is a button of the form, and what
// was typed comes back in the other language, without script too.

// champLangue is the field of that button.
const champLangue = "page-langue"

// ChampLangue is the name of the button that shows the page in another language.
func (p *Page) ChampLangue() string { return champLangue }

// autreLangue tells whether a form is sent for its page to be shown in another language, and keeps the choice.
func autreLangue(w http.ResponseWriter, r *http.Request) (bool, error) {
	if genre, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); r.Method != http.MethodPost || genre != "application/x-www-form-urlencoded" {
		return false, nil
	}
	if err := r.ParseForm(); err != nil {
		return false, illisible(err)
	}
	nom := r.PostForm.Get(champLangue)
	delete(r.PostForm, champLangue)
	if nom != "fr" && nom != "en" {
		return false, nil
	}
	l := langueNommee(nom)
	requeteDe(r.Context()).langue = l
	GarderLangue(w, r, l)
	return true, nil
}

// enLangue is a route that does nothing but show the page of its form again, filled in, to who may send it.
func (rt *routeur) enLangue(route Route) Route {
	route.Confirme, route.Acte, route.Servir = false, nil, rt.rendre
	return route
}

// formulaires follows the forms that post while a page is written.
type formulaires struct {
	nombre  int
	dans    bool
	pleine  bool            // the one that is being written has something to type
	pleines int             // how many have
	saisie  string          // id of the first of them
	noms    map[string]bool // fields that were written, where that matters
}

func (f *formulaires) id() string { return "formulaire-" + strconv.Itoa(f.nombre) }

// noter notes a field of the form that is being written.
func (f *formulaires) noter(genre, nom string) {
	if f.noms != nil {
		f.noms[nom] = true
	}
	gardable := !slices.Contains([]string{"secret", "fichier"}, genre) && !Secret(nom)
	if !f.dans || !gardable || f.pleine {
		return
	}
	f.pleine = true
	if f.pleines++; f.saisie == "" {
		f.saisie = f.id()
	}
}

// Commencer and Finir are called where a form begins and ends; Commencer gives its id. Templates do not write them.
func (p *Page) Commencer() string {
	p.ecrit.nombre++
	p.ecrit.dans, p.ecrit.pleine = true, false
	return p.ecrit.id()
}

// Finir ends a form, and tells whether it has a button of its own for the other language.
func (p *Page) Finir() bool {
	p.ecrit.dans = false
	return p.Separes && p.ecrit.pleine && !p.Fige
}

// AvecSaisie is the id of the form of the page in which something can be typed, which the button of the foot sends; "" when there
// is none, or several, which have their own.
func (p *Page) AvecSaisie() string {
	if p.Separes && p.ecrit.pleines > 1 {
		return ""
	}
	return p.ecrit.saisie
}
