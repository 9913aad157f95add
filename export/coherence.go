package export

import (
	"fmt"
	"strings"

	"guichet/modele"
)

// coherencePhrase says a rule over several values in one phrase.
func coherencePhrase(c modele.Coherence, l modele.Langue) string {
	switch c := c.(type) {
	case modele.Compte:
		return countPhrase(c, l)
	case modele.MemesValeurs:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s reprend chaque valeur de %s exactement une fois, et aucune autre",
			En: "%s takes up each value of %s exactly once, and no other",
		}.In(l), path(c.A), path(c.B))
	case modele.SansDoublon:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : aucune valeur deux fois dans la demande",
			En: "%s: no value twice in the demande",
		}.In(l), path(c.Chemin))
	case modele.PiecesNommees:
		return fmt.Sprintf(modele.Texte{
			Fr: "chaque %s de %s porte le %s de la demande et le code de son %s",
			En: "each %s of %s carries the demande's %s and the code of its own %s",
		}.In(l), c.Nom, c.Tableau, c.Numero, c.Type)
	case modele.UniqueDansFichier:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : aucune valeur deux fois dans le fichier",
			En: "%s: no value twice in the file",
		}.In(l), path(c.Chemin)) + warning(c.Regle, l)
	case modele.Plafond:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : au plus le montant du barème multiplié par le nombre de %s, où le barème est connu",
			En: "%s: at most the amount of the barème times the number of %s, where the barème is known",
		}.In(l), path(c.Montant), c.ESMS) + warning(c.Regle, l)
	}
	panic(fmt.Sprintf("export: no words for %T", c)) // a new kind of rule, caught by any test
}

func countPhrase(c modele.Compte, l modele.Langue) string {
	s := fmt.Sprintf(modele.Texte{
		Fr: "%s : exactement une fois %s = %q",
		En: "%s: exactly once %s = %q",
	}.In(l), c.Tableau, c.Balise, c.Valeur)
	if !always(c.Si) {
		s += modele.Texte{Fr: " si ", En: " if "}.In(l) + modele.Phrase(c.Si, l)
	}
	if _, never := modele.Constante(c.Sinon); !never {
		s += modele.Texte{Fr: ", jamais si ", En: ", never if "}.In(l) + modele.Phrase(c.Sinon, l)
	}
	return s
}

// warning says that a rule of the family A rejects nothing.
func warning(code string, l modele.Langue) string {
	if !strings.HasPrefix(code, "A") {
		return ""
	}
	return modele.Texte{Fr: " (simple alerte)", En: " (a mere warning)"}.In(l)
}

// coherenceOrigin returns the codes of a rule and where it stands.
func coherenceOrigin(c modele.Coherence) (codes []string, source string) {
	switch c := c.(type) {
	case modele.Compte:
		return []string{c.Regle}, c.Source
	case modele.MemesValeurs:
		return []string{c.Absente, c.EnTrop, c.EnDouble}, c.Source
	case modele.SansDoublon:
		return []string{c.Regle}, c.Source
	case modele.PiecesNommees:
		return []string{c.RegleNumero, c.RegleType}, c.Source
	case modele.UniqueDansFichier:
		return []string{c.Regle}, c.Source
	case modele.Plafond:
		return []string{c.Regle}, c.Source
	}
	panic(fmt.Sprintf("export: no code for %T", c))
}

// path writes the way to a tag: beneficiaires.etablissementsClients.FINESSGeos.
func path(tags []string) string { return strings.Join(tags, ".") }
