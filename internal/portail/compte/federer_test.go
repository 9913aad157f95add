package compte_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/federe"
	federeessai "guichet/internal/portail/federe/essai"
)

// avecAnnuaire is a world whose agency has an identity provider, which knows an examiner.
func avecAnnuaire(t *testing.T, b *db.Base, forts ...string) (m *essai.Monde, a *federeessai.Annuaire, site string, agent essai.Personne, traces func() []string) {
	t.Helper()
	m, site, traces = avecCles(t, b)
	agent = m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "ines@agence.invalid")
	agent.Secret = m.DonnerFacteur(t, agent.Compte)
	a = federeessai.Nouveau(t, m.Horloge.Maintenant, "sujet-ines", agent.Courriel)
	relier(m, a, site, forts...)
	return m, a, site, agent, traces
}

func relier(m *essai.Monde, a *federeessai.Annuaire, site string, forts ...string) {
	m.Service.Federation = federe.Nouvelle(federe.Config{Emetteur: a.URL, Client: a.Client, Secret: a.Secret, Libelle: "Compte Agence", Forts: forts}, site+compte.CheminRetour, m.Horloge.Maintenant)
}

// pas asks for an address as a browser does that follows nothing, and is where it is sent.
func pas(t *testing.T, c *essai.Client, adresse string) (vers string) {
	t.Helper()
	suivre := *c.Client
	suivre.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	r, err := suivre.Get(adresse)
	if err != nil {
		t.Fatal(err)
	}
	_ = r.Body.Close()
	return r.Header.Get("Location")
}

// The agency's provider lets an examiner in: by the verified address the first time, of which a mail tells, and then by its own name
// for the person, whatever the address; the local second factor is asked for, and what matters still asks for the password. It opens
// nothing of a supplier's.
// ASVS 6.8.1, 10.5.2: the person is the provider and its name for that person, together.
func TestFederation(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, site, p, _ := avecAnnuaire(t, b)
		m.DonnerRole(t, p.Compte, m.Fournisseur, compte.Proprietaire)
		c := m.Client(t, site)
		attendre(t, c.Lire(t, "/connexion?suite=/personnes"), 200, "/connexion?suite=/personnes", "Compte Agence", `href="/connexion/agence?suite=`)
		attendre(t, c.Lire(t, "/connexion/agence?suite=/compte"), 200, "/connexion/code?suite=%2Fcompte")
		dehors(t, c)
		if x := m.DernierCourriel(t, p.Courriel); !strings.Contains(x.Texte, "Compte Agence") {
			t.Error(x.Texte)
		}
		attendre(t, c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret), "suite", "/compte"), 200, "/compte", "Lié depuis le")
		attendre(t, c.Lire(t, "/compte/mot-de-passe"), 200, "/confirmer?suite=%2Fcompte%2Fmot-de-passe")
		attendre(t, c.Lire(t, "/personnes"), 404, "/personnes") // of the supplier
		if page := c.Lire(t, "/agir-pour"); strings.Contains(page.Corps, "ÉDITEUR") {
			t.Error("a supplier is offered")
		}
		c.Poster(t, "/agir-pour", "pour", id(m.Fournisseur)+"-0")
		attendre(t, c.Lire(t, "/personnes"), 404, "/personnes")

		a.Revendications["email"], a.Revendications["email_verified"] = "autre@agence.invalid", false
		a.Infos = map[string]any{"sub": "sujet-ines"}
		d := m.Client(t, site)
		attendre(t, d.Lire(t, "/connexion/agence"), 200, "/connexion/code")
		if n := m.NombreCourriels("autre@agence.invalid"); n != 0 {
			t.Error("a mail to an address that nobody verified")
		}

		attendre(t, c.Poster(t, "/confirmer", "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, p.Secret)), 200, "/compte")
		attendre(t, c.Poster(t, "/compte/agence/retrait"), 200, "/compte/agence/retrait", "Délier votre compte")
		attendre(t, c.Poster(t, "/compte/agence/retrait", "acte", "faire"), 200, "/compte", "délié de la connexion")
		attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion", "vérifiée")
	})
}

// Where the settings say how the provider tells that it has asked for two factors, it is enough: also for who has none here.
// ASVS 6.8.4: by what the token says.
func TestFederationStrong(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, site, _, _ := avecAnnuaire(t, b, "amr=mfa", "acr=deux")
		nu := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "nu@agence.invalid")
		for _, x := range []struct {
			nom     string
			contenu any
			chemin  string
		}{
			{"amr", []string{"pwd", "mfa"}, "/"}, {"acr", "deux", "/"},
			{"amr", []string{"pwd"}, "/connexion/code"}, {"acr", "un", "/connexion/code"}, {"acr", "", "/connexion/code"},
		} {
			a.Revendications["amr"], a.Revendications["acr"] = []string{}, ""
			a.Revendications[x.nom] = x.contenu
			attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, x.chemin)
		}
		a.Revendications = map[string]any{"sub": "sujet-nu", "email": nu.Courriel, "email_verified": "true", "amr": []string{"mfa"}}
		c := m.Client(t, site)
		attendre(t, c.Lire(t, "/connexion/agence"), 200, "/")
		dedans(t, c)
		delete(a.Revendications, "amr")
		c = m.Client(t, site)
		attendre(t, c.Lire(t, "/connexion/agence"), 200, "/confirmer?suite=%2Fcompte%2Fsecond-facteur") // one is to be set up, by who knows the password
	})
}

