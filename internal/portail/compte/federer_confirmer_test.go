package compte_test

import (
	"context"
	"database/sql"
	"net/url"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/federe"
	federeessai "guichet/internal/portail/federe/essai"
)

// chefVenu is a world whose administrator has signed in at the agency's provider; facteur for one who has a second factor here.
func chefVenu(t *testing.T, b *db.Base, facteur bool, forts ...string) (m *essai.Monde, a *federeessai.Annuaire, chef essai.Personne, c *essai.Client, traces func() []string) {
	t.Helper()
	m, site, traces := avecCles(t, b)
	chef = m.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "ada@agence.invalid")
	if facteur {
		chef.Secret = m.DonnerFacteur(t, chef.Compte)
	}
	a = federeessai.Nouveau(t, m.Horloge.Maintenant, "sujet-ada", chef.Courriel)
	relier(m, a, site, forts...)
	return m, a, chef, venir(t, m, site, chef), traces
}

// venir signs a person in at the provider.
func venir(t *testing.T, m *essai.Monde, site string, p essai.Personne) *essai.Client {
	t.Helper()
	c := m.Client(t, site)
	c.Lire(t, "/connexion/agence")
	if p.Secret != "" {
		c.Poster(t, "/connexion/code", "code", m.Code(t, p.Secret))
	}
	dedans(t, c)
	return c
}

const (
	sensible  = "/compte/second-facteur/secours"
	confirmer = "/confirmer?suite=%2Fcompte%2Fsecond-facteur%2Fsecours"
	parLa     = "/confirmer/agence?suite=%2Fcompte%2Fsecond-facteur%2Fsecours"
)

// Who came from the provider may be sure there again: it asks once more, the second factor of the counter follows, and what was typed
// in the form waits. It holds ten minutes, from when the provider asked.
// ASVS 7.5.1, 10.2.2.
func TestConfirmedAtTheProvider(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, _, chef, c, _ := chefVenu(t, b, true)
		adresse := action(t, c.Lire(t, "/personnes"), "/personnes")
		typees := []string{"nom", "Bo <Exemple>", "courriel", "bo@agence.invalid", "role", "instructeur"}
		page := c.Poster(t, adresse, typees...)
		attendre(t, page, 403, adresse, `href="/confirmer/agence?suite=%2Fpersonnes"`, "Confirmer par Compte Agence", `name="confirme-motdepasse"`)
		page = c.Lire(t, "/confirmer/agence?suite=%2Fpersonnes")
		attendre(t, page, 200, "/confirmer?suite=%2Fpersonnes", "Il reste le second facteur du guichet", `name="confirme-code"`)
		if strings.Contains(page.Corps, "confirme-motdepasse") {
			t.Error("the password is asked for, too")
		}
		attendre(t, c.Lire(t, "/compte/adresse"), 200, "/confirmer?suite=%2Fcompte%2Fadresse") // not sure yet
		attendre(t, c.Poster(t, "/confirmer", "suite", "/personnes", "confirme-code", "000000"), 422, "/confirmer", "Il reste le second facteur")
		attendre(t, c.Poster(t, "/confirmer", "suite", "/personnes", "confirme-code", ""), 422, "/confirmer")
		if m.NombreCourriels("bo@agence.invalid") != 0 {
			t.Error("the act was done before")
		}
		m.Horloge.Avancer(time.Minute)
		page = c.Poster(t, "/confirmer", "suite", "/personnes", "confirme-code", m.Code(t, chef.Secret))
		attendre(t, page, 200, "/personnes", "Bo &lt;Exemple&gt;", `value="bo@agence.invalid"`)
		attendre(t, c.Poster(t, action(t, page, "/personnes"), typees...), 200, "/personnes")
		if m.NombreCourriels("bo@agence.invalid") != 1 {
			t.Error("the act was not done")
		}
		m.Horloge.Avancer(8*time.Minute + 28*time.Second) // the code took ninety seconds: the provider asked ten minutes ago, less two
		attendre(t, c.Lire(t, sensible), 200, sensible)
		m.Horloge.Avancer(2 * time.Second)
		attendre(t, c.Lire(t, sensible), 200, confirmer)
		c.Lire(t, parLa)
		m.Horloge.Avancer(10 * time.Minute) // the code does not come in time: all over again
		attendre(t, c.Poster(t, "/confirmer", "suite", sensible, "confirme-code", m.Code(t, chef.Secret)), 422, "/confirmer", "confirme-motdepasse")
		attendre(t, c.Poster(t, "/confirmer", "suite", sensible, "confirme-motdepasse", essai.MotDePasse, "confirme-code", m.Code(t, chef.Secret)), 200, sensible)
	})
}

