package compte_test

import (
	"encoding/base64"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/web"
	webessai "guichet/internal/portail/web/essai"
)

// jeton is the value of a client's session cookie.
func jeton(t *testing.T, c *essai.Client) string {
	t.Helper()
	for _, k := range c.Cookies(t) {
		if k.Name == "guichet" {
			return k.Value
		}
	}
	return ""
}

// avecJeton is another browser that holds a token.
func avecJeton(t *testing.T, m *essai.Monde, site, jeton string) *essai.Client {
	t.Helper()
	c := m.Client(t, site)
	c.Poser(t, "guichet", jeton)
	return c
}

// connecte is a world, its site, and a browser in which one of its people has signed in.
func connecte(t *testing.T, b *db.Base, qui func(*essai.Monde) essai.Personne) (m *essai.Monde, site string, c *essai.Client) {
	t.Helper()
	m = essai.Nouveau(t, b)
	site = m.Serveur(t).URL
	return m, site, m.Connecte(t, site, qui(m))
}

func lecteur(m *essai.Monde) essai.Personne { return m.Lecteur }

// dedans wants a browser to be signed in.
func dedans(t *testing.T, c *essai.Client) {
	t.Helper()
	attendre(t, c.Lire(t, "/compte"), 200, "/compte")
}

// dehors wants a browser to be asked who it is.
func dehors(t *testing.T, c *essai.Client) {
	t.Helper()
	attendre(t, c.Lire(t, "/compte"), 200, "/connexion?suite=%2Fcompte")
}

// Each proof of who one is gives another token, of 128 bits at least, and ends the one before: the password, the code, and both
// asked again. A token that the counter did not give is worth nothing.
// ASVS 7.2.1, 7.2.2, 7.2.3, 7.2.4
func TestSessionTokens(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		p := m.Administrateur
		c := avecJeton(t, m, site, "plante-par-un-autre")
		vus := map[string]bool{"": true, "plante-par-un-autre": true}
		suivant := func(quoi string) {
			t.Helper()
			j := jeton(t, c)
			octets, err := base64.RawURLEncoding.DecodeString(j)
			if vus[j] || err != nil || len(octets) < 16 {
				t.Errorf("%s: the token %q, %v", quoi, j, err)
			}
			for ancien := range vus {
				dehors(t, avecJeton(t, m, site, ancien))
			}
			vus[j] = true
		}
		attendre(t, c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse), 200, "/connexion/code")
		suivant("password")
		c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret))
		suivant("code")
		dedans(t, avecJeton(t, m, site, jeton(t, c)))
		m.Horloge.Avancer(time.Hour)
		attendre(t, c.Poster(t, "/confirmer", "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret)), 200, "/compte")
		suivant("both again")
		dedans(t, c)
		m.Horloge.Avancer(time.Hour)
		attendre(t, c.Poster(t, "/personnes", "nom", "Bo", "courriel", "bo@exemple.invalid", "role", "administrateur", "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret)), 200, "/personnes")
		suivant("both again, with a form")
		dedans(t, c)
	})
}

// Whoever kept the token of a session that has been left, or that has ended by itself, has nothing.
// ASVS 7.4.1
func TestSignedOutForGood(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, site, c := connecte(t, b, lecteur)
		garde := avecJeton(t, m, site, jeton(t, c))
		dedans(t, garde)
		attendre(t, c.Poster(t, "/deconnexion"), 200, "/connexion")
		dehors(t, garde)
		c = m.Connecte(t, site, m.Lecteur)
		garde = avecJeton(t, m, site, jeton(t, c))
		m.Horloge.Avancer(8*time.Hour + time.Second)
		dehors(t, garde)
	})
}

