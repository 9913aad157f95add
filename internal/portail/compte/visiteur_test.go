package compte_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
)

// A menu that would open on nothing is not there: who may do nothing for the company but read has none of the company.
func TestNoMenuIsEmpty(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	site := m.Serveur(t).URL
	for _, x := range []struct {
		qui essai.Personne
		nom string
		la  bool
	}{{m.Proprietaire, "Entreprise", true}, {m.Lecteur, "Entreprise", false}, {m.Administrateur, "Administration", true}, {m.Lecteur, "Mon compte", true}} {
		page := m.Connecte(t, site, x.qui).Lire(t, "/compte").Corps
		if strings.Contains(page, "<summary>"+x.nom+"</summary>") != x.la {
			t.Errorf("%s: the menu %q is there: %t", x.qui.Courriel, x.nom, !x.la)
		}
	}
}