// A form that is sent with the code alone, once the provider has asked, goes on at once. Two factors asked for there are enough, as
// they are at the sign-in; and who has no password here is offered nothing else.
func TestConfirmedAtTheProviderAlone(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, chef, c, _ := chefVenu(t, b, true, "amr=mfa")
		err := m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE compte SET mot_de_passe = '' WHERE id = $1`, chef.Compte)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		page := c.Lire(t, sensible)
		attendre(t, page, 200, confirmer, "Confirmer par Compte Agence")
		if strings.Contains(page.Corps, "confirme-") {
			t.Error("a password is asked for that nobody has")
		}
		attendre(t, c.Poster(t, "/confirmer", "confirme-motdepasse", ""), 422, "/confirmer")
		c.Lire(t, "/confirmer/agence")
		typees := []string{"nom", "Bo", "courriel", "bo@agence.invalid", "role", "instructeur"}
		attendre(t, c.Poster(t, "/personnes", typees...), 403, "/personnes", `name="courriel" value="bo@agence.invalid"`, `name="confirme-code"`)
		m.Horloge.Avancer(time.Minute)
		attendre(t, c.Poster(t, "/personnes", append(typees, "confirme-code", m.Code(t, chef.Secret))...), 200, "/personnes", "bo@agence.invalid")
		m.Horloge.Avancer(10 * time.Minute)
		a.Revendications["amr"] = []string{"mfa"}
		attendre(t, c.Lire(t, sensible), 200, confirmer)
		attendre(t, c.Lire(t, parLa), 200, sensible)
		m.Horloge.Avancer(10 * time.Minute)
		m.Service.Federation = nil
		attendre(t, c.Lire(t, sensible), 200, confirmer, "Votre compte n'a pas de mot de passe")
		attendre(t, c.Lire(t, parLa), 200, confirmer)
	})
}

// Each answer that does not show that this very person was asked again, just now, for this session, makes nobody sure, says why, and
// leaves a trace.
// ASVS 10.1.2, 10.2.1, 10.5.1: another person, an old answer, another session.
func TestConfirmationRefused(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, _, c, traces := chefVenu(t, b, true, "amr=mfa")
		ines := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "ines@agence.invalid")
		a.Revendications = map[string]any{"sub": "sujet-ines", "email": ines.Courriel, "email_verified": true, "amr": []string{"mfa"}}
		autre := venir(t, m, c.Adresse(""), ines)
		vrai := map[string]any{"sub": "sujet-ada", "amr": []string{"mfa"}}
		for _, x := range []struct {
			quoi  string
			cause federe.Cause
			dit   string
			faire func()
		}{
			{"another person", federe.Autre, "une autre personne", func() { a.Revendications["sub"] = "sujet-ines" }},
			{"somebody unknown here", federe.Autre, "une autre personne", func() { a.Revendications["sub"] = "personne" }},
			{"asked before", federe.Ancien, "demandée de nouveau", func() { a.Revendications["auth_time"] = m.Horloge.Maintenant().Add(-2 * time.Minute).Unix() }},
			{"asked in the future", federe.Ancien, "demandée de nouveau", func() { a.Revendications["auth_time"] = m.Horloge.Maintenant().Add(2 * time.Minute).Unix() }},
			{"no word of when", federe.Ancien, "demandée de nouveau", func() { a.Revendications["auth_time"] = nil }},
			{"words of when", federe.Ancien, "demandée de nouveau", func() { a.Revendications["auth_time"] = "maintenant" }},
			{"another state", federe.Etat, "n'a pas été acceptée", func() { a.Reponse = url.Values{"state": {"rien"}} }},
			{"another nonce", federe.Nonce, "n'a pas été acceptée", func() { a.Revendications["nonce"] = "rien" }},
			{"the person stops", federe.Abandon, "interrompue", func() { a.Reponse = url.Values{"error": {"access_denied"}, "code": {""}} }},
			{"nobody can be asked", federe.Abandon, "interrompue", func() { a.Reponse = url.Values{"error": {"login_required"}, "code": {""}} }},
			{"a code that is none", federe.Code, "n'a pas été acceptée", func() { a.Reponse = url.Values{"code": {"rien"}} }},
		} {
			a.Reponse, a.Revendications = nil, map[string]any{}
			for nom, v := range vrai {
				a.Revendications[nom] = v
			}
			x.faire()
			avant := len(traces())
			attendre(t, c.Lire(t, parLa), 200, confirmer, "Compte Agence", x.dit)
			if vues := traces(); len(vues) != avant+1 || vues[avant] != "federation.refusee "+string(x.cause) {
				t.Errorf("%s: traces %v", x.quoi, vues[avant:])
			}
			attendre(t, c.Lire(t, sensible), 200, confirmer)
		}
		a.Reponse, a.Revendications = nil, vrai
		partir := func(c *essai.Client) string { return pas(t, c, pas(t, c, c.Adresse(parLa))) }
		retour := partir(c)
		for _, k := range c.Cookies(t) {
			if k.Name == "guichet-depart" {
				autre.Poser(t, k.Name, k.Value)
			}
		}
		if vers := pas(t, autre, retour); vers != confirmer {
			t.Errorf("another session: %s", vers)
		}
		attendre(t, autre.Lire(t, sensible), 200, confirmer)
		if vers := pas(t, c, retour); vers != sensible {
			t.Errorf("the session that was sent: %s", vers)
		}
		m.Horloge.Avancer(10 * time.Minute)
		if vers := pas(t, c, retour); vers != "/connexion" {
			t.Errorf("once more: %s", vers)
		}
		attendre(t, c.Lire(t, sensible), 200, confirmer)
		dehors := m.Client(t, c.Adresse(""))
		if vers := pas(t, dehors, dehors.Adresse("/confirmer/agence")); !strings.HasPrefix(vers, "/connexion") {
			t.Errorf("nobody is sent to %s", vers)
		}
	})
}

// A provider that is away is told beside the other way; a session that began with the password, or a person who acts for a supplier,
// too, is not sure by the provider.
func TestConfirmationAtTheProviderIsTheAgencys(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m, a, chef, c, _ := chefVenu(t, b, true)
		d := m.Connecte(t, c.Adresse(""), chef)
		m.Horloge.Avancer(10 * time.Minute)
		page := d.Lire(t, sensible)
		attendre(t, page, 200, confirmer)
		if strings.Contains(page.Corps, "/confirmer/agence") {
			t.Error("offered to who gave the password")
		}
		attendre(t, d.Lire(t, parLa), 200, confirmer)
		retour := pas(t, c, pas(t, c, c.Adresse(parLa)))
		a.Close()
		if vers := pas(t, c, retour); vers != confirmer { // it went away meanwhile
			t.Error(vers)
		}
		attendre(t, c.Lire(t, confirmer), 200, confirmer, "ne répond pas", "rien n'est perdu", `name="confirme-motdepasse"`)
		relier(m, a, c.Adresse("")) // a counter that has not found it yet
		attendre(t, c.Lire(t, parLa), 200, confirmer, "ne répond pas", "rien n'est perdu", `name="confirme-motdepasse"`)
		m.DonnerRole(t, chef.Compte, m.Fournisseur, compte.Proprietaire)
		if page := c.Lire(t, sensible); strings.Contains(page.Corps, "/confirmer/agence") {
			t.Error("offered to who acts for a supplier")
		}
	})
}
