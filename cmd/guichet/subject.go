package main

import (
	"regexp"
	"strings"

	"github.com/spf13/cobra"

	"guichet/modele"
)

// unknownSubject says that there is no such code or tag, and which ones are near.
func (p *program) unknownSubject(c *cobra.Command, word string, subjects []modele.Entree) error {
	near := nearSubjects(word, subjects)
	if len(near) == 0 {
		return usageError{c.CommandPath(), p.errorf("%s n'est ni un code de règle ni une balise : guichet rules donne les codes, guichet template les balises",
			"%s is no code of a rule and no tag: guichet rules lists the codes, guichet template shows the tags", shown(word))}
	}
	return usageError{c.CommandPath(), p.errorf("%s n'est ni un code de règle ni une balise ; vouliez-vous dire %s ?",
		"%s is no code of a rule and no tag; did you mean %s?", shown(word), p.or(near))}
}

var aCode = regexp.MustCompile(`^[A-Z][0-9]{3}$`)

// nearSubjects compares a word with the codes and with the tags: tags are longer and bear more letters
// changed.
func nearSubjects(word string, subjects []modele.Entree) []string {
	var codes, tags []string
	for _, s := range subjects {
		if aCode.MatchString(s.Code) {
			codes = append(codes, s.Code)
		} else {
			tags = append(tags, s.Code)
		}
	}
	for distance := range 1 + max(1, len(word)/3) {
		near := nearest(word, tags, distance)
		if distance == 1 || aCode.MatchString(strings.ToUpper(word)) {
			near = append(near, nearest(word, codes, distance)...)
		}
		if len(near) > 0 {
			return near
		}
	}
	return nil
}
