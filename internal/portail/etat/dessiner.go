package etat

import (
	"fmt"
	"strings"
)

// Dessiner writes the life of a demande as Markdown, in French: a picture in the notation of Mermaid, and a table.
func Dessiner() []byte {
	var b strings.Builder
	b.WriteString(`# La vie d'une demande

Cette page est produite à partir de la table ` + "`internal/portail/etat`" + ` : c'est la seule voie par laquelle une demande change d'état.

` + "```mermaid\nstateDiagram-v2\n")
	for _, d := range Tous {
		fmt.Fprintf(&b, "    state %q as %s\n", d.Nom.Fr, d.Etat)
	}
	fmt.Fprintf(&b, "    [*] --> %s: Déposer\n", Incomplete)
	for _, t := range Transitions {
		fmt.Fprintf(&b, "    %s --> %s: %s\n", t.De, t.A, Noms[t.Acte].Fr)
	}
	for _, d := range Tous {
		if d.Etat.Final() {
			fmt.Fprintf(&b, "    %s --> [*]\n", d.Etat)
		}
	}
	b.WriteString("```\n\n## Les états\n\n| État | Ce que lit le fournisseur | Les pièces peuvent venir |\n|---|---|---|\n")
	for _, d := range Tous {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", d.Nom.Fr, d.Etat.Montre().Nom().Fr, mot(d.Ouverte, "oui", "non"))
	}
	b.WriteString("\n## Les pas\n\n| De | Acte | À | Par | Motif | Réserve |\n|---|---|---|---|---|---|\n")
	for _, t := range Transitions {
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %s |\n", t.De.Nom().Fr, Noms[t.Acte].Fr, t.A.Nom().Fr, t.Qui().Fr, mot(t.Motif, "exigé", ""), t.reserve())
	}
	b.WriteString("\n## Ce qui ne change pas l'état\n\nLe fournisseur n'en voit rien. Ce qui est encore attendu quand la demande quitte ces états ne l'est plus.\n\n| Acte | Dans | Par |\n|---|---|---|\n")
	for _, s := range Sejours {
		var dans []string
		for _, e := range s.Dans {
			dans = append(dans, e.Nom().Fr)
		}
		fmt.Fprintf(&b, "| %s | %s | %s |\n", s.Nom.Fr, strings.Join(dans, ", "), s.Qui.Fr)
	}
	return []byte(b.String())
}

func mot(oui bool, vrai, faux string) string {
	if oui {
		return vrai
	}
	return faux
}

// reserve says what else a step asks for.
func (t Transition) reserve() string {
	var r []string
	if t.Sauf != "" {
		r = append(r, "pas par qui a fait « "+Noms[t.Sauf].Fr+" »")
	}
	if t.Reponse {
		r = append(r, "réponse attendue au plus tard à une date")
	}
	if t.Muet() {
		r = append(r, "le fournisseur ne le voit pas")
	}
	return strings.Join(r, " ; ")
}
