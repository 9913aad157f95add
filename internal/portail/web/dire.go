package web

import (
	"encoding/base64"
	"net/http"
	"strings"

	"guichet/modele"
)

// cookieDit holds what the next page says has been done.
const cookieDit = "guichet-dit"

// Aller leads to another page of the counter, after a form was taken. The script that shows the progress of a
// sending is told the page, instead of fetching it in the browser's place.
func Aller(w http.ResponseWriter, r *http.Request, adresse string) error {
	if r.Header.Get("Guichet-Envoi") != "" {
		w.Header().Set("Guichet-Suite", adresse)
		w.WriteHeader(http.StatusNoContent)
		return nil
	}
	http.Redirect(w, r, adresse, http.StatusSeeOther)
	return nil
}

// AllerDire leads to another page, which says once what has been done.
func AllerDire(w http.ResponseWriter, r *http.Request, adresse string, fait modele.Texte) error {
	poserDit(w, r, base64.RawURLEncoding.EncodeToString([]byte(fait.Fr+"\x00"+fait.En)), 60)
	return Aller(w, r, adresse)
}

func poserDit(w http.ResponseWriter, r *http.Request, valeur string, secondes int) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieDit, Value: valeur, Path: "/", MaxAge: secondes, HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: requeteDe(r.Context()).site.tls(),
	})
}

func lireDit(r *http.Request) (modele.Texte, bool) {
	c, err := r.Cookie(cookieDit)
	if err != nil {
		return modele.Texte{}, false
	}
	texte, _ := base64.RawURLEncoding.DecodeString(c.Value) // what is no text of ours says nothing
	fr, en, ok := strings.Cut(string(texte), "\x00")
	return modele.Texte{Fr: fr, En: en}, ok
}
