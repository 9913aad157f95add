package export

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/modele"
)

// shapes changes the tags of each object, the kind of each container and the number of items.
func (g *generator) shapes() []mutation {
	all := g.unknown(nil)
	for _, p := range g.places {
		name := p.champ.Balise
		for _, other := range []string{"", name + "X", otherCase(name), " " + name} {
			all = append(all, mutation{fmt.Sprintf("%s renamed %q", name, other), p.path, rename(g.base, p.path, other)})
		}
		if p.champ.NulTolere != nil {
			all = append(all, g.nulls(p)...)
		}
		switch p.champ.Type.Genre {
		case modele.Objet:
			all = append(append(all, g.kinds(p, literal("[]"), literal("{}"))...), g.unknown(p.path)...)
		case modele.TableauObjets:
			items := slices.Clip(at(g.base, p.path).(array))
			all = append(all, g.kinds(p, literal("{}"), items[0], append(items, null), append(items, text("x")), append(items, array{}), array{object{}})...)
			all = append(all, g.unknown(join(p.path, "0"))...)
		case modele.TableauValeurs:
			items := slices.Clip(at(g.base, p.path).(array))
			all = append(all, g.kinds(p, literal("{}"), items[0], append(items, null), append(items, literal("1")), append(items, items[0]), append(items, object{}))...)
		}
		if p.champ.Type.Min > 0 {
			all = append(all, mutation{name + ": no item", p.path, set(g.base, p.path, array{})})
		}
	}
	return append(all, g.rows()...)
}

// nulls puts null in place of an object, for each value of the tags that the tolerance depends on.
func (g *generator) nulls(p place) []mutation {
	var tags []place
	for _, tag := range tagsOf(p.champ.NulTolere) {
		tags = append(tags, g.around(p.path, tag))
	}
	var all []mutation
	for _, settings := range g.combinations(tags) {
		doc := set(g.settle(g.base, settings...), p.path, null)
		all = append(all, mutation{p.champ.Balise + " = null, " + describe(settings), p.path, doc})
	}
	return all
}

// otherCase changes the case of the first letter.
func otherCase(name string) string {
	if lower := strings.ToLower(name[:1]); lower != name[:1] {
		return lower + name[1:]
	}
	return strings.ToUpper(name[:1]) + name[1:]
}

// unknown adds a tag that the table does not have to the object at path.
func (g *generator) unknown(path []string) []mutation {
	o := at(g.base, path).(object)
	return []mutation{
		{"unknown tag", path, set(g.base, path, o.with("inconnue", null))},
		{"empty tag", path, set(g.base, path, o.with("", null))},
		{"no tag", path, set(g.base, path, object{})},
	}
}

// kinds puts values of other kinds in the place of a container.
func (g *generator) kinds(p place, others ...any) []mutation {
	var all []mutation
	for _, v := range append(others, null, text(""), text("x"), literal("0"), literal("true")) {
		all = append(all, mutation{p.champ.Balise + " = " + brief(string(compact(v))), p.path, set(g.base, p.path, v)})
	}
	return all
}

// rows makes files of two demandes, of the most that are allowed, and of one more.
func (g *generator) rows() []mutation {
	most := find(g.m.EnTete, g.m.Lignes).Type.Max
	path := []string{g.m.Lignes}
	var all []mutation
	for _, n := range []int{2, most, most + 1} {
		all = append(all, mutation{fmt.Sprintf("%d demandes", n), path, set(g.base, path, g.demandes(n))})
	}
	return all
}

// demandes copies the demande of the example n times, each with its own number.
func (g *generator) demandes(n int) array {
	all := make(array, n)
	for i := range all {
		doc := any(g.base)
		for _, p := range g.places {
			if p.champ.Type.Genre == modele.Rang {
				doc = set(doc, p.path, literal(strconv.Itoa(i+1)))
			}
		}
		for _, c := range g.m.Coherence {
			if c, ok := c.(modele.PiecesNommees); ok {
				doc = g.change(doc, g.first(c.Numero), text(fmt.Sprintf("%0*d", g.m.Pieces.Longueur, i+1)))
			}
		}
		all[i] = at(doc, g.first())
	}
	return all
}

// spellings gives tags their tolerated names, alone and beside the canonical one.
func (g *generator) spellings() []mutation {
	var all []mutation
	for _, p := range g.places {
		last := len(p.path) - 1
		for _, name := range p.champ.Tolerees {
			parent := at(g.base, p.path[:last]).(object)
			all = append(all,
				mutation{p.champ.Balise + " spelt " + name, p.path, rename(g.base, p.path, name)},
				mutation{p.champ.Balise + " and " + name, p.path, set(g.base, p.path[:last], parent.with(name, parent.get(p.champ.Balise)))},
			)
		}
	}
	return all
}