// Who is not let in is told why, and leaves a trace; nothing is opened nor tied.
// ASVS 6.8.2, 10.1.2, 10.2.2, 10.5.1, 10.5.4: each attack is refused.
func TestFederationRefused(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, site, p, traces := avecAnnuaire(t, b)
		ferme := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "ferme@agence.invalid")
		if err := m.FermerCompte(t.Context(), compte.Mesure{Par: compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}, Compte: ferme.Compte, Motif: "x"}); err != nil {
			t.Fatal(err)
		}
		autreCle, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		sans := func(octets []byte) string {
			return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(octets) + "."
		}
		vrai := a.Revendications
		for _, x := range []struct {
			quoi  string
			cause federe.Cause
			faire func()
		}{
			{"a state of nobody", federe.Etat, func() { a.Reponse = url.Values{"state": {"rien"}} }},
			{"no state", federe.Etat, func() { a.Reponse = url.Values{"state": {""}} }},
			{"the answer of another provider", federe.Emetteur, func() { a.Reponse = url.Values{"iss": {"https://ailleurs.invalid"}} }},
			{"an answer that does not say whose it is", federe.Emetteur, func() { a.Reponse = url.Values{"iss": {""}} }},
			{"the person stops", federe.Abandon, func() { a.Reponse = url.Values{"error": {"access_denied"}, "code": {""}} }},
			{"a code that is none", federe.Code, func() { a.Reponse = url.Values{"code": {"rien"}} }},
			{"another nonce", federe.Nonce, func() { a.Revendications["nonce"] = "rien" }},
			{"no nonce", federe.Nonce, func() { a.Revendications["nonce"] = "" }},
			{"for another client", federe.Jeton, func() { a.Revendications["aud"] = "autre" }},
			{"for others, too", federe.Jeton, func() { a.Revendications["aud"] = []string{a.Client, "autre"} }},
			{"made for another", federe.Jeton, func() { a.Revendications["azp"] = "autre" }},
			{"run out", federe.Jeton, func() { a.Revendications["exp"] = m.Horloge.Maintenant().Add(-time.Second).Unix() }},
			{"of another provider", federe.Jeton, func() { a.Revendications["iss"] = "https://ailleurs.invalid" }},
			{"of nobody", federe.Jeton, func() { a.Revendications["sub"] = "" }},
			{"unsigned", federe.Jeton, func() { a.Signer = sans }},
			{"signed with the secret that we share", federe.Jeton, func() {
				a.Signer = func(o []byte) string { return a.Signe(o, jose.HS256, []byte(a.Secret+a.Secret)) }
			}},
			{"signed by another", federe.Jeton, func() { a.Signer = func(o []byte) string { return a.Signe(o, jose.ES256, autreCle) } }},
			{"no token", federe.Jeton, func() { a.Signer = func([]byte) string { return "" } }},
			{"an address that is not verified", federe.Courriel, func() { a.Revendications["email_verified"] = false }},
			{"an address that nobody speaks of", federe.Courriel, func() { delete(a.Revendications, "email_verified") }},
			{"an address of no account", federe.Inconnu, func() { a.Revendications["email"] = "inconnu@agence.invalid" }},
			{"a supplier's person", federe.Inconnu, func() { a.Revendications["email"] = m.Proprietaire.Courriel }},
			{"a closed account", federe.Inconnu, func() { a.Revendications["email"] = ferme.Courriel }},
		} {
			a.Reponse, a.Signer, a.Infos = nil, nil, map[string]any{"sub": "sujet-ines"}
			a.Revendications = map[string]any{}
			for nom, v := range vrai {
				a.Revendications[nom] = v
			}
			x.faire()
			avant, c := len(traces()), m.Client(t, site)
			page := c.Lire(t, "/connexion/agence")
			attendre(t, page, 200, "/connexion")
			if vues := traces(); len(vues) != avant+1 || vues[avant] != "federation.refusee "+string(x.cause) {
				t.Errorf("%s: traces %v", x.quoi, vues[avant:])
			}
			if !strings.Contains(page.Corps, "Compte Agence") || strings.Contains(page.Corps, "agence.invalid") {
				t.Errorf("%s: %s", x.quoi, page.Corps)
			}
			dehors(t, c)
			m.Horloge.Avancer(time.Minute)
		}
		a.Reponse, a.Signer, a.Revendications = nil, nil, vrai
		attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion/code")
		a.Revendications = map[string]any{"sub": "un-autre", "email": p.Courriel, "email_verified": true}
		attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion", "déjà lié à une autre personne")
	})
}

