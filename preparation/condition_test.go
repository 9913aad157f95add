package preparation

import (
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
)

// Conditions are evaluated on the literals of columns; one on a tag that is no column of the row never holds.
func TestConditions(t *testing.T) {
	t.Parallel()
	p := planifier(ms1dui.Courante())
	s, oui := modele.Is{Balise: "statutAdminTechnique", Valeur: `"S"`}, modele.Is{Balise: "demandeCertificatServeur", Valeur: "true"}
	valeurs := func(c int) []byte {
		return []byte(map[string]string{"statutAdminTechnique": `"S"`, "demandeCertificatServeur": "false"}[p.colonnes[c].Nom])
	}
	for _, c := range []struct {
		c    modele.Condition
		n    Niveau
		want bool
	}{
		{modele.Toujours, Commande, true}, {modele.Jamais, Commande, false}, {s, OG, true}, {s, ESMS, true}, {oui, OG, false},
		{modele.All{s, oui}, OG, false}, {modele.All{s, s}, OG, true}, {modele.Any{oui, s}, OG, true}, {modele.Any{oui, oui}, OG, false},
		{s, Commande, false}, {modele.Is{Balise: "typeAction", Valeur: `"C"`}, ESMS, false},
	} {
		cond := p.condition(c.c, c.n)
		if got := cond.vaut(valeurs); got != c.want {
			t.Errorf("%s at level %d: %t, want %t", modele.Phrase(c.c, modele.Anglais), c.n, got, c.want)
		}
	}
}