// A password is what was typed, to its last character: longer than many a hash looks at, with its blanks and its capitals. It holds
// for as long as its person wants.
// ASVS 6.2.8, 6.2.9, 6.2.10
func TestPasswordsAreKeptAsTyped(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		mot := " Quatre Mots " + strings.Repeat("sans Rapport ", 13) + "Du Tout. é "
		if n := len([]rune(mot)); n < 190 || n > 200 {
			t.Fatalf("%d characters", n)
		}
		p := m.Lecteur
		if err := m.ChangerMotDePasse(t.Context(), p.Compte, essai.MotDePasse, mot, ""); err != nil {
			t.Fatal(err)
		}
		court := " " + strings.Repeat("z~Y9 ", 12) + "fin"
		if n := len(court); n != 64 {
			t.Fatalf("%d characters", n)
		}
		if err := m.ChangerMotDePasse(t.Context(), m.Deposant.Compte, essai.MotDePasse, court, ""); err != nil {
			t.Errorf("64 characters: %v", err)
		}
		m.Horloge.Avancer(20 * 365 * 24 * time.Hour)
		e, err := m.Connecter(t.Context(), p.Courriel, mot, compte.Visite{Reseau: "192.0.2.1"})
		if err != nil || e.Compte != p.Compte {
			t.Errorf("twenty years later: %+v, %v", e, err)
		}
		c := m.Client(t, m.Serveur(t).URL)
		attendre(t, c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", mot), 200, "/")
		for i, autre := range []string{strings.ToLower(mot), strings.TrimSpace(mot), mot[:len(mot)-1], mot[:72], mot[:64], strings.ReplaceAll(mot, " ", ""), strings.ReplaceAll(mot, "é", "e"), mot + " "} {
			if _, err := m.Connecter(t.Context(), p.Courriel, autre, compte.Visite{Reseau: "198.51.100." + id(int64(i))}); champ(err) != "courriel" {
				t.Errorf("%q: %v", autre, err)
			}
		}
	})
}

// What a stolen database tells of secrets takes long to undo, or cannot be undone: passwords under Argon2id as OWASP and RFC 9106
// ask, with a salt; recovery codes have 112 bits and more.
// ASVS 6.5.2, 6.5.4, 11.4.2
func TestSecretsInTheDatabase(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	ordinaire := compte.Nouveau(compte.Config{Base: m.Base, Coffre: m.Coffre, Maintenant: m.Horloge.Maintenant, Adresse: essai.Adresse, Envoyer: m.Envoyer})
	haches := map[string]bool{}
	for _, p := range []essai.Personne{m.Lecteur, m.Deposant} {
		if err := ordinaire.ChangerMotDePasse(t.Context(), p.Compte, essai.MotDePasse, "un tout autre secret", ""); err != nil {
			t.Fatal(err)
		}
		var hache string
		if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT mot_de_passe FROM compte WHERE id = $1`, p.Compte).Scan(&hache); err != nil {
			t.Fatal(err)
		}
		parties := strings.Split(hache, "$")
		if len(parties) != 6 || parties[1] != "argon2id" || parties[3] != "m=65536,t=3,p=2" || len(parties[4]) < 22 || len(parties[5]) < 43 || haches[parties[4]] {
			t.Errorf("%s", hache)
		}
		haches[parties[4]] = true
	}
	cle, err := m.PreparerFacteur(t.Context(), m.Lecteur.Compte, "essai")
	if err != nil {
		t.Fatal(err)
	}
	secours, err := m.ActiverFacteur(t.Context(), m.Lecteur.Compte, "essai", m.Code(t, cle.Secret()))
	if err != nil {
		t.Fatal(err)
	}
	lettres := map[rune]int{}
	for _, c := range secours {
		if n := 5 * len(strings.ReplaceAll(c, "-", "")); n < 128 { // 32 different letters, drawn alike
			t.Errorf("%s: %d bits", c, n)
		}
		for _, r := range strings.ReplaceAll(c, "-", "") {
			lettres[r]++
		}
		var n int
		if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM code_secours WHERE empreinte = $1 OR empreinte = $2`, c, strings.ReplaceAll(c, "-", "")).Scan(&n); err != nil || n != 0 {
			t.Errorf("%s stands in the database, %v", c, err)
		}
	}
	if len(lettres) < 26 {
		t.Errorf("codes of %d letters", len(lettres))
	}
}

// Signing out takes what the browser keeps of the counter with it, over HTTPS.
// ASVS 14.3.1
func TestSignedOutLeavesNothing(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	s := compte.Nouveau(compte.Config{Base: m.Base, Coffre: m.Coffre, Maintenant: m.Horloge.Maintenant, Adresse: "https://guichet.exemple.invalid", Argon2: m.Argon2, Envoyer: m.Envoyer})
	sur := webessai.Direct(s.Adresse, web.Routeur(s.Routes(), &web.Site{
		Maintenant: m.Horloge.Maintenant, Log: slog.New(slog.DiscardHandler), Adresse: s.Adresse, Identifier: s.Identifier, Proteger: s.Proteger,
	}))
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://guichet.exemple.invalid/deconnexion", nil)
	if err != nil {
		t.Fatal(err)
	}
	a := sur.Client(t).Envoyer(r)
	if x := a.Entetes.Get("Clear-Site-Data"); !strings.Contains(x, `"cache"`) || !strings.Contains(x, `"storage"`) || strings.Contains(x, "cookies") || a.Entetes.Get("Cache-Control") != "no-store" {
		t.Errorf("Clear-Site-Data %q, %v", x, a.Entetes)
	}
}
