package portail

import (
	"net/url"
	"testing"

	"guichet/internal/portail/compte"
	compteessai "guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
)

// The second factor of the last administrator is taken away from outside while the counter is open: the session ends,
// a mail goes out, the password leads to a new second factor.
func TestLastAdministratorComesBack(t *testing.T) {
	t.Parallel()
	for nom, base := range map[string]func(testing.TB) string{"sqlite": func(testing.TB) string { return "" }, "postgres": dbessai.AdressePostgres} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			m := nouveauMonde(t, base(t))
			admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
			admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
			c := m.entrer(t, admin)
			courriels := func() (n int) {
				if err := m.base.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM river_job WHERE kind = 'courriel'`).Scan(&n); err != nil {
					t.Fatal(err)
				}
				return n
			}
			avant := courriels()
			if err := LeverFacteur(t.Context(), m.Config, admin.Courriel, "téléphone perdu"); err != nil {
				t.Fatal(err)
			}
			if n := courriels(); n != avant+1 {
				t.Errorf("%d mails", n-avant)
			}
			if r := c.Demander("GET", "/personnes", nil); r.Entetes.Get("Location") != "/connexion?suite=%2Fpersonnes" {
				t.Errorf("the session lives: %d", r.Etat)
			}
			c.Demander("POST", "/connexion", url.Values{"courriel": {admin.Courriel}, "motdepasse": {compteessai.MotDePasse}})
			if r := c.Demander("GET", "/compte/second-facteur", nil); r.Etat != 200 {
				t.Errorf("no new second factor: %d", r.Etat)
			}
		})
	}
}
