package essai

import (
	"bytes"
	"mime/multipart"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
)

// Saisie is what a person types, by field; a check box that is left alone is not in it.
type Saisie map[string]string

// Fichier is a file that a person chooses in a field.
type Fichier struct {
	Champ, Nom string
	Contenu    []byte
}

// Soumettre fills in the form of a page that has all these fields (a button with a name counts as one) and sends
// it. What the page holds already is sent too, as a browser does.
func (c *Client) Soumettre(page Reponse, saisie Saisie, fichiers ...Fichier) Reponse {
	c.t.Helper()
	for n := range page.arbre().Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && aTous(n, saisie, fichiers) {
			return c.envoyer(page, n, attribut(n, "action"), saisie, fichiers)
		}
	}
	c.t.Fatalf("%s has no form with %v", page.Chemin, saisie)
	return Reponse{}
}

// Agir is Soumettre with the form, or the button of a form, that leads to an address.
func (c *Client) Agir(page Reponse, action string, saisie Saisie, fichiers ...Fichier) Reponse {
	c.t.Helper()
	for n := range page.arbre().Descendants() {
		if n.Type == html.ElementNode && n.Data == "form" && mene(n, action) && aTous(n, saisie, fichiers) {
			return c.envoyer(page, n, action, saisie, fichiers)
		}
	}
	c.t.Fatalf("%s has no form with %v that leads to %s", page.Chemin, saisie, action)
	return Reponse{}
}

// mene tells whether a form, or one of its buttons, leads to an address.
func mene(form *html.Node, action string) bool {
	if chemin(attribut(form, "action")) == action {
		return true
	}
	for n := range form.Descendants() {
		if chemin(attribut(n, "formaction")) == action {
			return true
		}
	}
	return false
}

// chemin is an address without what it says of for whom the form was shown.
func chemin(adresse string) string {
	debut, _, _ := strings.Cut(adresse, "?agit=")
	debut, _, _ = strings.Cut(debut, "&agit=")
	return debut
}

func aTous(form *html.Node, saisie Saisie, fichiers []Fichier) bool {
	noms := map[string]bool{}
	for n := range form.Descendants() {
		noms[attribut(n, "name")] = true
	}
	for nom := range saisie {
		if !noms[nom] {
			return false
		}
	}
	return !slices.ContainsFunc(fichiers, func(f Fichier) bool { return !noms[f.Champ] })
}

func (c *Client) envoyer(page Reponse, form *html.Node, ou string, saisie Saisie, fichiers []Fichier) Reponse {
	c.t.Helper()
	valeurs := dejaLa(form)
	for nom, v := range saisie {
		valeurs.Set(nom, v)
	}
	action, err := url.Parse(page.Chemin)
	if err == nil {
		action, err = action.Parse(ou)
	}
	if err != nil {
		c.t.Fatal(err)
	}
	if !strings.EqualFold(attribut(form, "method"), "post") {
		action.RawQuery = valeurs.Encode()
		return c.Ouvrir(action.RequestURI())
	}
	corps, genre := []byte(valeurs.Encode()), "application/x-www-form-urlencoded"
	if attribut(form, "enctype") == "multipart/form-data" {
		corps, genre = parties(c.t, valeurs, fichiers)
	}
	r := c.requete(http.MethodPost, action.RequestURI(), bytes.NewReader(corps))
	r.Header.Set("Content-Type", genre)
	return c.faire(r, true)
}

// parties is a form with its files, and of which kind that is.
func parties(t testing.TB, valeurs url.Values, fichiers []Fichier) (corps []byte, genre string) {
	t.Helper()
	var b bytes.Buffer
	m := multipart.NewWriter(&b)
	for nom, vs := range valeurs {
		for _, v := range vs {
			if err := m.WriteField(nom, v); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range fichiers {
		w, err := m.CreateFormFile(f.Champ, f.Nom)
		if err == nil {
			_, err = w.Write(f.Contenu)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := m.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), m.FormDataContentType()
}

// dejaLa are the values that a form holds as it stands.
func dejaLa(form *html.Node) url.Values {
	v := url.Values{}
	for n := range form.Descendants() {
		nom := attribut(n, "name")
		switch {
		case n.Type != html.ElementNode || nom == "":
		case n.Data == "textarea" && n.FirstChild != nil:
			v.Add(nom, n.FirstChild.Data)
		case n.Data == "textarea":
			v.Add(nom, "")
		case n.Data == "select":
			v.Add(nom, optionChoisie(n))
		case n.Data == "input" && envoye(n):
			v.Add(nom, attribut(n, "value"))
		}
	}
	return v
}

func envoye(n *html.Node) bool {
	switch attribut(n, "type") {
	case "radio", "checkbox":
		return a(n, "checked")
	case "file", "submit", "button", "reset", "image":
		return false
	}
	return true
}

func optionChoisie(liste *html.Node) (choisie string) {
	premiere := true
	for n := range liste.Descendants() {
		if n.Type == html.ElementNode && n.Data == "option" && (premiere || a(n, "selected")) {
			choisie, premiere = attribut(n, "value"), false
		}
	}
	return choisie
}

func attribut(n *html.Node, nom string) string {
	for _, a := range n.Attr {
		if a.Key == nom {
			return a.Val
		}
	}
	return ""
}

func a(n *html.Node, nom string) bool {
	return slices.ContainsFunc(n.Attr, func(x html.Attribute) bool { return x.Key == nom })
}
