package compte_test

import (
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"

	"github.com/go-jose/go-jose/v4"
)

// annoncer is what the provider does when a session has ended there; what was answered.
func annoncer(t *testing.T, site, jeton string) (etat int, erreur string, h http.Header) {
	t.Helper()
	r, err := http.PostForm(site+compte.CheminFin, url.Values{"logout_token": {jeton}})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = r.Body.Close() }()
	corps, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	var dit map[string]string
	if len(corps) > 0 {
		if err := json.Unmarshal(corps, &dit); err != nil {
			t.Errorf("%d is no JSON: %s", r.StatusCode, corps)
		}
	}
	if r.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control: %q", r.Header.Get("Cache-Control"))
	}
	return r.StatusCode, dit["error"], r.Header
}

// A session that has ended at the provider ends here, and it alone: another one of the person's stays, one that began with the password
// does, and another person's; the person named alone ends all that began there.
// ASVS 10.5.5.
func TestSessionsEndWithTheProviders(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, site, p, _ := avecAnnuaire(t, b, "amr=mfa")
		nu := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "nu@agence.invalid")
		entrer := func(sujet, courriel string, sid any) *essai.Client {
			a.Revendications = map[string]any{"sub": sujet, "email": courriel, "email_verified": true, "amr": []string{"mfa"}, "sid": sid}
			c := m.Client(t, site)
			attendre(t, c.Lire(t, "/connexion/agence"), 200, "/")
			dedans(t, c)
			return c
		}
		une, deux := entrer("sujet-ines", p.Courriel, "une"), entrer("sujet-ines", p.Courriel, "deux")
		sans := entrer("sujet-ines", p.Courriel, nil)
		autre := entrer("sujet-nu", nu.Courriel, "trois")
		locale := m.Connecte(t, site, p)
		a.Revendications = map[string]any{"sub": "sujet-ines", "sid": "quatre"}
		attend := m.Client(t, site)
		attendre(t, attend.Lire(t, "/connexion/agence"), 200, "/connexion/code")
		for _, x := range []struct {
			quoi            string
			dit             map[string]any
			finies, restent []*essai.Client
		}{
			{"a session that nobody has", map[string]any{"sid": "rien"}, nil, []*essai.Client{une, deux, sans, autre, locale}},
			{"a person whom nobody knows", map[string]any{"sub": "personne"}, nil, []*essai.Client{une, deux, sans, autre, locale}},
			{"another person's session", map[string]any{"sub": "sujet-nu", "sid": "une"}, nil, []*essai.Client{une, deux, sans, autre, locale}},
			{"one session", map[string]any{"sid": "une"}, []*essai.Client{une}, []*essai.Client{deux, sans, autre, locale}},
			{"one session of a person", map[string]any{"sub": "sujet-ines", "sid": "deux"}, []*essai.Client{deux, sans}, []*essai.Client{autre, locale}},
			{"a person", map[string]any{"sub": "sujet-nu"}, []*essai.Client{autre}, []*essai.Client{locale}},
		} {
			if etat, _, _ := annoncer(t, site, a.JetonFin(x.dit)); etat != http.StatusOK {
				t.Errorf("%s: %d", x.quoi, etat)
			}
			for _, c := range x.finies {
				dehors(t, c)
			}
			for _, c := range x.restent {
				dedans(t, c)
			}
		}
		annoncer(t, site, a.JetonFin(map[string]any{"sid": "quatre"})) // before the second factor was given
		attendre(t, attend.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret)), 200, "/connexion")
		a.Revendications = map[string]any{"sub": "sujet-ines", "sid": "cinq"}
		c := venir(t, m, site, p) // the second factor was given
		annoncer(t, site, a.JetonFin(map[string]any{"sid": "cinq"}))
		dehors(t, c)
	})
}

