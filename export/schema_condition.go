package export

import (
	"fmt"
	"slices"

	"guichet/modele"
)

// rule says what a tag must be where a condition holds.
type rule struct {
	si modele.Condition
	// chemin leads from the object at hand to the tag: containers, then the tag itself.
	chemin []*modele.Champ
	alors  object
	sinon  object // what it must be where the condition does not hold
}

// obligations returns the rules of a tag whose obligation depends on other tags.
func obligations(c *modele.Champ) []rule {
	var rules []rule
	for _, r := range []rule{
		{si: c.Obligation.Obligatoire, chemin: []*modele.Champ{c}, alors: typed(c.Type.Genre, false)},
		{si: c.Obligation.Nul, chemin: []*modele.Champ{c}, alors: typed(modele.Nul, false)},
	} {
		if _, constant := modele.Constante(r.si); !constant {
			rules = append(rules, r)
		}
	}
	if c.NulTolere != nil {
		rules = append(rules, rule{si: c.NulTolere, chemin: []*modele.Champ{c}, sinon: typed(c.Type.Genre, false)})
	}
	return rules
}

// through leads rules of the tags of c through c.
func through(c *modele.Champ, rules []rule) []rule {
	for i, r := range rules {
		rules[i].chemin = append([]*modele.Champ{c}, r.chemin...)
	}
	return rules
}

// split tells the rules that the object of champs can say from those that need an object around it.
func split(champs []modele.Champ, rules []rule) (here, pending []rule, err error) {
	for _, r := range rules {
		deepest, found := -1, true
		for _, tag := range tagsOf(r.si) {
			level := locate(champs, r.chemin, tag)
			deepest, found = max(deepest, level), found && level >= 0
		}
		if !found {
			pending = append(pending, r)
			continue
		}
		if slices.ContainsFunc(r.chemin[:deepest], isArray) {
			return nil, nil, fmt.Errorf("condition %q joins an object and the items of an array in it", modele.Phrase(r.si, modele.Anglais))
		}
		here = append(here, r)
	}
	return here, pending, nil
}

func isArray(c *modele.Champ) bool { return c.Type.Genre == modele.TableauObjets }

// always tells whether the condition holds whatever the tags are.
func always(c modele.Condition) bool {
	holds, constant := modele.Constante(c)
	return holds && constant
}

// tagsOf lists the tags that a condition names, each once.
func tagsOf(c modele.Condition) []string {
	var tags []string
	var parts []modele.Condition
	switch c := c.(type) {
	case modele.Is:
		return []string{c.Balise}
	case modele.All:
		parts = c
	case modele.Any:
		parts = c
	}
	for _, p := range parts {
		for _, tag := range tagsOf(p) {
			if !slices.Contains(tags, tag) {
				tags = append(tags, tag)
			}
		}
	}
	return tags
}

// locate returns how many steps of chemin lead to the object that has the tag, the nearest to the end of
// chemin; -1 where none has.
func locate(champs []modele.Champ, chemin []*modele.Champ, tag string) int {
	for level := len(chemin) - 1; level > 0; level-- {
		if find(chemin[level-1].Champs, tag) != nil {
			return level
		}
	}
	if find(champs, tag) != nil {
		return 0
	}
	return -1
}

func find(champs []modele.Champ, tag string) *modele.Champ {
	for i := range champs {
		if champs[i].Balise == tag {
			return &champs[i]
		}
	}
	return nil
}

// conditionals writes the rules as if/then, those under one condition together.
func (b schemaBuilder) conditionals(champs []modele.Champ, rules []rule) array {
	var a array
	var phrases []string
	for _, r := range rules {
		phrase := modele.Phrase(r.si, b.l)
		i := slices.Index(phrases, phrase)
		if i < 0 {
			i = len(phrases)
			phrases = append(phrases, phrase)
			a = append(a, object{{"$comment", text(phrase)}, {"if", holds(champs, r.chemin, r.si)}, {"then", object(nil)}})
		}
		o := a[i].(object)
		if r.alors != nil {
			o[2].value = require(o[2].value.(object), r.chemin, r.alors)
		}
		if r.sinon != nil {
			autrement, _ := o.get("else").(object)
			a[i] = o.with("else", require(autrement, r.chemin, r.sinon))
		}
	}
	return a
}

// holds is the schema of the objects where the condition holds.
func holds(champs []modele.Champ, chemin []*modele.Champ, c modele.Condition) object {
	all := func(key string, parts []modele.Condition) object {
		a := make(array, len(parts))
		for i, p := range parts {
			a[i] = holds(champs, chemin, p)
		}
		return object{{key, a}}
	}
	switch c := c.(type) {
	case modele.All:
		return all("allOf", c)
	case modele.Any:
		return all("anyOf", c)
	}
	is := c.(modele.Is)
	return contains(champs, chemin[:locate(champs, chemin, is.Balise)], is)
}

// contains is the schema of the objects that have the value at the end of chemin.
func contains(champs []modele.Champ, chemin []*modele.Champ, is modele.Is) object {
	key, value := is.Balise, object{{"const", literal(is.Valeur)}}
	if len(chemin) > 0 {
		key, value = chemin[0].Balise, contains(chemin[0].Champs, chemin[1:], is)
	}
	one := func(name string) object {
		return object{
			{"type", text("object")},
			{"required", texts([]string{name})},
			{"properties", object{{name, value}}},
		}
	}
	spellings := names(find(champs, key))
	if len(spellings) == 1 {
		return one(key)
	}
	var a array
	for _, n := range spellings {
		a = append(a, one(n))
	}
	return object{{"anyOf", a}}
}

// require adds to the schema of an object what the tag at the end of chemin must be.
func require(o object, chemin []*modele.Champ, alors object) object {
	c, rest := chemin[0], chemin[1:]
	properties, _ := o.get("properties").(object)
	for _, name := range names(c) {
		at, _ := properties.get(name).(object)
		switch {
		case len(rest) == 0:
			at = append(at, alors...)
		case isArray(c):
			items, _ := at.get("items").(object)
			at = at.with("type", text("array")).with("items", require(items, rest, alors))
		default:
			at = require(at, rest, alors)
			if c.NulTolere != nil {
				at = at.with("type", texts([]string{"object", "null"}))
			}
		}
		properties = properties.with(name, at)
	}
	return o.with("type", text("object")).with("properties", properties)
}
