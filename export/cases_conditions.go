package export

import (
	"fmt"
	"slices"

	"guichet/modele"
)

// conditions gives the tags that an obligation depends on all their values, and the tag itself a right
// value and null. The other tags follow, so that nothing else is at fault.
func (g *generator) conditions() []mutation {
	var all []mutation
	for _, p := range g.places {
		if constantObligation(p.champ.Obligation) {
			continue
		}
		for _, settings := range g.combinations(g.conditionTags(p)) {
			doc := g.settle(g.base, append(settings, setting{path: p.path})...)
			for _, v := range []any{null, g.right(p)} {
				for _, name := range names(p.champ) {
					f := mutation{fmt.Sprintf("%s = %s, %s", name, compact(v), describe(settings)), p.path, set(doc, p.path, v)}
					if name != p.champ.Balise {
						f.doc = rename(f.doc, p.path, name)
					}
					all = append(all, f)
				}
			}
		}
	}
	return all
}

func constantObligation(o modele.Obligation) bool {
	_, a := modele.Constante(o.Obligatoire)
	_, b := modele.Constante(o.Nul)
	return a && b
}

// conditionTags lists where the tags stand that the obligation of p depends on.
func (g *generator) conditionTags(p place) []place {
	o := p.champ.Obligation
	var all []place
	for _, tag := range tagsOf(modele.All{o.Obligatoire, o.Nul}) {
		all = append(all, g.around(p.path, tag))
	}
	return all
}

// around finds a tag in the object that has path, or in the objects around it.
func (g *generator) around(path []string, tag string) place {
	for n := len(path) - 1; n >= 0; n-- {
		wanted := join(path[:n], tag)
		if i := slices.IndexFunc(g.places, func(p place) bool { return slices.Equal(p.path, wanted) }); i >= 0 {
			return g.places[i]
		}
	}
	panic("export: no object around " + pointer(path) + " has " + tag)
}

// setting is a value given to a tag.
type setting struct {
	path  []string
	value any
}

func describe(settings []setting) string {
	s := ""
	for _, t := range settings {
		s += fmt.Sprintf(" %s = %s", t.path[len(t.path)-1], compact(t.value))
	}
	return "with" + s
}

// combinations lists all ways to give each of the tags one of its values.
func (g *generator) combinations(tags []place) [][]setting {
	all := [][]setting{nil}
	for _, p := range tags {
		var longer [][]setting
		for _, chosen := range all {
			for _, v := range domain(p.champ.Type) {
				longer = append(longer, append(slices.Clone(chosen), setting{p.path, v}))
			}
		}
		all = longer
	}
	return all
}

// domain lists the values of a tag that a condition can ask for, null, and one that it cannot.
func domain(t modele.Type) []any {
	if t.Genre == modele.Booleen {
		return []any{literal("true"), literal("false"), null, text("true")}
	}
	return append(texts(t.Valeurs), null, text("x"))
}

// settle gives tags their values, and then each tag that depends on others a right value or null, as its
// obligation asks. Table order is the order of dependence.
func (g *generator) settle(doc any, settings ...setting) any {
	for _, s := range settings {
		if s.value != nil {
			doc = set(doc, s.path, s.value)
		}
	}
	for _, p := range g.places {
		if constantObligation(p.champ.Obligation) || slices.ContainsFunc(settings, func(s setting) bool { return slices.Equal(s.path, p.path) }) {
			continue
		}
		switch {
		case g.holds(p.champ.Obligation.Nul, doc, p.path):
			doc = set(doc, p.path, null)
		case g.holds(p.champ.Obligation.Obligatoire, doc, p.path) && at(doc, p.path) == null:
			doc = set(doc, p.path, g.right(p))
		}
	}
	return doc
}

// holds evaluates a condition of the tag at path.
func (g *generator) holds(c modele.Condition, doc any, path []string) bool {
	holds := func(part modele.Condition) bool { return g.holds(part, doc, path) }
	switch c := c.(type) {
	case modele.Is:
		return at(doc, g.around(path, c.Balise).path) == literal(c.Valeur)
	case modele.All:
		return !slices.ContainsFunc(c, func(part modele.Condition) bool { return !holds(part) })
	case modele.Any:
		return slices.ContainsFunc(c, holds)
	}
	return false
}

// filled returns the example with a value at p, where its obligation asks for one.
func (g *generator) filled(p place) any {
	if at(g.base, p.path) != null || constantObligation(p.champ.Obligation) {
		return g.base
	}
	for _, settings := range g.combinations(g.conditionTags(p)) {
		doc := g.settle(g.base, settings...)
		if g.holds(p.champ.Obligation.Obligatoire, doc, p.path) {
			return doc
		}
	}
	return g.base
}

// right returns a right value for a tag: its example, or one made to its format.
func (g *generator) right(p place) any {
	if v := at(g.base, p.path); v != null {
		return v
	}
	switch t := p.champ.Type; t.Genre {
	case modele.Booleen:
		return literal("true")
	case modele.Courriel:
		return text("nom@exemple.invalid")
	case modele.Telephone:
		return text("+33 1 99 00 12 34")
	case modele.Choix, modele.ChoixMultiple:
		return text(t.Valeurs[0])
	case modele.Code:
		return text(t.Nomenclature.Codes[0].Code)
	case modele.Chaine:
		return text(bordersOf(t)[0])
	}
	panic("export: " + p.champ.Balise + " needs an example")
}
