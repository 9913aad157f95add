// Package export writes what follows from a tag table: the empty file, an example, the JSON Schema,
// the documentation and the generated test cases.
package export

import (
	"encoding/json"
	"fmt"

	"guichet/modele"
)

// Template returns the empty file of the model, as a supplier fills it in: all tags in the order of the
// table, one item in each array. A text to fill in is "", all else is null; what can have but one right
// value has it.
func Template(m *modele.Modele) []byte {
	return indented(build(m.EnTete, empty))
}

// Exemple returns a file of one demande that breaks no rule, made of the model's own examples.
func Exemple(m *modele.Modele) []byte {
	return indented(example(m))
}

func example(m *modele.Modele) object {
	return build(m.EnTete, exampleOf)
}

// build makes an object of the tags, and takes each value that is not an object from valueOf.
func build(champs []modele.Champ, valueOf func(modele.Champ) any) object {
	o := make(object, len(champs))
	for i, c := range champs {
		o[i].key = c.Balise
		switch c.Type.Genre {
		case modele.Objet:
			o[i].value = build(c.Champs, valueOf)
		case modele.TableauObjets:
			o[i].value = array{build(c.Champs, valueOf)}
		default:
			o[i].value = valueOf(c)
		}
	}
	return o
}

func empty(c modele.Champ) any {
	// A tag that may stay null stays so until somebody fills it in.
	if !always(c.Obligation.Obligatoire) {
		return null
	}
	switch t := c.Type; t.Genre {
	case modele.TableauValeurs:
		return array{text("")}
	case modele.Rang:
		return literal("1")
	case modele.Montant, modele.Booleen, modele.Nul:
		return null
	case modele.Choix:
		if len(t.Valeurs) == 1 {
			return text(t.Valeurs[0])
		}
	}
	return text("")
}

func exampleOf(c modele.Champ) any {
	if c.Type.Genre != modele.TableauValeurs {
		return literal(c.Exemple)
	}
	var items []json.RawMessage
	if err := json.Unmarshal([]byte(c.Exemple), &items); err != nil {
		panic(fmt.Sprintf("export: example of %s: %v", c.Balise, err)) // a fault of the table, caught by any test
	}
	a := make(array, len(items))
	for i, v := range items {
		a[i] = literal(v)
	}
	return a
}

const null = literal("null")
