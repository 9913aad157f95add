package portail

import (
	"testing"

	"guichet/internal/portail/compte"
)

// Each role has five entries at most, and two menus of things.
func TestMenu(t *testing.T) {
	t.Parallel()
	for _, role := range []compte.Role{compte.Proprietaire, compte.Deposant, compte.Lecteur, compte.Administrateur} {
		i := compte.Identite{Compte: 1, Role: role}
		if role != compte.Administrateur {
			i.Fournisseur = 1
		}
		v, ok := compte.Visiteur(menu)(compte.Avec(t.Context(), i))
		if !ok || len(v.Menu) > 5 || len(v.Groupes) != 2 {
			t.Errorf("%s: %d entries, %d menus", role, len(v.Menu), len(v.Groupes))
		}
	}
}
