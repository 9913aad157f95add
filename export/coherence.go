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
			En: "%s: no value twice in the request",
		}.In(l), path(c.Chemin)) + warning(c.Regle, l)
	case modele.PiecesNommees:
		return fmt.Sprintf(modele.Texte{
			Fr: "chaque %s de %s porte le %s de la demande et le code de son %s",
			En: "each %s of %s carries the request's %s and the code of its own %s",
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
	return registerPhrase(c, l)
}

// takesData tells whether a rule takes data besides the file.
func takesData(c modele.Coherence) bool {
	switch c.(type) {
	case modele.JamaisUtilise, modele.Eligible, modele.ProfilsReferences, modele.Inscrit, modele.Rattache, modele.JamaisDemande:
		return true
	}
	return false
}

// registerPhrase says a rule that takes data besides the file.
func registerPhrase(c modele.Coherence, l modele.Langue) string {
	switch c := c.(type) {
	case modele.JamaisUtilise:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : aucune valeur déjà utilisée dans un dépôt antérieur, où ceux-ci sont connus",
			En: "%s: no value that an earlier deposit has used, where these are known",
		}.In(l), path(c.Chemin))
	case modele.Eligible:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : chaque valeur est dans la liste des ESMS éligibles, où elle est chargée",
			En: "%s: each value is in the list of eligible ESMS, where it is loaded",
		}.In(l), path(c.Chemin))
	case modele.ProfilsReferences:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : le logiciel est référencé avec le profil de chaque valeur, où les référencements sont chargés (%s)",
			En: "%s: the software is referenced with the profile of each value, where the référencements are loaded (%s)",
		}.In(l), c.Tableau, profiles(c.Profils, l))
	case modele.Inscrit:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : chaque numéro est au registre FINESS, où il est chargé",
			En: "%s: each number is in the FINESS register, where it is loaded",
		}.In(l), path(c.Chemin)) + warning(c.Regle, l)
	case modele.Rattache:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : chaque ESMS appartient à son %s, où le registre FINESS est chargé",
			En: "%s: each ESMS belongs to its %s, where the FINESS register is loaded",
		}.In(l), path(c.ESMS), c.Juridique) + warning(c.Regle, l)
	case modele.JamaisDemande:
		return fmt.Sprintf(modele.Texte{
			Fr: "%s : aucun ESMS déjà demandé dans un autre dépôt, où ceux-ci sont connus",
			En: "%s: no ESMS that another deposit has claimed, where these are known",
		}.In(l), path(c.Chemin)) + warning(c.Regle, l)
	}
	panic(fmt.Sprintf("export: no words for %T", c)) // a new kind of rule, caught by any test
}

// profiles lists the values that need a profile: isMaitreId = true : « DUI – … » ; …
func profiles(list []modele.Profil, l modele.Langue) string {
	parts := make([]string, len(list))
	for i, p := range list {
		parts[i] = fmt.Sprintf(modele.Texte{Fr: "%s = %s : « %s »", En: "%s = %s: “%s”"}.In(l), p.Balise, p.Valeur, p.Libelle)
	}
	return strings.Join(parts, " ; ")
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
		s += modele.Texte{Fr: ", jamais si ", En: ", never if "}.In(l) + modele.Phrase(c.Sinon, l) + warning(c.EnTrop, l)
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
		if c.EnTrop != "" {
			return []string{c.Regle, c.EnTrop}, c.Source
		}
		return []string{c.Regle}, c.Source
	case modele.MemesValeurs:
		return []string{c.Absente, c.EnTrop, c.EnDouble}, c.Source
	case modele.SansDoublon:
		return []string{c.Regle}, c.Source
	case modele.PiecesNommees:
		return []string{c.RegleNumero, c.RegleType}, c.Source
	case modele.UniqueDansFichier:
		return []string{c.Regle}, c.Source
	case modele.JamaisUtilise:
		return []string{c.Regle}, c.Source
	case modele.Eligible:
		return []string{c.Regle}, c.Source
	case modele.ProfilsReferences:
		return []string{c.Regle}, c.Source
	case modele.Inscrit:
		return []string{c.Regle}, c.Source
	case modele.Rattache:
		return []string{c.Regle}, c.Source
	case modele.JamaisDemande:
		return []string{c.Regle}, c.Source
	case modele.Plafond:
		return []string{c.Regle}, c.Source
	}
	panic(fmt.Sprintf("export: no code for %T", c))
}

// path writes the way to a tag: beneficiaires.etablissementsClients.FINESSGeos.
func path(tags []string) string { return strings.Join(tags, ".") }
