package preparation

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

// epurer takes away what a spreadsheet or a program puts around a text and nobody sees: blanks, invisible characters,
// ="…" and the apostrophe that make a text of a number. Blanks inside that do not break become ordinary ones.
func epurer(t []byte) ([]byte, motif) {
	n := len(t)
	if n > 0 && visible(t[0]) && visible(t[n-1]) && t[0] != '=' && t[0] != '\'' && !rare(t) {
		return t, sansMotif
	}
	t, m := sansBlancs(t)
	if force, ok := bytes.CutPrefix(t, []byte(`="`)); ok && len(force) > 0 && force[len(force)-1] == '"' {
		t, _ = sansBlancs(bytes.ReplaceAll(force[:len(force)-1], []byte(`""`), []byte(`"`)))
		return t, motifTexteForce
	}
	if apostrophe(t) {
		t, _ = sansBlancs(t[1:])
		return t, motifTexteForce
	}
	return t, m
}

// apostrophe tells whether a text starts with the apostrophe that makes a text of what is typed in a cell: no other one
// closes it, and it belongs to no word ('t Hooft, 's-Gravenhage).
func apostrophe(t []byte) bool {
	if len(t) < 2 || t[0] != '\'' || t[len(t)-1] == '\'' {
		return false
	}
	c, n := utf8.DecodeRune(t[1:])
	if !unicode.IsLetter(c) {
		return unicode.IsDigit(c) || c == '+' || c == '='
	}
	suivant, _ := utf8.DecodeRune(t[1+n:])
	return unicode.IsLetter(suivant) || unicode.IsDigit(suivant) || strings.ContainsRune("._@", suivant)
}

func visible(b byte) bool { return b > ' ' && b < utf8.RuneSelf }

// rare tells whether a text may have blanks or invisible characters that are not of ASCII.
func rare(t []byte) bool {
	i := 0
	for ; i+8 <= len(t) && binary.LittleEndian.Uint64(t[i:])&horsASCII == 0; i += 8 {
	}
	for ; i < len(t); i++ {
		if t[i] >= utf8.RuneSelf {
			return bytes.ContainsFunc(t[i:], func(c rune) bool { return blanc(c) || invisible(c) })
		}
	}
	return false
}

// horsASCII is the bit of each of eight bytes that ASCII never has.
const horsASCII = 0x8080808080808080

func blanc(c rune) bool { return c > unicode.MaxASCII && unicode.Is(unicode.Zs, c) }

// invisible characters come with what is copied from pages and address books: they change nothing that is seen.
func invisible(c rune) bool {
	return strings.ContainsRune("\u200b\u2060\ufeff\u00ad\u200e\u200f\u202a\u202c\u202d\u2066\u2068\u2069", c)
}

func sansBlancs(t []byte) ([]byte, motif) {
	n := len(t)
	if rare(t) {
		t = bytes.Map(func(c rune) rune {
			switch {
			case invisible(c):
				return -1
			case blanc(c):
				return ' '
			}
			return c
		}, t)
		return bytes.TrimSpace(t), motifBlancs
	}
	if t = bytes.TrimSpace(t); len(t) < n {
		return t, motifBlancs
	}
	return t, sansMotif
}

// plat writes all blanks as ordinary ones, which nobody can tell from others.
func plat(t string) string {
	return strings.Map(func(c rune) rune {
		if blanc(c) {
			return ' '
		}
		return c
	}, t)
}

// nommerBlancs names the blanks of a text that are not ordinary ones.
func nommerBlancs(t string, l modele.Langue) string {
	var b strings.Builder
	for _, c := range t {
		if blanc(c) {
			b.WriteString(modele.Texte{Fr: "[espace insécable]", En: "[no-break space]"}.In(l))
		} else {
			b.WriteRune(c)
		}
	}
	return b.String()
}
