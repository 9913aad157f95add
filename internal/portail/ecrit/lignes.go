package ecrit

import (
	"strings"

	"guichet/diag"
)

// Lignes are the lines of what somebody wrote, in which all that does not print is made visible.
func Lignes(texte string) []string {
	lignes := strings.Split(texte, "\n")
	for i := range lignes {
		lignes[i] = diag.Neutralize(lignes[i])
	}
	return lignes
}
