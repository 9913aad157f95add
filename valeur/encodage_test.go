package valeur_test

import (
	"testing"

	"guichet/valeur"
)

// What an editor makes of a file does not change its text.
func TestEnUTF8(t *testing.T) {
	t.Parallel()
	for octets, want := range map[string]string{
		"N° é": "N° é", "\ufeffN° é": "N° é", "N\xb0 \xe9": "N° é", "\xff\xfeN\x00\xb0\x00 \x00\xe9\x00": "N° é", "\xfe\xff\x00N\x00\xb0\x00 \x00\xe9": "N° é",
		"": "", "\ufeff": "", "\xff\xfe": "", "\xff\xfeN\x00\xb0": "N", "\xff\xfe\x3d\xd8\x00\xde": "\U0001F600", "\x80\x9c": "€œ", "\ufeff\xe9": "é",
	} {
		if got := string(valeur.EnUTF8([]byte(octets))); got != want {
			t.Errorf("%q: %q, want %q", octets, got, want)
		}
	}
}
