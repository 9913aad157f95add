package export

import (
	"fmt"
	"strings"

	"guichet/modele"
)

// counts puts no, one and two items of each kind that a rule counts in their array, for each value of the
// tags that it depends on.
func (g *generator) counts() []mutation {
	var all []mutation
	for _, c := range g.m.Coherence {
		count, ok := c.(modele.Compte)
		if !ok {
			continue
		}
		inBloc := join(g.first(count.Bloc), "")
		var tags []place
		for _, tag := range tagsOf(modele.All{count.Si, count.Sinon}) {
			tags = append(tags, g.around(inBloc, tag))
		}
		path := g.first(count.Tableau)
		path = path[:len(path)-1]
		for _, settings := range g.combinations(tags) {
			doc := g.settle(g.base, settings...)
			for n := range 4 {
				name := fmt.Sprintf("%d × %s, %s", n, count.Valeur, describe(settings))
				all = append(all, mutation{name, path, set(doc, path, g.items(count, path, n))})
			}
		}
	}
	return all
}

// items is the array with n items of the kind that the rule counts, beside the others of the example.
func (g *generator) items(c modele.Compte, path []string, n int) array {
	var items array
	proto := at(g.base, join(path, "0")).(object)
	for _, item := range at(g.base, path).(array) {
		if item.(object).get(c.Balise) != text(c.Valeur) {
			items = append(items, item)
		}
	}
	for range n {
		items = append(items, g.ofKind(proto, c.Balise, c.Valeur))
	}
	return items
}

// ofKind makes a document of another kind, with the name that it asks for.
func (g *generator) ofKind(o object, tag, value string) object {
	before := o.get(tag).(literal)
	o = o.with(tag, text(value))
	for _, c := range g.m.Coherence {
		if c, ok := c.(modele.PiecesNommees); ok && c.Type == tag {
			name := string(o.get(c.Nom).(literal))
			old := "-" + g.m.Pieces.Codes[string(before[1:len(before)-1])] + "-"
			o = o.with(c.Nom, literal(strings.Replace(name, old, "-"+g.m.Pieces.Codes[value]+"-", 1)))
		}
	}
	return o
}

// documents pairs each format of a document with each extension of its name.
func (g *generator) documents() []mutation {
	var all []mutation
	for _, p := range g.places {
		if p.champ.Type.Extension == "" {
			continue
		}
		path := join(p.path[:len(p.path)-1], p.champ.Type.Extension)
		name := string(at(g.base, path).(literal))
		stem, _, _ := strings.Cut(name, ".")
		for _, format := range sortedKeys(g.m.Pieces.Formats) {
			for _, other := range sortedKeys(g.m.Pieces.Formats) {
				file := literal(stem + "." + g.m.Pieces.Formats[other] + `"`)
				doc := set(set(g.base, p.path, text(format)), path, file)
				all = append(all, mutation{fmt.Sprintf("%s, %s", format, file), p.path, doc})
			}
		}
	}
	return all
}
