package compte_test

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// assieger has many strangers guess at an account from everywhere.
func assieger(m *essai.Monde, t testing.TB, courriel string) {
	t.Helper()
	for i := range 60 {
		_, _ = m.Connecter(t.Context(), courriel, "faux et archifaux", compte.Visite{Reseau: fmt.Sprintf("198.51.100.%d", i)})
	}
	var trop *compte.TropEssais
	if _, err := m.Connecter(t.Context(), courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.77"}); !errors.As(err, &trop) {
		t.Fatalf("the account is not braked: %v", err)
	}
}

// Who guesses at an account from everywhere does not keep its owner out of a browser that is known; the tries of that
// browser are bounded all the same, and it passes for nobody else.
func TestKnownBrowserPasses(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		connu, neuf := m.Connecte(t, site, m.Deposant), m.Client(t, site)
		connu.Poster(t, "/deconnexion")
		assieger(m, t, m.Deposant.Courriel)
		if p := neuf.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", essai.MotDePasse); p.Etat != http.StatusTooManyRequests ||
			!strings.Contains(p.Corps, "navigateur où vous vous êtes déjà connecté") || !strings.Contains(p.Corps, `name="codeAvance"`) || !strings.Contains(p.Corps, "agence@exemple.invalid") {
			t.Errorf("a new browser: %d %s", p.Etat, p.Corps)
		}
		if p := connu.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", essai.MotDePasse); p.Etat != 200 || p.Chemin != "/" {
			t.Errorf("the known browser: %d %s", p.Etat, p.Chemin)
		}
		connu.Poster(t, "/deconnexion")
		assieger(m, t, m.Lecteur.Courriel)
		if p := connu.Poster(t, "/connexion", "courriel", m.Lecteur.Courriel, "motdepasse", essai.MotDePasse); p.Etat != http.StatusTooManyRequests {
			t.Errorf("the browser of somebody else: %d %s", p.Etat, p.Chemin)
		}
		for range 10 {
			connu.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", "faux et archifaux")
		}
		if p := connu.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", essai.MotDePasse); p.Etat != http.StatusTooManyRequests {
			t.Errorf("the known browser guesses: %d %s", p.Etat, p.Chemin)
		}
	})
}

// A cookie that the counter did not seal, or that is too old, makes no browser known.
// ASVS 9.1.1, 9.1.2, 9.2.1, 9.2.2: the sealed cookie of a known browser.
func TestForgedBrowser(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	assieger(m, t, m.Deposant.Courriel)
	faux := fmt.Sprintf(`{"n":"x","c":{"%d":%d}}`, m.Deposant.Compte, m.Horloge.Maintenant().Unix())
	for _, valeur := range []string{faux, "c1." + faux, m.Coffre.Sceller("compte.totp 1", faux), ""} {
		c := m.Client(t, site)
		c.Poser(t, "guichet-connu", valeur)
		if p := c.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", essai.MotDePasse); p.Etat != http.StatusTooManyRequests {
			t.Errorf("%q: %d %s", valeur, p.Etat, p.Chemin)
		}
	}
	m.Horloge.Avancer(2 * time.Hour)
	c := m.Connecte(t, site, m.Deposant)
	m.Horloge.Avancer(181 * 24 * time.Hour)
	assieger(m, t, m.Deposant.Courriel)
	if p := c.Poster(t, "/connexion", "courriel", m.Deposant.Courriel, "motdepasse", essai.MotDePasse); p.Etat != http.StatusTooManyRequests {
		t.Errorf("half a year later: %d %s", p.Etat, p.Chemin)
	}
}

// The code of the second factor, given with the password, passes the brake of the account; a wrong code, one that was
// taken, and one for an address without account all get the answer of the brake.
func TestCodePasses(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		a := m.Administrateur
		assieger(m, t, a.Courriel)
		assieger(m, t, "inconnu@exemple.invalid")
		var trop *compte.TropEssais
		for _, courriel := range []string{a.Courriel, "inconnu@exemple.invalid"} {
			if _, err := m.Connecter(t.Context(), courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1", Code: "000000"}); !errors.As(err, &trop) {
				t.Errorf("%s with a wrong code: %v", courriel, err)
			}
		}
		code := m.Code(t, a.Secret)
		if _, err := m.Connecter(t.Context(), a.Courriel, "faux et archifaux", compte.Visite{Reseau: "192.0.2.1", Code: code}); champ(err) != "courriel" {
			t.Errorf("a wrong password with the code: %v", err)
		}
		e, err := m.Connecter(t.Context(), a.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1", Code: code})
		if err != nil || e.SecondFacteur || e.Compte != a.Compte {
			t.Errorf("both right: %+v, %v", e, err)
		}
		if _, err := m.Connecter(t.Context(), a.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1", Code: code}); err == nil {
			t.Error("the code was taken twice")
		}
		for range 5 {
			_, _ = m.Connecter(t.Context(), a.Courriel, essai.MotDePasse, compte.Visite{Reseau: "203.0.113.5", Code: "000000"})
		}
		if _, err := m.Connecter(t.Context(), a.Courriel, essai.MotDePasse, compte.Visite{Reseau: "203.0.113.5", Code: m.Code(t, a.Secret)}); !errors.As(err, &trop) {
			t.Errorf("the network that guesses codes: %v", err)
		}
	})
}