// A way back is taken once, by the browser that was sent, within ten minutes; and leads nowhere but into the counter.
// ASVS 10.1.2, 10.2.1: another browser cannot be made to come in.
func TestFederationWayBack(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, _, site, _, _ := avecAnnuaire(t, b, "amr=mfa")
		partir := func(c *essai.Client, suite string) string {
			return pas(t, c, pas(t, c, site+"/connexion/agence"+suite))
		}
		c := m.Client(t, site)
		retour := partir(c, "")
		var cookie string
		for _, k := range c.Cookies(t) {
			if k.Name == "guichet-depart" {
				cookie = k.Value
			}
		}
		autre := m.Client(t, site)
		if vers := pas(t, autre, retour); vers != "/connexion" {
			t.Errorf("another browser: %s", vers)
		}
		if vers := pas(t, c, retour); vers != "/connexion/code" {
			t.Errorf("the browser that was sent: %s", vers)
		}
		if vers := pas(t, c, retour); vers != "/connexion" {
			t.Errorf("once more: %s", vers)
		}
		autre.Poser(t, "guichet-depart", cookie)
		if vers := pas(t, autre, retour); vers != "/connexion" {
			t.Errorf("once more, with what was sealed: %s", vers)
		}
		dehors(t, autre)
		c = m.Client(t, site)
		retour = partir(c, "")
		m.Horloge.Avancer(10 * time.Minute)
		if vers := pas(t, c, retour); vers != "/connexion" {
			t.Errorf("too late: %s", vers)
		}
		for _, suite := range []string{"//ailleurs.invalid", "https://ailleurs.invalid", `/\ailleurs.invalid`, "javascript:alert(1)"} {
			c = m.Client(t, site)
			if vers := pas(t, c, partir(c, "?suite="+url.QueryEscape(suite))); vers != "/connexion/code" {
				t.Errorf("%s: leads to %s", suite, vers)
			}
		}
	})
}

// A provider that is away, or is another than it says, is told; people sign in with their password, and it is asked again soon.
// ASVS 10.5.3, 16.5.2: the counter goes on without its identity provider.
func TestFederationAway(t *testing.T) {
	t.Parallel()
	m, a, site, p, traces := avecAnnuaire(t, dbessai.SQLite(t))
	a.Publie = map[string]any{"issuer": "https://ailleurs.invalid"}
	attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion", "ne répond pas")
	a.Publie = nil
	attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion", "ne répond pas")
	m.Horloge.Avancer(6 * time.Second)
	attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion/code")
	c := m.Client(t, site)
	retour := pas(t, c, pas(t, c, site+"/connexion/agence"))
	a.Close()
	if vers := pas(t, c, retour); vers != "/connexion" {
		t.Error(vers)
	}
	if vues := traces(); !slices.Contains(vues, "federation.refusee absent") {
		t.Error(vues)
	}
	m.Connecte(t, site, p)
	m.Service.Federation = federe.Nouvelle(federe.Config{Emetteur: a.URL, Client: "x", Secret: "y"}, site, m.Horloge.Maintenant)
	attendre(t, m.Client(t, site).Lire(t, "/connexion?lang=en"), 200, "/connexion", "Sign in through the agency's account")
	m.Service.Federation = nil
	for _, chemin := range []string{"/connexion/agence", "/connexion/agence/retour"} {
		attendre(t, m.Client(t, site).Lire(t, chemin), 200, "/connexion")
	}
}

// A token without an address is completed by what the provider says when it is asked, of the same person.
func TestFederationAsksForTheAddress(t *testing.T) {
	t.Parallel()
	m, a, site, p, _ := avecAnnuaire(t, dbessai.SQLite(t))
	a.Revendications = map[string]any{"sub": "sujet-ines"}
	a.Infos = map[string]any{"sub": "un-autre", "email": p.Courriel, "email_verified": true}
	attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion", "n'a pas été acceptée")
	a.Infos = map[string]any{"sub": "sujet-ines", "email": p.Courriel, "email_verified": true}
	attendre(t, m.Client(t, site).Lire(t, "/connexion/agence"), 200, "/connexion/code")
}

// Who has lost the session in the middle of a form signs in at the provider beside it, and goes on with what was typed.
func TestFederationKeepsWhatWasTyped(t *testing.T) {
	t.Parallel()
	m, _, site, p, _ := avecAnnuaire(t, dbessai.SQLite(t), "amr=mfa")
	c := m.Connecte(t, site, p)
	adresse := action(t, c.Lire(t, "/compte"), "/compte")
	c.Poster(t, "/deconnexion")
	page := c.Poster(t, adresse, "nom", "Nom tout neuf", "langue", "fr")
	attendre(t, page, 403, adresse, "dans un autre onglet")
	saisie := saisie(t, page)
	attendre(t, c.Poster(t, "/connexion", "saisie", saisie, "reprendre", "oui"), 422, "/connexion", "pas encore connecté")
	c.Lire(t, "/connexion/agence")
	c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret))
	attendre(t, c.Poster(t, "/connexion", "saisie", saisie, "reprendre", "oui"), 200, "/compte", "Nom tout neuf")
}
