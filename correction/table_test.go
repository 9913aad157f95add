package correction_test

import (
	"bytes"
	"testing"

	"guichet/controle"
	"guichet/correction"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// What is no JSON is left as it is: without its byte order mark, a table loses its accents in a spreadsheet.
func TestTableGardeSaMarque(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"\ufeffreferenceCommande;nom\r\nCMD-1;DUPRÉ\r\n", "\ufeff", "\ufeff{\"a\": 1"} {
		r := correction.Corriger(ms1dui.Courante(), []byte(texte), controle.Options{}, jsondoc.Limits{}, false)
		if !bytes.Equal(r.Octets, []byte(texte)) || len(r.Faites) > 0 {
			t.Errorf("%q became %q: %d repairs", texte, r.Octets, len(r.Faites))
		}
	}
}
