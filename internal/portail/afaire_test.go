package portail

import (
	"strings"
	"testing"

	"guichet/internal/portail/compte"
)

// The agency's home says how to begin, then what waits: the request of a supplier, a job that failed.
func TestHomeOfTheAgency(t *testing.T) {
	t.Parallel()
	m := nouveauMonde(t, "")
	admin := m.gens.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	admin.Secret = m.gens.DonnerFacteur(t, admin.Compte)
	c := m.entrer(t, admin)
	veut := func(textes ...string) {
		t.Helper()
		page := c.Ouvrir("/accueil").Corps
		for _, x := range textes {
			if !strings.Contains(page, x) {
				t.Errorf("no %q in\n%s", x, page)
			}
		}
	}
	veut("Pour commencer", m.Adresse+"/enrolement", `href="/referentiels"`)
	f, chef, _, _ := m.fournir(t, "A", 1)
	m.agence(t, f, chef)
	m.executer(t, `UPDATE river_job SET state = 'discarded', finalized_at = created_at WHERE id = (SELECT MIN(id) FROM river_job)`)
	veut(`<a href="/enrolements?etat=demande">1 demande de fournisseur à examiner</a>`, `<a href="/travaux">1 travail en échec</a>`, "Où en sont les demandes")
}
