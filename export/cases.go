package export

import (
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"guichet/modele"
)

// Case is one generated file: the example with one thing changed, or several.
type Case struct {
	Nom      string // what was changed
	Document []byte
	Pointeur string // where, as a JSON Pointer
}

// Cases generates files, right and wrong, that show whether the checker and the schema agree: the
// borders of each format, the values of the wrong type, the shapes of each object and array, and each
// combination of the tags that an obligation depends on. The same seed gives the same files. They keep
// to what the schema language can say (see Limites): where a change would break a rule over several
// values that it cannot, the other values follow.
func Cases(m *modele.Modele, graine uint64) iter.Seq[Case] {
	return func(yield func(Case) bool) {
		g := generator{m: m, base: example(m), places: places(m.EnTete, nil), rng: rand.New(rand.NewPCG(graine, 0))}
		families := []func() []mutation{g.asIs, g.values, g.shapes, g.spellings, g.conditions, g.counts, g.documents, g.several}
		for _, family := range families {
			for _, f := range family() {
				if !yield(Case{Nom: f.name, Document: compact(f.doc), Pointeur: pointer(f.path)}) {
					return
				}
			}
		}
	}
}

type generator struct {
	m      *modele.Modele
	base   object
	places []place
	rng    *rand.Rand
}

// place is a tag and where it stands in the example.
type place struct {
	champ *modele.Champ
	path  []string
}

// mutation is a file and what was changed in it.
type mutation struct {
	name string
	path []string
	doc  any
}

// places lists the tags, depth first, in the first item of each array.
func places(champs []modele.Champ, path []string) []place {
	var all []place
	for i := range champs {
		c := &champs[i]
		p := place{champ: c, path: join(path, c.Balise)}
		inner := p.path
		if c.Type.Genre == modele.TableauObjets {
			inner = join(inner, "0")
		}
		all = append(append(all, p), places(c.Champs, inner)...)
	}
	return all
}

func (g *generator) asIs() []mutation {
	return []mutation{{name: "example", doc: g.base}}
}

// values gives each scalar each of the variants of its format, and null and missing besides.
func (g *generator) values() []mutation {
	var all []mutation
	for _, p := range g.places {
		path, t := p.path, p.champ.Type
		switch {
		case t.Genre == modele.TableauValeurs:
			path, t = join(path, "0"), t.Element()
		case t.Genre.Conteneur():
			continue
		}
		doc := g.filled(p)
		for _, v := range g.variants(t, at(doc, path)) {
			all = append(all, mutation{p.champ.Balise + ": " + v.name, path, g.change(doc, path, v.value)})
		}
	}
	return all
}

// several changes a few tags of the example at once, so that faults meet.
func (g *generator) several() []mutation {
	var scalars []place
	for _, p := range g.places {
		if !p.champ.Type.Genre.Conteneur() && !g.coupled(p.path) {
			scalars = append(scalars, p)
		}
	}
	var all []mutation
	for range 300 {
		f := mutation{name: "several:", doc: g.base}
		for range 2 + g.rng.IntN(2) {
			p := scalars[g.rng.IntN(len(scalars))]
			variants := g.variants(p.champ.Type, at(g.base, p.path))
			v := variants[g.rng.IntN(len(variants))]
			f.name += " " + p.champ.Balise + ": " + v.name
			f.path, f.doc = p.path, set(f.doc, p.path, v.value)
		}
		all = append(all, f)
	}
	return all
}

// change sets a value, and lets those follow that a rule ties to it and the schema cannot.
func (g *generator) change(doc any, path []string, value any) any {
	doc = set(doc, path, value)
	for _, c := range g.m.Coherence {
		switch c := c.(type) {
		case modele.MemesValeurs:
			a, b := g.first(c.A...), g.first(c.B...)
			if slices.Equal(path, a) {
				doc = set(doc, b, value)
			}
			if slices.Equal(path, b) {
				doc = set(doc, a, value)
			}
		case modele.PiecesNommees:
			if slices.Equal(path, g.first(c.Numero)) {
				doc = g.renumber(doc, c, value)
			}
		}
	}
	return doc
}

// renumber gives the first document the name that a new numeroEditeur asks for. One that is no text has
// no place in a name, and is a fault by itself.
func (g *generator) renumber(doc any, c modele.PiecesNommees, numero any) any {
	l, ok := numero.(literal)
	if !ok || l[0] != '"' {
		return doc
	}
	path := g.first(c.Tableau, c.Nom)
	old := at(g.base, g.first(c.Numero)).(literal)
	name := strings.Replace(string(at(doc, path).(literal)), string(old[1:len(old)-1]), string(l[1:len(l)-1]), 1)
	return set(doc, path, literal(name))
}

// coupled tells whether a rule ties the value to others.
func (g *generator) coupled(path []string) bool {
	for _, c := range g.m.Coherence {
		switch c := c.(type) {
		case modele.MemesValeurs:
			if slices.Equal(path, g.first(c.A...)) || slices.Equal(path, g.first(c.B...)) {
				return true
			}
		case modele.PiecesNommees:
			if slices.Equal(path, g.first(c.Numero)) {
				return true
			}
		}
	}
	return false
}

// first leads through the first demande, and through first items, to a tag or to its first value.
func (g *generator) first(tags ...string) []string {
	path := []string{g.m.Lignes, "0"}
	champs := find(g.m.EnTete, g.m.Lignes).Champs
	for _, tag := range tags {
		c := find(champs, tag)
		path, champs = join(path, tag), c.Champs
		if c.Type.Genre == modele.TableauObjets || c.Type.Genre == modele.TableauValeurs {
			path = join(path, "0")
		}
	}
	return path
}
