package portail

import (
	"testing"

	"guichet/internal/navigateur"
)

// The accounts of the example close. An accountant follows a number to its demandes, and one of them to its entries, with script and without.
func TestAccountsOfTheExample(t *testing.T) {
	if testing.Short() {
		t.Skip("a browser test: not in -short")
	}
	t.Parallel()
	site, p, comptes := exposer(t)
	v, err := p.livres.Verifier(t.Context())
	if err != nil || v.Ecritures == 0 {
		t.Fatalf("%+v, %v", v, err)
	}
	for nom, sans := range map[string]bool{"script": false, "sans": true} {
		x := navigateur.Start(t).Visiter(t, site.URL, "comptes-"+nom, navigateur.View{Width: 320, Height: 800, Dark: sans}, sans)
		x.Aller("/connexion?lang=fr")
		entrer(t, x.Page, compteDe(comptes, "comptable@"))
		x.Aller("/comptes")
		x.Voir("soldes", "Comptes")
		x.Suivre(t, `a[href="/comptes/postes/accorde"]`)
		x.Voir("poste", "Accordé")
		x.Suivre(t, `a[href^="/comptes/demandes/"]`)
		x.Voir("demande", "Comptes de")
	}
}
