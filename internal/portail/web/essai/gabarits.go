package essai

import (
	"testing"

	"github.com/jba/templatecheck"

	"guichet/internal/portail/web"
	"guichet/modele"
)

// Gabarits checks each template of a feature against the type of its page, all branches: pages holds, by the
// name of the file, a pointer to the struct. A template without its page fails.
func Gabarits(t *testing.T, jeu web.Jeu, pages map[string]web.UnePage) {
	t.Helper()
	for nom, gabarit := range jeu {
		p, ok := pages[nom]
		if !ok {
			t.Errorf("%s has no page", nom)
			continue
		}
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			if err := templatecheck.CheckHTML(gabarit.Intact(l), p); err != nil {
				t.Errorf("%s: %v", nom, err)
			}
		}
	}
	for nom := range pages {
		if _, ok := jeu[nom]; !ok {
			t.Errorf("there is no template %s", nom)
		}
	}
}
