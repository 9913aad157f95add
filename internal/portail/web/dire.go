package web

import (
	"encoding/base64"
	"net/http"
	"strings"
	"time"

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
	poserDit(w, r, base64.RawURLEncoding.EncodeToString([]byte(fait.Fr+"\x00"+fait.En)), time.Minute)
	return Aller(w, r, adresse)
}

// TonErreur is the tone of what is told of a refusal; that of what was done is "".
const TonErreur = "erreur"

// AllerAvertir leads to another page, which says once what was refused: never as a thing done.
func AllerAvertir(w http.ResponseWriter, r *http.Request, adresse string, refus modele.Texte) error {
	poserDit(w, r, base64.RawURLEncoding.EncodeToString([]byte(refus.Fr+"\x00"+refus.En+"\x00"+TonErreur)), time.Minute)
	return Aller(w, r, adresse)
}

func poserDit(w http.ResponseWriter, r *http.Request, valeur string, duree time.Duration) {
	PoserCookie(r.Context(), w, cookieDit, valeur, duree)
}

func lireDit(r *http.Request) (dit modele.Texte, ton string, ok bool) {
	valeur := LireCookie(r, cookieDit)
	if valeur == "" {
		return dit, "", false
	}
	texte, _ := base64.RawURLEncoding.DecodeString(valeur) // what is no text of ours says nothing
	fr, reste, ok := strings.Cut(string(texte), "\x00")
	en, ton, _ := strings.Cut(reste, "\x00")
	if ton != TonErreur {
		ton = ""
	}
	return modele.Texte{Fr: fr, En: en}, ton, ok
}
