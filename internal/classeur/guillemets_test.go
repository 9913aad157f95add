package classeur_test

import (
	"errors"
	"strings"
	"testing"

	"guichet/internal/classeur"
)

// A quote that is not closed is told at the row where it opens; values of several lines, or with separators, are read.
func TestGuillemets(t *testing.T) {
	t.Parallel()
	const titres = "a;b;c;d;e\n"
	for _, c := range []struct {
		nom, octets string
		ligne       int // of the fault, 0 for none
	}{
		{"open to the end", titres + "1;2;3;4;5\n1;\"2;3;4;5\n1;2;3;4;5\n1;2;3;4;5\n", 3},
		{"open in the last row", titres + "1;2;3;4;5\n1;\"2;3;4;5\n", 3},
		{"open in the last row, without its end", titres + "1;2;3;4;5\n1;\"2;3;4;5", 3},
		{"closed by the next one", titres + "1;\"2;3;4;5\n1;2;3;4;5\n1;\"2\";3;4;5\n", 2},
		{"among the headings", "a;\"b;c;d;e\n1;2;3;4;5\n1;2;3;4;5\n", 1},
		{"an address", titres + "1;\"2\n3\n4\";3;4;5\n1;2;3;4;5\n", 0},
		{"separators between quotes", titres + "1;\"2;3;4\";3;4;5\n", 0},
		{"separators in the last value", titres + "1;2;3;4;\"5;6;7;8\"\n", 0},
		{"a narrow table", "a;b\n1;\"x; y\nz; t\"\n", 0},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			_, err := lire(t, "f.csv", []byte(c.octets))
			var faute *classeur.Erreur
			switch {
			case c.ligne == 0 && err != nil:
				t.Error(err)
			case c.ligne > 0 && (!errors.As(err, &faute) || faute.Ligne != c.ligne || !strings.Contains(faute.Faute.Fr, "guillemet")):
				t.Errorf("%v, want row %d", err, c.ligne)
			}
		})
	}
}