// What is not the provider's word, for the counter, of just now, said once, ends nothing.
// ASVS 10.5.5, 10.1.2: the checks of section 2.6, one by one.
func TestSessionsEndByTheProviderAlone(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, site, p, traces := avecAnnuaire(t, b)
		a.Revendications["sid"] = "une"
		c := venir(t, m, site, p)
		refuser := func(quoi, jeton, cause string) {
			t.Helper()
			avant := len(traces())
			if etat, erreur, _ := annoncer(t, site, jeton); etat != http.StatusBadRequest || erreur != "invalid_request" {
				t.Errorf("%s: %d %s", quoi, etat, erreur)
			}
			if vues := traces(); len(vues) != avant+1 || vues[avant] != "federation.fin_refusee "+cause {
				t.Errorf("%s: traces %v", quoi, vues[avant:])
			}
			dedans(t, c)
		}
		maintenant := m.Horloge.Maintenant()
		const evenement = "http://schemas.openid.net/event/backchannel-logout"
		for quoi, x := range map[string]map[string]any{
			"of another provider":       {"iss": "https://ailleurs.invalid"},
			"of nobody's":               {"iss": nil},
			"for another":               {"aud": "autre"},
			"for nobody":                {"aud": nil},
			"without an end":            {"exp": nil},
			"run out":                   {"exp": maintenant.Add(-time.Second).Unix()},
			"without a name":            {"jti": nil},
			"without an event":          {"events": nil},
			"of another event":          {"events": map[string]any{"urn:autre": map[string]any{}}},
			"of an event that is none":  {"events": map[string]any{evenement: nil}},
			"of an event that is a yes": {"events": map[string]any{evenement: true}},
			"with a nonce":              {"nonce": "x"},
			"with an empty nonce":       {"nonce": ""},
			"of nobody":                 {"sid": nil},
		} {
			dit := map[string]any{"sid": "une"}
			for nom, v := range x {
				dit[nom] = v
			}
			refuser(quoi, a.JetonFin(dit), "jeton")
		}
		for quoi, quand := range map[string]any{"of nobody knows when": nil, "of long ago": maintenant.Add(-11 * time.Minute).Unix(), "of the future": maintenant.Add(2 * time.Minute).Unix()} {
			refuser(quoi, a.JetonFin(map[string]any{"sid": "une", "iat": quand, "exp": maintenant.Add(time.Hour).Unix()}), "ancien")
		}
		bon := a.JetonFin(map[string]any{"sid": "une"})
		for quoi, jeton := range map[string]string{"nothing": "", "no token": "rien", "too long": strings.Repeat("x", 20<<10), "changed": bon[:len(bon)-4] + "AAAA"} {
			refuser(quoi, jeton, "jeton")
		}
		a.Signer = func(o []byte) string { return a.Signe(o, jose.HS256, []byte(a.Secret+a.Secret)) }
		refuser("signed with the secret that we share", a.JetonFin(map[string]any{"sid": "une"}), "jeton")
		a.Signer = nil
		autre := a.JetonFin(map[string]any{"sid": "autre", "jti": "la-meme"})
		if etat, _, _ := annoncer(t, site, autre); etat != http.StatusOK {
			t.Error(etat)
		}
		refuser("said once more", autre, "etat")
		refuser("said of another", a.JetonFin(map[string]any{"sid": "une", "jti": "la-meme"}), "etat")
		if etat, _, _ := annoncer(t, site, bon); etat != http.StatusOK {
			t.Error(etat)
		}
		dehors(t, c)
	})
}

// Refusals from one network are braked, what is right is not counted; what was said is known for as long as it could be said again, and
// then forgotten.
// ASVS 2.4.1.
func TestEndsOfSessionsAreBraked(t *testing.T) {
	t.Parallel()
	m, a, site, _, _ := avecAnnuaire(t, dbessai.SQLite(t))
	for range 120 {
		if etat, _, _ := annoncer(t, site, a.JetonFin(map[string]any{"sid": "x"})); etat != http.StatusOK {
			t.Fatal(etat)
		}
	}
	var etat int
	var h http.Header
	for range 101 {
		etat, _, h = annoncer(t, site, "rien")
	}
	if etat != http.StatusTooManyRequests || h.Get("Retry-After") == "" {
		t.Error(etat, h)
	}
	m.Horloge.Avancer(16 * time.Minute)
	if etat, _, _ = annoncer(t, site, a.JetonFin(map[string]any{"sid": "x"})); etat != http.StatusOK {
		t.Error(etat)
	}
	m.Horloge.Avancer(21 * time.Minute)
	if err := m.Balayer(t.Context()); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM federation_fin`).Scan(&n); err != nil || n != 0 {
		t.Error(n, err)
	}
	m.Service.Federation = nil
	if etat, erreur, _ := annoncer(t, site, a.JetonFin(nil)); etat != http.StatusBadRequest || erreur == "" {
		t.Error(etat, erreur)
	}
	a.Close()
}
