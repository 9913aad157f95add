package ecrit

import (
	"strings"
	"unicode"

	"guichet/modele"
)

// TropLong says that something has more characters than it may; quoi names it with its article ("le message", "the message").
func TropLong(quoi modele.Texte, max, n int) modele.Texte {
	m, x := Nombre(int64(max)), Nombre(int64(n))
	return modele.Texte{
		Fr: "Écrivez " + quoi.Fr + " en " + m.Fr + " caractères au plus : vous en avez écrit " + x.Fr + ".",
		En: "Write " + quoi.En + " in at most " + m.En + " characters: you have written " + x.En + ".",
	}
}

// Vide tells whether a text shows nothing: it is empty, or made of blanks and of characters that take no ink.
func Vide(t string) bool { return !strings.ContainsFunc(t, encre) }

// sansEncre are letters and signs that are drawn as nothing, though they are called letters and signs.
const sansEncre = "\u115f\u1160\u3164\uffa0\u2800\ufffc"

func encre(c rune) bool {
	return !unicode.IsSpace(c) && !unicode.In(c, unicode.C, unicode.M, unicode.Z) && !strings.ContainsRune(sansEncre, c)
}
