package accuse

import (
	"fmt"
	"strings"

	"guichet/internal/portail/ecrit"
	"guichet/modele"
)

// Texte is the receipt as plain text, without the demandes one by one.
func (a *Accuse) Texte(l modele.Langue) string { return Ecrire(a.Rubriques(l), 0, l) }

// Ecrire writes parts as plain text, at most max facts of each (0 for all).
func Ecrire(parties []Rubrique, max int, l modele.Langue) string {
	var b strings.Builder
	for _, r := range parties {
		fmt.Fprintf(&b, "\n%s\n", strings.ToUpper(r.Titre))
		for i, f := range r.Faits {
			if i == max && max > 0 {
				b.WriteString(modele.Texte{
					Fr: "… et " + ecrit.Autres(len(r.Faits)-max).Fr + ", dans l'accusé de réception joint\n",
					En: "… and " + ecrit.Autres(len(r.Faits)-max).En + ", in the receipt attached\n",
				}.In(l))
				break
			}
			b.WriteString(f.Nom + modele.Texte{Fr: " : ", En: ": "}.In(l) + ecrit.Nom(f.Valeur) + "\n")
		}
		for _, p := range r.Phrases {
			b.WriteString(p + "\n")
		}
	}
	return b.String()
}
