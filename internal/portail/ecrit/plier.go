package ecrit

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Plier is a text as it is looked for: without accents, however they are stored, without capitals, with single blanks and
// the apostrophe of the keyboard. Lists are searched in what it made of names when they were stored.
func Plier(t string) string {
	var b strings.Builder
	for _, c := range norm.NFKD.String(t) {
		switch {
		case unicode.Is(unicode.Mn, c), unicode.Is(unicode.Cf, c):
		case unicode.IsSpace(c), unicode.IsControl(c):
			b.WriteByte(' ')
		default:
			if lettres, ok := deplies[c]; ok {
				b.WriteString(lettres)
			} else {
				b.WriteRune(unicode.ToLower(unicode.ToUpper(c))) // both: some letters have two small forms (σ, ς)
			}
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// deplies are letters that people type as others.
var deplies = map[rune]string{'œ': "oe", 'Œ': "oe", 'æ': "ae", 'Æ': "ae", 'ø': "o", 'Ø': "o", 'ł': "l", 'Ł': "l", 'đ': "d", 'Đ': "d", 'ß': "ss", 'ẞ': "ss", '’': "'", '‘': "'", 'ʼ': "'", '‐': "-", '‑': "-", '–': "-", '—': "-"}

// Motif is what LIKE … ESCAPE '\' looks for to find a part in what Plier made: all that is typed is letters.
func Motif(partie string) string { return contient(Plier(partie)) }

// MotifNumero is Motif for numbers that are stored as Numero writes them; "" for what has no figure and is no part of one.
func MotifNumero(partie string) string {
	n := Numero(partie)
	if !strings.ContainsAny(n, "0123456789") {
		return ""
	}
	return contient(n)
}

func contient(t string) string {
	return "%" + strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(t) + "%"
}

// Numero is a number as it is looked for: people part figures as they read them ("0100 00032", "123 456 789 00012").
func Numero(t string) string {
	return strings.ToUpper(strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || unicode.Is(unicode.Cf, c) {
			return -1
		}
		return c
	}, norm.NFKC.String(t)))
}
