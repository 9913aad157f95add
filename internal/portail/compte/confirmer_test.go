package compte_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// After ten minutes an open session is not enough: a form asks for the password again, and for the second factor, and what
// was typed in it goes on with them. A page asks first. Wrong ones do nothing.
// ASVS 7.5.1.
func TestConfirmed(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		p := m.Proprietaire
		p.Secret = m.DonnerFacteur(t, p.Compte)
		c := m.Connecte(t, site, p)
		inviter := func(champs ...string) essai.Page {
			return c.Poster(t, "/personnes", append(champs, "nom", "Bo <Exemple>", "courriel", "bo@exemple.invalid", "role", "lecteur")...)
		}
		m.Horloge.Avancer(9 * time.Minute)
		attendre(t, c.Lire(t, "/compte/second-facteur/secours"), 200, "/compte/second-facteur/secours")
		m.Horloge.Avancer(time.Minute)
		attendre(t, c.Lire(t, "/compte/second-facteur/secours"), 200, "/confirmer?suite=%2Fcompte%2Fsecond-facteur%2Fsecours")
		page := inviter()
		attendre(t, page, http.StatusForbidden, "/personnes")
		for _, want := range []string{`name="nom" value="Bo &lt;Exemple&gt;"`, `name="courriel" value="bo@exemple.invalid"`, `name="role" value="lecteur"`, `action="/personnes?agit=`, `name="confirme-code"`} {
			if !strings.Contains(page.Corps, want) {
				t.Errorf("no %q in\n%s", want, page.Corps)
			}
		}
		page = inviter("confirme-motdepasse", "faux", "confirme-code", m.Code(t, p.Secret))
		attendre(t, page, 422, "/personnes")
		if !strings.Contains(page.Corps, `href="#confirme-motdepasse"`) || strings.Contains(page.Corps, "faux") {
			t.Error(page.Corps)
		}
		attendre(t, inviter("confirme-motdepasse", essai.MotDePasse, "confirme-code", "000000"), 422, "/personnes")
		attendre(t, inviter("confirme-motdepasse", essai.MotDePasse), 422, "/personnes")
		if n := m.NombreCourriels("bo@exemple.invalid"); n != 0 {
			t.Fatalf("%d mails went out", n)
		}
		page = inviter("confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret))
		attendre(t, page, 200, "/personnes")
		if m.NombreCourriels("bo@exemple.invalid") != 1 || !strings.Contains(page.Corps, "Bo &lt;Exemple&gt;") {
			t.Error(page.Corps)
		}
		attendre(t, c.Poster(t, "/mandats", "siret", "1"), 422, "/mandats") // sure for ten minutes
		m.Horloge.Avancer(10 * time.Minute)
		attendre(t, c.Poster(t, "/confirmer", "suite", "/compte/second-facteur/secours", "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret)),
			200, "/compte/second-facteur/secours")
	})
}

// Without a second factor the password is enough; new passwords are not carried over in a page.
func TestConfirmedByPassword(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	c := m.Connecte(t, m.Serveur(t).URL, m.Lecteur)
	m.Horloge.Avancer(time.Hour)
	p := c.Poster(t, "/compte/mot-de-passe", "actuel", essai.MotDePasse, "motdepasse", "un tout autre secret")
	attendre(t, p, http.StatusForbidden, "/compte/mot-de-passe")
	if strings.Contains(p.Corps, "un tout autre secret") || strings.Contains(p.Corps, essai.MotDePasse) || strings.Contains(p.Corps, "confirme-code") {
		t.Error(p.Corps)
	}
	for range 12 {
		p = c.Poster(t, "/confirmer", "confirme-motdepasse", "faux")
	}
	attendre(t, p, http.StatusTooManyRequests, "/confirmer")
	m.Horloge.Avancer(16 * time.Minute)
	attendre(t, c.Poster(t, "/confirmer", "confirme-motdepasse", essai.MotDePasse), 200, "/compte")
	attendre(t, c.Poster(t, "/compte/mot-de-passe", "actuel", essai.MotDePasse, "motdepasse", "un tout autre secret"), 200, "/compte")
}
