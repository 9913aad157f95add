package web

import (
	"net/http"
	"strings"
	"time"

	"golang.org/x/text/language"

	"guichet/modele"
)

const cookieLangue = "guichet-langue"

// langueDe is the language that a person has chosen, else that which the browser asks for, else French.
func langueDe(r *http.Request, adresse string) modele.Langue {
	if c, err := r.Cookie(NomCookie(adresse, cookieLangue)); err == nil {
		return langueNommee(c.Value)
	}
	return langueDemandee(r.Header.Get("Accept-Language"))
}

func langueNommee(nom string) modele.Langue {
	if nom == "en" {
		return modele.Anglais
	}
	return modele.Francais
}

var connues = language.NewMatcher([]language.Tag{language.French, language.English})

// maxAccept bounds what is read of a header that anybody can make long.
const maxAccept = 200

func langueDemandee(accept string) modele.Langue {
	if accept == "" || len(accept) > maxAccept || strings.HasPrefix(accept, "fr") {
		return modele.Francais
	}
	voulues, _, err := language.ParseAcceptLanguage(accept)
	if err != nil {
		return modele.Francais
	}
	if _, i, sur := connues.Match(voulues...); sur > language.No && i == 1 {
		return modele.Anglais
	}
	return modele.Francais
}

// choisirLangue answers a page asked for with ?lang=: it keeps the choice and leads to the page itself.
func choisirLangue(w http.ResponseWriter, r *http.Request) bool {
	if r.Method != http.MethodGet || !strings.Contains(r.URL.RawQuery, "lang=") {
		return false
	}
	question := r.URL.Query()
	nom := question.Get("lang")
	if nom != "fr" && nom != "en" {
		return false
	}
	GarderLangue(w, r, langueNommee(nom))
	question.Del("lang")
	adresse := *r.URL
	adresse.RawQuery = question.Encode()
	http.Redirect(w, r, local(adresse.RequestURI()), http.StatusSeeOther)
	return true
}

// local keeps an address from leading to another site ("//ailleurs.exemple.invalid").
func local(adresse string) string { return "/" + strings.TrimLeft(adresse, `/\`) }

// GarderLangue remembers the language that a person wants, for a year.
func GarderLangue(w http.ResponseWriter, r *http.Request, l modele.Langue) {
	nom := modele.Texte{Fr: "fr", En: "en"}.In(l)
	PoserCookie(r.Context(), w, cookieLangue, nom, 365*24*time.Hour)
}
