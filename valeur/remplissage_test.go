package valeur_test

import (
	"strings"
	"testing"

	"guichet/valeur"
)

// What people write where they have no value, in any case of letters, and what only begins like it.
func TestRemplir(t *testing.T) {
	t.Parallel()
	for want, mots := range map[valeur.Remplissage]string{
		valeur.Rien:      "- -- — / n/a N/A null NULL … ... . aucun S/O",
		valeur.RienOuNom: "n.c. NC N.C. néant NÉANT Neant SO rien na",
		valeur.AVenir:    "? ?? ???? xxx XXXX xxxxxxx tbd TBD todo",
		valeur.Inconnu:   "INCONNUE inconnu unknown",
		valeur.Bouche:    "x XX idem IDEM Idem. id ras R.A.S. ditto 0 000 * *** ___ .. « \" -?- sans",
		valeur.Essai:     "test TEST TRUE VRAI faux oui NON",
		valeur.Plein:     "DURAND NC-TECH V3.2 1 Testard XAVIER X7 0A1 RASA SOREL Ondine É --a ?a NAVARRO VIDEAU",
	} {
		for mot := range strings.FieldsSeq(mots) {
			if got := valeur.Remplir([]byte(mot)); got != want {
				t.Errorf("%q: %d, want %d", mot, got, want)
			}
		}
	}
	for adresse, want := range map[string]bool{"test@test.fr": true, "nc@nc.fr": true, "x@x.fr": true, "xxx@xxx.com": true, "test@exemple.invalid": false, "a@test.fr": false, "direction@exemple.invalid": false} {
		if got := valeur.CourrielVain([]byte(adresse)); got != want {
			t.Errorf("%s: %v", adresse, got)
		}
	}
}
