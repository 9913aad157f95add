package web

import (
	"context"
	"net/http"
	"strings"
	"time"
)

// NomCookie is the name of a cookie of a site. Where the site's address is https://, the prefix binds it to this very host and
// to TLS: no other host of the domain, and nobody on the way, can plant one. A site at http://, which is for this machine, has
// no such prefix: browsers would drop the cookie.
func NomCookie(adresse, nom string) string {
	if enTLS(adresse) {
		return "__Host-" + nom
	}
	return nom
}

func enTLS(adresse string) bool { return strings.HasPrefix(adresse, "https://") }

// PoserCookie leaves a value in the browser, which no script reads, for a while: 0 until it is closed, less takes it away.
func PoserCookie(ctx context.Context, w http.ResponseWriter, nom, valeur string, duree time.Duration) {
	site := requeteDe(ctx).site
	c := &http.Cookie{
		Name: NomCookie(site.Adresse, nom), Value: valeur, Path: "/", MaxAge: int(duree.Seconds()), HttpOnly: true,
		SameSite: http.SameSiteLaxMode, Secure: site.tls(),
	}
	if duree < 0 {
		c.MaxAge = -1
	}
	http.SetCookie(w, c)
}

// LireCookie is what PoserCookie left, "" for nothing.
func LireCookie(r *http.Request, nom string) string {
	c, err := r.Cookie(NomCookie(requeteDe(r.Context()).site.Adresse, nom))
	if err != nil {
		return ""
	}
	return c.Value
}
