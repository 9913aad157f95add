package suivi_test

import (
	"fmt"
	"regexp"
	"testing"

	dbessai "guichet/internal/portail/db/essai"
)

// A place in a list that is none, in an address that somebody typed or cut short, is the beginning of the list.
func TestPlacesThatAreNone(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.deposer(t, f, "x.json", 1, 70)
	c := navigateurDe(t, m.site(t, f), "moi")
	numeros := func(chemin string) (lus []string) {
		t.Helper()
		p := c.lire(chemin)
		attendre(t, p, 200, chemin)
		for _, l := range regexp.MustCompile(`/demandes/(ASP-\d+-\d+)"`).FindAllStringSubmatch(p.corps, -1) {
			lus = append(lus, l[1])
		}
		return lus
	}
	debut := numeros("/demandes")
	suite := numeros(fmt.Sprintf("/demandes?apres=%d.%d", d, 70-len(debut)))
	if len(debut) == 0 || len(suite) == 0 || debut[0] == suite[0] {
		t.Fatalf("%s, then %s", debut, suite)
	}
	for _, place := range []string{"7", "7.", ".7", "x.7", "1.x", "x", ".", "1-7", "1.99999999999", "99999999999999999999.1", "9.", "-", "1.2.3"} {
		for _, nom := range []string{"apres", "avant"} {
			if lus := numeros("/demandes?" + nom + "=" + place); len(lus) != len(debut) || lus[0] != debut[0] {
				t.Errorf("%s=%s begins with %.40s, want %s", nom, place, lus, debut[0])
			}
		}
	}
}
