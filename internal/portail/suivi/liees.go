package suivi

import (
	"slices"
	"strings"

	"guichet/modele"
)

// lier tells of each tag which others the controls hold it to: whoever may correct the one must be able to correct the others, too.
func lier(tous []Ouvrable) {
	for i := range tous {
		for j := range tous {
			if i != j && tient(&tous[i], &tous[j]) {
				tous[i].Liees = append(tous[i].Liees, tous[j].Pointeur)
			}
		}
	}
}

// tient tells whether another value of a tag may make that of another wrong: an ESMS that is ordered and its scenario (C303, C304), and what is obligatory, or
// must not be there, by the value of the first.
func tient(a, b *Ouvrable) bool {
	const commandes, installe = "FINESSGeos", "FINESSGeo"
	switch {
	case a.Champ.Balise == commandes && b.Champ.Balise == installe:
		return contient(a.Saisie, b.Saisie)
	case a.Champ.Balise == installe && b.Champ.Balise == commandes:
		return contient(b.Saisie, a.Saisie)
	}
	objet := a.Pointeur[:strings.LastIndexByte(a.Pointeur, '/')+1]
	return strings.HasPrefix(b.Pointeur, objet) && (nomme(b.Champ.Obligation.Obligatoire, a.Champ.Balise) || nomme(b.Champ.Obligation.Nul, a.Champ.Balise))
}

// contient tells whether a list, as it is typed, has a value.
func contient(liste, v string) bool {
	return slices.Contains(strings.FieldsFunc(liste, func(c rune) bool { return c == ',' || c == ' ' }), v)
}

// nomme tells whether a condition asks for the value of a tag.
func nomme(c modele.Condition, balise string) bool {
	switch c := c.(type) {
	case modele.Is:
		return c.Balise == balise
	case modele.All:
		return slices.ContainsFunc(c, func(x modele.Condition) bool { return nomme(x, balise) })
	case modele.Any:
		return slices.ContainsFunc(c, func(x modele.Condition) bool { return nomme(x, balise) })
	}
	return false
}
