package ecrit

import (
	"strings"

	"guichet/modele"
)

// What the counter writes into a text that people have typed is kept in both languages, between characters that no form lets through.
const (
	debutFr = "\x11"
	debutEn = "\x12"
	finDeux = "\x13"
)

// EnDeuxLangues is a part of a kept text that each reads in the own language: EnLangue reads it.
func EnDeuxLangues(t modele.Texte) string {
	if t.Fr == t.En {
		return t.Fr
	}
	return debutFr + t.Fr + debutEn + t.En + finDeux
}

// EnLangue is a kept text as it is read in a language.
func EnLangue(texte string, l modele.Langue) string {
	var b strings.Builder
	for {
		avant, suite, ok := strings.Cut(texte, debutFr)
		b.WriteString(avant)
		if !ok {
			return b.String()
		}
		dedans, apres, _ := strings.Cut(suite, finDeux)
		fr, en, _ := strings.Cut(dedans, debutEn)
		b.WriteString(modele.Texte{Fr: fr, En: en}.In(l))
		texte = apres
	}
}
