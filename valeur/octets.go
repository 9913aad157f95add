package valeur

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// premierOctet is where the bytes stand whose encoding nobody knows: at the end of what Unicode leaves for private use, where no font
// and no program is known to have characters.
const premierOctet = '\U0010ff00'

// Octet stands for a byte of a text whose encoding is not certain: it keeps what was in the file for the message that refuses it.
func Octet(b byte) rune {
	if b < utf8.RuneSelf {
		return utf8.RuneError
	}
	return premierOctet + rune(b)
}

func estOctet(c rune) bool { return c >= premierOctet+utf8.RuneSelf && c <= premierOctet+0xff }

// Octets returns the bytes of a text whose encoding is not certain, each once, in their order.
func Octets(t string) (octets []byte) {
	if strings.IndexByte(t, "\U0010ff80"[0]) < 0 {
		return nil
	}
	for _, c := range t {
		if b := byte(c); estOctet(c) && !slices.Contains(octets, b) {
			octets = append(octets, b)
		}
	}
	return octets
}

// Lisible returns a text as it can be shown: what is not certain in it is U+FFFD.
func Lisible(t string) string {
	if strings.IndexByte(t, "\ufdd0"[0]) < 0 && strings.IndexByte(t, "\U0010ff80"[0]) < 0 {
		return t
	}
	return strings.Map(func(c rune) rune {
		if estIndecis(c) || estOctet(c) {
			return utf8.RuneError
		}
		return c
	}, t)
}

// Incertain tells whether a text has characters that nobody knows: lost ones, or bytes whose encoding is not certain.
func Incertain(t string) bool {
	if strings.IndexByte(t, "\ufdd0"[0]) < 0 && strings.IndexByte(t, "\U0010ff80"[0]) < 0 {
		return false
	}
	return strings.ContainsFunc(t, func(c rune) bool { return c == utf8.RuneError || estIndecis(c) || estOctet(c) })
}

// Lecture is what some encodings make of a byte.
type Lecture struct {
	Caractere rune
	Encodages []string
}

// encodages are those that tables come in, the likely ones first.
var encodages = []struct {
	nom   string
	table *charmap.Charmap
}{
	{"Windows-1252", charmap.Windows1252}, {"ISO-8859-15", charmap.ISO8859_15}, {"Mac Roman", charmap.Macintosh},
	{"CP850 (DOS)", charmap.CodePage850}, {"CP437 (DOS)", charmap.CodePage437},
}

// Lectures returns what the encodings of tables make of a byte; those in which it is no character are left out.
func Lectures(b byte) (lectures []Lecture) {
	for _, e := range encodages {
		c := e.table.DecodeByte(b)
		if c == utf8.RuneError || unicode.IsControl(c) {
			continue
		}
		i := slices.IndexFunc(lectures, func(l Lecture) bool { return l.Caractere == c })
		if i < 0 {
			i, lectures = len(lectures), append(lectures, Lecture{Caractere: c})
		}
		lectures[i].Encodages = append(lectures[i].Encodages, e.nom)
	}
	return lectures
}
