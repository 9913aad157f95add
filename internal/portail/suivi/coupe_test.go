package suivi

import (
	"io"
	"strings"
	"testing"

	"guichet/modele"
)

// An export that ends before its list does says so; one that has all of it does not.
func TestCutExportsSaySo(t *testing.T) {
	t.Parallel()
	for _, f := range formats {
		for _, fin := range []error{errCoupe, io.EOF} {
			var b strings.Builder
			restent := 2
			err := f.ecrire(&b, modele.Francais, func() (*Demande, error) {
				if restent == 0 {
					return nil, fin
				}
				restent--
				return &Demande{}, nil
			})
			dit := strings.Contains(b.String(), "cet export s'arrête à 2 lignes") || strings.HasSuffix(b.String(), "],\"suite\":true}\n")
			if f.code != "xlsx" && dit != (fin == errCoupe) || err != nil {
				t.Errorf("%s, %v: said %t, %v\n%s", f.code, fin, dit, err, b.String())
			}
		}
	}
}
