package compte

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"time"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/web"
)

// A browser in which a person has signed in holds a cookie that says so, sealed under the key of the counter: nobody else's
// tries keep that person out there. The cookie opens nothing.

const (
	cookieConnu = "guichet-connu"
	dureeConnu  = 180 * 24 * time.Hour // since the last time that the person signed in
	maxConnus   = 5                    // people of one browser
)

// sceauConnu is what the cookie is sealed for: nothing else that the key sealed can be put in its place.
const sceauConnu = "compte.navigateur"

// connu is what the cookie says: a name of the browser, by which its own tries are counted, and who signed in when.
type connu struct {
	Navigateur string          `json:"n"`
	Depuis     map[int64]int64 `json:"c"` // account to the second
}

// Visite is what is known of a request that proves who makes it.
type Visite struct {
	Reseau string // where it comes from
	Code   string // of the second factor, given with the password; "" for none
	connu  connu
}

// visite reads what a request brings.
func (s *Service) visite(r *http.Request) Visite {
	v := Visite{Reseau: provenance(r), Code: r.PostFormValue("codeAvance")}
	scelle := web.LireCookie(r, cookieConnu)
	if !strings.HasPrefix(scelle, coffre.Entete) { // what is not sealed is anybody's word
		return v
	}
	if clair, err := s.Coffre.Ouvrir(sceauConnu, scelle); err == nil {
		_ = json.Unmarshal([]byte(clair), &v.connu) // an older form is no browser that is known
	}
	return v
}

// connait tells whether a person has signed in with this browser lately, and since browsers known before were forgotten.
func (s *Service) connait(ctx context.Context, v Visite, compte int64) (bool, error) {
	if !v.recent(compte, s.Maintenant()) {
		return false, nil
	}
	var depuis int64
	if err := s.Base.Lire().QueryRowContext(ctx, `SELECT connus_depuis FROM compte WHERE id = $1`, compte).Scan(&depuis); err != nil {
		return false, fmt.Errorf("read since when browsers are known: %w", err)
	}
	return v.connu.Depuis[compte] >= depuis, nil
}

// recent tells whether the cookie says that a person has signed in lately.
func (v Visite) recent(compte int64, maintenant time.Time) bool {
	depuis, ok := v.connu.Depuis[compte]
	return ok && v.connu.Navigateur != "" && maintenant.Sub(time.Unix(depuis, 0)) < dureeConnu
}

// navigateur is one person at one browser, for a brake.
func (v Visite) navigateur(compte int64) string { return nombre(compte) + " " + v.connu.Navigateur }

// reconnaitreNavigateur has the browser of a person who has come in known from now on.
func (s *Service) reconnaitreNavigateur(ctx context.Context, w http.ResponseWriter, v Visite, compte int64) {
	c := connu{Navigateur: v.connu.Navigateur, Depuis: map[int64]int64{}}
	if c.Navigateur == "" {
		c.Navigateur = secret()
	}
	for autre, depuis := range v.connu.Depuis {
		if v.recent(autre, s.Maintenant()) {
			c.Depuis[autre] = depuis
		}
	}
	c.Depuis[compte] = s.Maintenant().Unix()
	for len(c.Depuis) > maxConnus {
		delete(c.Depuis, c.ancien(compte))
	}
	texte, err := json.Marshal(c)
	if err != nil {
		return // numbers and a text always encode
	}
	web.PoserCookie(ctx, w, cookieConnu, s.Coffre.Sceller(sceauConnu, string(texte)), dureeConnu)
}

// direNouveau tells a person by mail of a sign-in from a browser that is not known.
func (s *Service) direNouveau(r *http.Request, compte int64) error {
	return s.Base.Ecrire(r.Context(), func(ctx context.Context, tx *sql.Tx) error {
		p, err := lirePersonne(ctx, tx, compte)
		if err != nil {
			return err
		}
		return s.Envoyer(ctx, tx, p.nouveauNavigateur(navigateur(r.UserAgent()), s.Maintenant(), s.Adresse))
	})
}

// ancien is who has not signed in for the longest time, other than one.
func (c connu) ancien(sauf int64) (compte int64) {
	for autre, depuis := range c.Depuis {
		if autre != sauf && (compte == 0 || depuis < c.Depuis[compte]) {
			compte = autre
		}
	}
	return compte
}
