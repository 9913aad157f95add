package diag

import (
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

// The escape sequences of the terminal (ECMA-48, select graphic rendition).
const (
	reset   = "\x1b[0m"
	bold    = "\x1b[1m"
	faint   = "\x1b[2m"
	red     = "\x1b[1;31m"
	green   = "\x1b[1;32m"
	yellow  = "\x1b[1;33m"
	blue    = "\x1b[1;34m"
	magenta = "\x1b[1;35m"
)

func (t *terminal) paint(color, s string) string {
	if !t.Couleur || s == "" {
		return s
	}
	return color + s + reset
}

func graviteColor(g modele.Gravite) string {
	return [...]string{modele.Info: blue, modele.Alerte: yellow, modele.Erreur: red, modele.Rejet: magenta}[g]
}

func verdictColor(v Verdict) string {
	switch v {
	case Accepte:
		return green
	case Partiel:
		return yellow
	}
	return red
}

// capital starts a sentence.
func capital(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}
