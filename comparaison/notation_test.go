package comparaison_test

import (
	"testing"

	"guichet/comparaison"
)

func TestNotation(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		avant, apres string
		meme         bool
	}{
		{"100.00", "100.0", true},
		{"100.00", "100", true},
		{"100.00", "1e2", true},
		{"100.00", "1.0E+02", true},
		{"0.10", "1e-1", true},
		{"-2433.33", "-2433.330", true},
		{"0.00", "-0", true},
		{"100.00", "10.00", false},
		{"100.00", "100.01", false},
		{"100.00", "-100.00", false},
		{"9007199254740993.00", "9007199254740992.0", false}, // the same as a float
		{"0.1", "0.10000000000000001", false},
		{"1e99999999999", "1e99999999999", false},
		{`"100.00"`, "100.00", false},
		{`"100.00"`, `"100.0"`, false},
		{"100.00", "", false},
		{"null", "0", false},
		{"false", "0", false},
	} {
		e := comparaison.Ecart{Avant: comparaison.Valeur{Litteral: c.avant}, Apres: comparaison.Valeur{Litteral: c.apres}}
		if e.Notation() != c.meme {
			t.Errorf("%s, %s: %t", c.avant, c.apres, e.Notation())
		}
	}
}
