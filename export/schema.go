package export

import (
	"fmt"
	"slices"
	"strings"

	"guichet/modele"
)

// Schema returns the JSON Schema (2020-12) of the files of the model. It says all that the schema
// language can say of the two controls; Limites lists the rest, and stands in its $comment.
func Schema(m *modele.Modele, l modele.Langue) ([]byte, error) {
	b := schemaBuilder{m: m, l: l}
	root, pending, err := b.object(m.EnTete, 0)
	if err != nil {
		return nil, fmt.Errorf("schema of %s, edition %s: %w", m.Nom, m.Edition, err)
	}
	if len(pending) > 0 {
		return nil, fmt.Errorf("schema of %s, edition %s: condition %q names a tag that no object around it has",
			m.Nom, m.Edition, modele.Phrase(pending[0].si, l))
	}
	head := object{
		{"$schema", text("https://json-schema.org/draft/2020-12/schema")},
		{"$id", text("urn:guichet:" + nameOf(m) + ":" + m.Edition)},
		{"title", text(m.Nom + ", " + m.Titre.In(l))},
		{"description", text(m.Document)},
		{"$comment", text(comment(m, l))},
	}
	head = append(head, typed(modele.Objet, false)...)
	return indented(append(head, root...)), nil
}

// nameOf is the model's name as it stands in file names.
func nameOf(m *modele.Modele) string { return strings.ToLower(m.Nom) }

// comment lists the limits. A keyword of our own would stop strict readers, which $comment never does.
func comment(m *modele.Modele, l modele.Langue) string {
	intro := modele.Texte{
		Fr: "Règles que ce schéma ne peut pas dire, et que `guichet check` contrôle :",
		En: "Rules that this schema cannot say, and that `guichet check` controls:",
	}
	return intro.In(l) + "\n- " + strings.Join(Limites(m, l), "\n- ")
}

type schemaBuilder struct {
	m *modele.Modele
	l modele.Langue
}

// object returns what an object must hold, and the rules that need a tag of an object around it. rows
// is the most items of the array that the object is in, 0 for no limit.
func (b schemaBuilder) object(champs []modele.Champ, rows int) (object, []rule, error) {
	var properties object
	var required []string
	var rules []rule
	for i := range champs {
		c := &champs[i]
		s, pending, err := b.property(c, rows)
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", c.Balise, err)
		}
		for _, name := range names(c) {
			properties = append(properties, member{name, s})
		}
		if len(c.Tolerees) == 0 {
			required = append(required, c.Balise)
		}
		rules = append(append(rules, obligations(c)...), pending...)
	}
	here, pending, err := split(champs, rules)
	if err != nil {
		return nil, nil, err
	}
	o := object{
		{"additionalProperties", literal("false")},
		{"required", texts(required)},
		{"properties", properties},
	}
	return o.allOf(spellings(champs), b.conditionals(champs, here), b.documentNames(champs)), pending, nil
}

// property returns the schema of one tag and the rules of its own tags that need an object around it.
func (b schemaBuilder) property(c *modele.Champ, rows int) (object, []rule, error) {
	s := b.annotations(c)
	if !c.Type.Genre.Conteneur() {
		s = append(s, scalar(c.Type, !always(c.Obligation.Obligatoire), rows)...)
		if c.Type.Genre == modele.NomPiece {
			s = append(s, pattern(documentPattern(b.m.Pieces))...)
		}
		return s, nil, nil
	}
	s = append(s, typed(c.Type.Genre, !always(c.Obligation.Obligatoire) || c.NulTolere != nil)...)
	switch c.Type.Genre {
	case modele.TableauObjets:
		items, pending, err := b.object(c.Champs, c.Type.Max)
		if c.Balise == b.m.Lignes {
			items = items.allOf(b.counts(c.Champs))
		}
		items = append(typed(modele.Objet, false), items...)
		return append(s, itemsOf(c.Type, items)...), through(c, pending), err
	case modele.TableauValeurs:
		return append(s, itemsOf(c.Type, scalar(c.Type.Element(), false, 0))...), nil, nil
	}
	o, pending, err := b.object(c.Champs, 0)
	if all, ok := o.get("allOf").(array); ok && c.NulTolere != nil {
		o = o.with("allOf", array{object{{"anyOf", array{typed(modele.Nul, false), object{{"allOf", all}}}}}})
	}
	return append(s, o...), through(c, pending), err
}

// annotations says to a person what the tag is.
func (b schemaBuilder) annotations(c *modele.Champ) object {
	parts := slices.Compact([]string{modele.Format(c.Type, b.l), c.Obligation.Phrase(b.l)})
	if c.Aide != (modele.Texte{}) {
		parts = append(parts, c.Aide.In(b.l))
	}
	s := object{
		{"title", text(c.Libelle.In(b.l))},
		{"description", text(strings.Join(parts, modele.Texte{Fr: " ; ", En: "; "}.In(b.l)))},
		{"$comment", text(c.Source)},
	}
	if c.Exemple != "" {
		s = append(s, member{"examples", array{literal(c.Exemple)}})
	}
	return s
}

func itemsOf(t modele.Type, items object) object {
	var o object
	if t.Min > 0 {
		o = append(o, member{"minItems", number(t.Min)})
	}
	if t.Max > 0 {
		o = append(o, member{"maxItems", number(t.Max)})
	}
	if t.Unique {
		o = append(o, member{"uniqueItems", literal("true")})
	}
	return append(o, member{"items", items})
}

// allOf adds rules to the schema of an object.
func (o object) allOf(rules ...array) object {
	all, _ := o.get("allOf").(array)
	for _, r := range rules {
		all = append(all, r...)
	}
	if len(all) == 0 {
		return o
	}
	return o.with("allOf", all)
}

// names lists the accepted spellings of a tag.
func names(c *modele.Champ) []string { return append([]string{c.Balise}, c.Tolerees...) }

// spellings asks for exactly one spelling of each tag that has several.
func spellings(champs []modele.Champ) array {
	var rules array
	for i := range champs {
		if len(champs[i].Tolerees) == 0 {
			continue
		}
		var one array
		for _, n := range names(&champs[i]) {
			// Naming the property again is for strict readers, which look for it beside "required".
			one = append(one, object{{"required", texts([]string{n})}, {"properties", object{{n, literal("true")}}}})
		}
		rules = append(rules, object{{"oneOf", one}})
	}
	return rules
}