// Who knows the password and uses the codes up keeps the owner out neither of a known browser nor with a recovery code.
func TestCodesOfOthers(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	p := m.Deposant
	cle, err := m.PreparerFacteur(t.Context(), p.Compte, "essai")
	if err != nil {
		t.Fatal(err)
	}
	secours, err := m.ActiverFacteur(t.Context(), p.Compte, "essai", m.Code(t, cle.Secret()))
	if err != nil {
		t.Fatal(err)
	}
	p.Secret = cle.Secret()
	connu := m.Connecte(t, site, p)
	connu.Poster(t, "/deconnexion")
	for range 6 {
		_ = m.VerifierCode(t.Context(), p.Compte, "000000", compte.Visite{Reseau: "198.51.100.1"})
	}
	var trop *compte.TropEssais
	if err := m.VerifierCode(t.Context(), p.Compte, m.Code(t, p.Secret), compte.Visite{Reseau: "192.0.2.1"}); !errors.As(err, &trop) {
		t.Errorf("a new browser: %v", err)
	}
	connu.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
	if q := connu.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret)); q.Etat != 200 || q.Chemin != "/" {
		t.Errorf("the known browser: %d %s", q.Etat, q.Chemin)
	}
	if err := m.VerifierCode(t.Context(), p.Compte, secours[0], compte.Visite{Reseau: "192.0.2.1"}); err != nil {
		t.Errorf("a recovery code: %v", err)
	}
}

// A person is told by mail of a browser that is not known; not of one that is, nor of that which opened the account.
func TestNewBrowserIsTold(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	for _, p := range []essai.Personne{m.Deposant, m.Administrateur} {
		avant := m.NombreCourriels(p.Courriel)
		c := m.Connecte(t, site, p)
		if n := m.NombreCourriels(p.Courriel); n != avant+1 || !strings.Contains(m.DernierCourriel(t, p.Courriel).Sujet, "nouveau navigateur") {
			t.Errorf("%s: %d mails, %+v", p.Courriel, n-avant, m.DernierCourriel(t, p.Courriel))
		}
		c.Poster(t, "/deconnexion")
		c.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse)
		if p.Secret != "" {
			c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret))
		}
		if n := m.NombreCourriels(p.Courriel); n != avant+1 {
			t.Errorf("%s: %d mails", p.Courriel, n-avant)
		}
	}
	inviter(t, m, m.Fournisseur, compte.Lecteur, "neuf@exemple.invalid")
	neuf := m.Client(t, site)
	neuf.Poster(t, "/ouverture/"+m.Lien(t, "neuf@exemple.invalid"), "nom", "Neuf", "motdepasse", essai.MotDePasse)
	if n := m.NombreCourriels("neuf@exemple.invalid"); n != 1 {
		t.Errorf("%d mails to who opened the account", n)
	}
}

// Where the setting asks suppliers for a second factor, nothing comes before it, and it is changed, not taken away.
func TestFactorRequired(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	m.FacteurExige = true
	site := m.Serveur(t).URL
	c := m.Client(t, site)
	attendre(t, c.Poster(t, "/connexion", "courriel", m.Proprietaire.Courriel, "motdepasse", essai.MotDePasse), 200, "/compte/second-facteur")
	attendre(t, c.Lire(t, "/personnes"), 200, "/compte/second-facteur")
	m.Proprietaire.Secret = m.DonnerFacteur(t, m.Proprietaire.Compte)
	attendre(t, c.Lire(t, "/personnes"), 200, "/personnes")
	if p := c.Lire(t, "/compte/second-facteur/retrait"); !strings.Contains(p.Corps, "Changer de second facteur") {
		t.Error(p.Corps)
	}
	attendre(t, c.Poster(t, "/compte/second-facteur/retrait", "actuel", essai.MotDePasse, "code", m.Code(t, m.Proprietaire.Secret)), 200, "/compte/second-facteur")
}

// A browser is known to five people: a sixth has it forget who has not signed in for the longest time.
func TestBrowserKnowsFivePeople(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	c := m.Client(t, m.Serveur(t).URL)
	var gens []essai.Personne
	for i := range 6 {
		gens = append(gens, m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, fmt.Sprintf("poste%d@exemple.invalid", i)))
	}
	entrer := func(qui essai.Personne, nouveau int) {
		t.Helper()
		m.Horloge.Avancer(time.Hour)
		avant := m.NombreCourriels(qui.Courriel)
		attendre(t, c.Poster(t, "/connexion", "courriel", qui.Courriel, "motdepasse", essai.MotDePasse), 200, "/")
		if n := m.NombreCourriels(qui.Courriel) - avant; n != nouveau {
			t.Errorf("%s hears %d times of a new browser, want %d", qui.Courriel, n, nouveau)
		}
		c.Poster(t, "/deconnexion")
	}
	for _, p := range gens[:5] {
		entrer(p, 1)
	}
	entrer(gens[0], 0) // the second is now who has not come for the longest time
	entrer(gens[5], 1)
	for _, p := range []essai.Personne{gens[2], gens[3], gens[4], gens[0], gens[5]} {
		entrer(p, 0)
	}
	entrer(gens[1], 1)
}
