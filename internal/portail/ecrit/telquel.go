package ecrit

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

// Signe is what a letter would show as it was typed, and where.
type Signe struct {
	Ligne, Colonne int // from 1, in characters
	Texte          modele.Texte
}

// Dire tells it with its place.
func (s Signe) Dire() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("Ligne %d, colonne %d : %s", s.Ligne, s.Colonne, s.Texte.Fr),
		En: fmt.Sprintf("Line %d, column %d: %s", s.Ligne, s.Colonne, s.Texte.En),
	}
}

// Cache tells whether a character is one that nobody sees, and that changes what others read.
func Cache(c rune) bool {
	return c != '\n' && c != '\r' && c != '\t' && c != '\u00ad' && c != '\u200d' && (unicode.Is(unicode.Cf, c) || unicode.IsControl(c))
}

// balisage are the marks of Markdown and of HTML, and the fields of models: plain text has them filled in by nobody.
var balisage = regexp.MustCompile("(?m)\\{\\{[^{}\\n]*\\}\\}|\\{\\{|\\}\\}|</?(?i:a|b|br|code|div|em|font|h[1-6]|hr|i|img|li|ol|p|pre|s|script|span|strong|style|sub|sup|table|td|th|tr|u|ul)(?:\\s[^<>\\n]*)?/?>|<!--|\\*\\*|\\b__|~~|`|\\]\\(|^#{1,6}\\s|\\[\\^")

// maxSignes is how many are told of one text.
const maxSignes = 8

// TelsQuels are what a letter would show raw of a text that stands in it as it was typed: marks of emphasis, HTML, fields, characters that nobody sees.
func TelsQuels(texte string) (signes []Signe) {
	for i, c := range texte {
		if Cache(c) {
			nom := fmt.Sprintf("U+%04X", c)
			signes = append(signes, signe(texte, i, "un caractère invisible ("+nom+") : ôtez-le.", "a character that nobody sees ("+nom+"): take it away."))
		}
	}
	for _, x := range balisage.FindAllStringIndex(texte, -1) {
		m := strings.TrimSpace(texte[x[0]:x[1]])
		signes = append(signes, signe(texte, x[0], "« "+m+" » se lirait tel quel dans la lettre, qui n'en prend que le texte : ôtez-le.", "“"+m+"” would be read as it is in the letter, which takes the text alone: take it away."))
	}
	return signes[:min(len(signes), maxSignes)]
}

// signe is one at a byte of a text.
func signe(texte string, octet int, fr, en string) Signe {
	debut := strings.LastIndexByte(texte[:octet], '\n') + 1
	return Signe{strings.Count(texte[:octet], "\n") + 1, utf8.RuneCountInString(texte[debut:octet]) + 1, modele.Texte{Fr: fr, En: en}}
}
