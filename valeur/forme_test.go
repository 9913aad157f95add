package valeur_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"guichet/valeur"
)

// A text in a form of two or four bytes is recognised with its mark and without, and read.
func TestFormes(t *testing.T) {
	t.Parallel()
	const texte = "référence;montant\r\n« C’est noté »;2433,33 €\r\n" + "A;1\r\nB;2\r\nC;3\r\nD;4\r\nE;5\r\nF;6\r\n"
	for nom, c := range map[string]struct {
		codage encoding.Encoding
		dit    string
	}{
		"UTF-16": {unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), "UTF-16"}, "UTF-16, high first": {unicode.UTF16(unicode.BigEndian, unicode.UseBOM), "UTF-16"},
		"UTF-16LE": {unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), "UTF-16LE"}, "UTF-16BE": {unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM), "UTF-16BE"},
		"UTF-32": {utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "UTF-32"}, "UTF-32, high first": {utf32.UTF32(utf32.BigEndian, utf32.UseBOM), "UTF-32"},
		"UTF-32LE": {utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM), "UTF-32LE"}, "UTF-32BE": {utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "UTF-32BE"},
	} {
		octets, err := c.codage.NewEncoder().Bytes([]byte(texte))
		if err != nil {
			t.Fatal(err)
		}
		if got := valeur.FormeDe(octets).NomPrecis(); got != c.dit {
			t.Errorf("%s: %q, want %q", nom, got, c.dit)
		}
		if got := string(valeur.EnUTF8(octets)); got != texte {
			t.Errorf("%s: read as %q", nom, got)
		}
	}
}

// What has one byte to a letter, or is no text, is of no such form.
func TestSansForme(t *testing.T) {
	t.Parallel()
	for _, octets := range []string{
		"", "a", "\x00", "a\x00", "référence;montant\n", "\ufeffa;b", "r\xe9f\xe9rence", "\x00\x00\x00\x00\x00\x00\x00\x00",
		"abc\x00\x00\x00\x00\x00\x00", "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "SQLite format 3\x00\x10\x00\x01\x01", "PK\x03\x04\x14\x00\x00\x00\x08\x00",
		"MM\x00*\x00\x00\x00\x08", "II*\x00\x08\x00\x00\x00" + strings.Repeat("\x01\x02\x00\x00", 40),
	} {
		if f := valeur.FormeDe([]byte(octets)); f.Multiple() || f.Nom() != "" || f.NomPrecis() != "" || f.Encodage() != nil {
			t.Errorf("%q: %+v", octets, f)
		}
	}
}
