package ecrit_test

import (
	"testing"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// What the counter adds is read in the language of who reads; what somebody typed as it was typed.
func TestInTheLanguageOfWhoReads(t *testing.T) {
	t.Parallel()
	garde := "Signer le bon.\n" + ecrit.EnDeuxLangues(modele.Texte{Fr: "Valeurs : montant.", En: "Values: amount."}) + " Merci.\n" + ecrit.EnDeuxLangues(modele.Texte{Fr: "ESMS", En: "ESMS"})
	for l, veut := range map[modele.Langue]string{modele.Francais: "Signer le bon.\nValeurs : montant. Merci.\nESMS", modele.Anglais: "Signer le bon.\nValues: amount. Merci.\nESMS"} {
		if got := ecrit.EnLangue(garde, l); got != veut {
			t.Errorf("%q, want %q", got, veut)
		}
	}
	if got := ecrit.EnLangue("rien \x11 de fermé", modele.Anglais); got != "rien " {
		t.Errorf("%q", got)
	}
}
