package modele

import "strings"

// Condition says when an obligation holds. It is a value, never a function, so that it can be
// evaluated, written out and exported.
type Condition interface{ condition() }

// Is holds when the tag Balise has the JSON literal Valeur (`true`, `"S"`). The tag is looked up in
// the object at hand, then in the objects around it.
type Is struct{ Balise, Valeur string }

// All holds when each part holds; empty, it always holds.
type All []Condition

// Any holds when one part holds; empty, it never holds.
type Any []Condition

func (Is) condition()  {}
func (All) condition() {}
func (Any) condition() {}

// The two constants.
var (
	Toujours Condition = All{}
	Jamais   Condition = Any{}
)

// Constante tells whether no tag can change c, and whether it then always holds.
func Constante(c Condition) (toujours, constante bool) {
	switch c := c.(type) {
	case All:
		return len(c) == 0, len(c) == 0
	case Any:
		return false, len(c) == 0
	}
	return false, false
}

// Phrase writes a condition as a reader would say it:
// `demandeCertificatServeur = true et statutAdminTechnique = "E"`.
func Phrase(c Condition, l Langue) string {
	switch c := c.(type) {
	case Is:
		return c.Balise + " = " + c.Valeur
	case All:
		if len(c) == 0 {
			return Texte{"toujours", "always"}.In(l)
		}
		return joindre(c, Texte{" et ", " and "}.In(l), l)
	case Any:
		if len(c) == 0 {
			return Texte{"jamais", "never"}.In(l)
		}
		return joindre(c, Texte{" ou ", " or "}.In(l), l)
	}
	return ""
}

func joindre(parts []Condition, lien string, l Langue) string {
	phrases := make([]string, len(parts))
	for i, p := range parts {
		phrases[i] = Phrase(p, l)
		if _, simple := p.(Is); !simple && len(parts) > 1 {
			phrases[i] = "(" + phrases[i] + ")"
		}
	}
	return strings.Join(phrases, lien)
}
