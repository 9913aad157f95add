package valeur

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// EnUTF8 returns the text of a file that a person wrote, whatever their editor made of it: without its byte order
// mark, out of UTF-16 or UTF-32, or out of Windows-1252, as what is no UTF-8 is.
func EnUTF8(octets []byte) []byte {
	if forme := FormeDe(octets); forme.Multiple() {
		return forme.enUTF8(octets)
	}
	octets = bytes.TrimPrefix(octets, []byte("\ufeff"))
	if utf8.Valid(octets) {
		return octets
	}
	d := make([]byte, 0, len(octets)+len(octets)/8)
	for _, b := range octets {
		d = utf8.AppendRune(d, charmap.Windows1252.DecodeByte(b))
	}
	return d
}

// Eight bytes are two characters: one of Windows-1252, and one of ISO-8859-15.
const (
	huitWindows = "¤¦¨´¸¼½¾"
	huitQuinze  = "€ŠšŽžŒœŸ"
	huitOctets  = "\xa4\xa6\xa8\xb4\xb8\xbc\xbd\xbe"
)

// indecis is the first of as many code points that Unicode keeps free of characters, for programs to use inside.
const indecis = '\ufdd0'

// Indecis stands for a byte of which nobody knows which of the two it is; one that is none of the eight is an Octet.
func Indecis(b byte) rune {
	if i := strings.IndexByte(huitOctets, b); i >= 0 {
		return indecis + rune(i)
	}
	return Octet(b)
}

// DeuxLectures returns a text with undecided characters as Windows-1252 has them and as ISO-8859-15 does; ok tells whether
// there are any.
func DeuxLectures(t string) (windows, quinze string, ok bool) {
	if strings.IndexByte(t, "\ufdd0"[0]) < 0 || !strings.ContainsFunc(t, estIndecis) {
		return t, t, false
	}
	lire := func(huit string) string {
		de := []rune(huit)
		return strings.Map(func(c rune) rune {
			if estIndecis(c) {
				return de[c-indecis]
			}
			return c
		}, t)
	}
	return lire(huitWindows), lire(huitQuinze), true
}

func estIndecis(c rune) bool { return c >= indecis && c < indecis+rune(len(huitOctets)) }
