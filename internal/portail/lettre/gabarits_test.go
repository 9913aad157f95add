package lettre

import (
	"testing"

	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// Each page's type and its template agree, in all branches.
func TestTemplates(t *testing.T) {
	t.Parallel()
	essai.Gabarits(t, gabarits(), map[string]web.UnePage{
		"modeles.html": &pageModeles{}, "modele.html": &pageModele{}, "version.html": &pageVersion{}, "reglages.html": &pageReglages{},
		"travail.html": &pageTravail{}, "lettres.html": &pageLettres{}, "lettre.html": &pageLettre{}, "edition.html": &pageEdition{}, "accord.html": &pageAccord{},
	})
}
