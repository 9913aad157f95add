package web

import (
	"net/http"
	"net/url"
	"unicode/utf8"
)

// maxRecherche is how long a search text may be, in characters.
const maxRecherche = 100

// Recherche is the text that a list is searched for (?q=), "" for none; the page shows it again.
func (p *Page) Recherche(r *http.Request) string {
	p.Garder(r.URL.Query())
	t := p.Valeur("q")
	if utf8.RuneCountInString(t) > maxRecherche {
		p.Refuser("q", "Cherchez en 100 caractères au plus.", "Search in at most 100 characters.")
		return ""
	}
	return t
}

// Cherche are the parts of an address that lead further through a list: nom is where it goes on.
func Cherche(texte, nom, ou string) string {
	v := url.Values{nom: {ou}}
	if texte != "" {
		v.Set("q", texte)
	}
	return v.Encode()
}

// Chercheur is the form that searches a list, for the template "rechercher".
type Chercheur struct {
	Champ        Champ
	Adresse      string
	Bouton, Tout string
	Filtree      bool
	page         *Page
}

// T is a text in the language of the page.
func (c Chercheur) T(fr, en string) string { return c.page.T(fr, en) }

// Chercheur makes the argument of that template.
func (p *Page) Chercheur(adresse, aide string) Chercheur {
	return Chercheur{
		Champ: p.Champ("recherche", "q", p.T("Rechercher", "Search"), p.Aide(aide)), Adresse: adresse,
		Bouton: p.T("Rechercher", "Search"), Tout: p.T("Tout afficher", "Show all"), Filtree: p.Formulaire.Valeur("q") != "", page: p,
	}
}
