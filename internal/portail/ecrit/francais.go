// Package ecrit sets the texts of the counter: French punctuation and units stay with their word, and what strangers wrote
// neither hides nor reorders what stands around it.
package ecrit

import (
	"strings"
	"unicode/utf8"

	"guichet/modele"
)

// Insecable keeps what stands on both sides of it on one line.
const Insecable = "\u00a0"

// Phrase is a text of the counter in a language, set as people read it. One that is the same in both languages is a
// name, or a number: it is no French.
func Phrase(t modele.Texte, l modele.Langue) string {
	if l == modele.Francais && t.Fr != t.En {
		return Francais(t.Fr)
	}
	return t.In(l)
}

// Francais has no-break spaces where French typography wants them: before : ; ! ? » % €, after «, within a number, and
// between a number and its unit. Texts are written with the space of the keyboard.
func Francais(t string) string {
	if !strings.Contains(t, " ") {
		return t
	}
	var b strings.Builder
	reste := t
	for {
		i := strings.IndexByte(reste, ' ')
		if i < 0 {
			break
		}
		b.WriteString(reste[:i])
		if avant, apres := reste[:i], reste[i+1:]; strings.HasSuffix(avant, "«") || tientApres(apres) || finitParChiffre(avant) && tientAuNombre(apres) {
			b.WriteString(Insecable)
		} else {
			b.WriteByte(' ')
		}
		reste = reste[i+1:]
	}
	b.WriteString(reste)
	return b.String()
}

// tientApres tells whether what follows a space stays with what is before it.
func tientApres(t string) bool {
	c, taille := utf8.DecodeRuneInString(t)
	switch c {
	case ':', ';', '!', '?':
		return !strings.HasPrefix(t, "?=") && !strings.HasPrefix(t, "!=")
	case '»', '€':
		return true
	case '%':
		return !verbe(t[taille:])
	}
	return false
}

// verbe tells whether a % begins the place of a value, as in "%d demandes".
func verbe(apres string) bool {
	apres = strings.TrimLeft(apres, "+#-.[")
	return apres != "" && motOuChiffre(apres[0])
}

// unites follow a number.
var unites = []string{"o", "ko", "Mo", "Go", "To", "octets", "h", "heures", "heure", "min", "minutes", "minute", "s", "secondes", "ans", "an", "jours", "jour", "mois"}

// tientAuNombre tells whether what follows a number and a space is its unit, or more of it.
func tientAuNombre(t string) bool {
	if t != "" && t[0] >= '0' && t[0] <= '9' {
		return true
	}
	for _, u := range unites {
		if suite, ok := strings.CutPrefix(t, u); ok && (suite == "" || suite[0] < utf8.RuneSelf && !motOuChiffre(suite[0])) {
			return true
		}
	}
	return false
}

func finitParChiffre(t string) bool {
	return t != "" && t[len(t)-1] >= '0' && t[len(t)-1] <= '9'
}

func motOuChiffre(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// Courrier sets a mail in French. What it quotes of others, lines that begin with ">", stays as it was written.
func Courrier(t string) string {
	lignes := strings.Split(t, "\n")
	for i, ligne := range lignes {
		if !strings.HasPrefix(ligne, ">") {
			lignes[i] = Francais(ligne)
		}
	}
	return strings.Join(lignes, "\n")
}
