package ecrit_test

import (
	"testing"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// A word agrees with its number, as each language has it.
func TestCompter(t *testing.T) {
	t.Parallel()
	un, plusieurs := modele.Texte{Fr: "second facteur", En: "second factor"}, modele.Texte{Fr: "seconds facteurs", En: "second factors"}
	for n, veut := range map[int64]modele.Texte{
		0:     {Fr: "0 second facteur", En: "0 second factors"},
		1:     {Fr: "1 second facteur", En: "1 second factor"},
		2:     {Fr: "2 seconds facteurs", En: "2 second factors"},
		12345: {Fr: "12\u00a0345 seconds facteurs", En: "12,345 second factors"},
	} {
		if a := ecrit.Compter(n, un, plusieurs); a != veut {
			t.Errorf("%d: %q, want %q", n, a, veut)
		}
	}
	if a := ecrit.Nombre(-1234567); a != (modele.Texte{Fr: "-1\u00a0234\u00a0567", En: "-1,234,567"}) {
		t.Errorf("%q", a)
	}
}
