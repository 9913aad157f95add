package valeur

import (
	"strings"
	"testing"
)

// Each text of the list is found, as it stands there and in capitals: what tells texts apart before they are looked up
// loses none.
func TestWholeListIsFound(t *testing.T) {
	t.Parallel()
	for mot, want := range remplissages {
		for _, texte := range []string{mot, strings.ToUpper(mot)} {
			if len(texte) > maxRemplissage {
				t.Errorf("%q is longer than maxRemplissage", texte)
			}
			if got := Remplir([]byte(texte)); got != want {
				t.Errorf("%q: %d, want %d", texte, got, want)
			}
		}
	}
}
