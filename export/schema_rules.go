package export

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"guichet/modele"
)

// counts writes the rules that ask for a number of items of one kind in an array of the demande.
func (b schemaBuilder) counts(demande []modele.Champ) array {
	var a array
	for _, c := range b.m.Coherence {
		if count, ok := c.(modele.Compte); ok {
			a = append(a, b.countRule(demande, count, count.Si, 1)...)
			if count.EnTrop == "" { // else it is but a warning
				a = append(a, b.countRule(demande, count, count.Sinon, 0)...)
			}
		}
	}
	return a
}

// countRule asks for exactly n such items where si holds.
func (b schemaBuilder) countRule(demande []modele.Champ, c modele.Compte, si modele.Condition, n int) array {
	item := object{
		{"type", text("object")},
		{"required", texts([]string{c.Balise})},
		{"properties", object{{c.Balise, object{{"const", text(c.Valeur)}}}}},
	}
	then := object{
		{"type", text("object")},
		{"properties", object{{c.Tableau, object{
			{"type", text("array")},
			{"contains", item},
			{"minContains", number(n)},
			{"maxContains", number(n)},
		}}}},
	}
	if always(si) {
		return array{then}
	}
	if _, never := modele.Constante(si); never {
		return nil
	}
	return array{object{
		{"$comment", text(modele.Phrase(si, b.l))},
		{"if", holds(demande, []*modele.Champ{find(demande, c.Bloc), nil}, si)},
		{"then", then},
	}}
}

// documentNames holds the name of a document against its kind and its format, which tags beside the
// name tell.
func (b schemaBuilder) documentNames(champs []modele.Champ) array {
	var a array
	for _, c := range champs {
		for _, v := range c.Type.Valeurs {
			is := modele.Is{Balise: c.Balise, Valeur: string(text(v))}
			if c.Type.Extension != "" {
				a = append(a, b.named(champs, is, c.Type.Extension, `\.`+regexp.QuoteMeta(b.m.Pieces.Formats[v])+"$"))
			}
			if name := b.nameBeside(c.Balise); name != "" {
				a = append(a, b.named(champs, is, name, "^"+prefixes(b.m.Pieces)+"-"+regexp.QuoteMeta(b.m.Pieces.Codes[v])+"-"))
			}
		}
	}
	return a
}

// nameBeside returns the tag of the name that carries the code of a kind of document.
func (b schemaBuilder) nameBeside(kind string) string {
	for _, c := range b.m.Coherence {
		if p, ok := c.(modele.PiecesNommees); ok && p.Type == kind {
			return p.Nom
		}
	}
	return ""
}

// named asks that the name match the pattern where the tag of is has its value.
func (b schemaBuilder) named(champs []modele.Champ, is modele.Is, name, p string) object {
	matching := append(typed(modele.NomPiece, false), pattern(p)...)
	return object{
		{"$comment", text(modele.Phrase(is, b.l))},
		{"if", contains(champs, nil, is)},
		{"then", object{{"type", text("object")}, {"properties", object{{name, matching}}}}},
	}
}

// documentPattern is the whole norm of §3.3.
func documentPattern(n modele.NormePieces) string {
	return fmt.Sprintf(`^%s-%s-[0-9A-Za-z]{%d}\.%s$`, prefixes(n), oneOf(n.Codes), n.Longueur, oneOf(n.Formats))
}

func prefixes(n modele.NormePieces) string {
	return group(append([]string{n.Prefixe}, n.Tolerees...))
}

func oneOf(names map[string]string) string {
	return group(slices.Sorted(maps.Values(names)))
}

// group is the pattern of one of the texts.
func group(choices []string) string {
	quoted := make([]string, len(choices))
	for i, c := range choices {
		quoted[i] = regexp.QuoteMeta(c)
	}
	return "(?:" + strings.Join(quoted, "|") + ")"
}
