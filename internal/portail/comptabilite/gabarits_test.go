package comptabilite

import (
	"testing"

	"guichet/internal/portail/web"
	"guichet/internal/portail/web/essai"
)

// Each page's type and its template agree, in all branches.
func TestTemplates(t *testing.T) {
	t.Parallel()
	essai.Gabarits(t, gabarits(), map[string]web.UnePage{"comptes.html": &pageComptes{}, "poste.html": &pagePoste{}, "demande.html": &pageDemande{}})
}
