package export

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"guichet/modele"
)

// variant is a value to try for a tag.
type variant struct {
	name  string
	value any
}

// variants lists the values to try for a tag of that type; right is the one it has.
func (g *generator) variants(t modele.Type, right any) []variant {
	var all []variant
	for _, n := range []any{
		null, literal("true"), literal("false"), literal("0"), literal("-1"), literal("[]"), literal("{}"), array{right},
		text(""), text(" "), text("null"), text("true"), text("0"), text("2920.00"),
	} {
		all = append(all, variant{string(compact(n)), n})
	}
	if s, ok := right.(literal); ok && s[0] == '"' {
		all = append(all, variant{"trailing blank", s[:len(s)-1] + ` "`}, variant{"leading blank", `" ` + s[1:]})
	} else if ok {
		all = append(all, variant{"in quotes", `"` + s + `"`})
	}
	for _, s := range g.texts(t, right) {
		all = append(all, variant{brief(s), text(s)})
	}
	for _, n := range numbers[t.Genre] {
		all = append(all, variant{n, literal(n)})
	}
	return all
}

// Numbers on both sides of the border. That an amount has two decimals and a rank is the right one, the
// schema cannot say.
var numbers = map[modele.Genre][]string{
	modele.Rang:    {"1", "1.5", "100000"},
	modele.Montant: {"0.00", "0.01", "-0.01", "4866.67", "99999999.99"},
	modele.Chaine:  {"12345", "1.5"},
}

// texts lists texts to try for a tag.
func (g *generator) texts(t modele.Type, right any) []string {
	all := bordersOf(t)
	switch t.Genre {
	case modele.Date:
		all = append(append(all, dates...), g.randomDates()...)
	case modele.Courriel:
		all = append(all, emails...)
	case modele.Telephone:
		all = append(all, phones...)
	case modele.Choix:
		all = append(all, choiceTexts(t.Valeurs)...)
	case modele.ChoixMultiple:
		all = append(append(all, choiceTexts(t.Valeurs)...), arrangements(t.Valeurs)...)
	case modele.Code:
		all = append(all, g.codeTexts(t.Nomenclature)...)
	case modele.NomPiece:
		all = append(all, nameTexts(string(right.(literal)))...)
	case modele.Chaine:
		all = append(all, "DÉJÀ-VU D'ÉTÉ 2", "Déjà", "ǅ", "a", "null ", "=1", " ", "A\tB", `A"B\C`)
	}
	return append(all, g.randomTexts(t)...)
}

// bordersOf lists texts around the border of each length, made of characters of each sort.
func bordersOf(t modele.Type) []string {
	var lengths []int
	switch {
	case t.Exact > 0:
		lengths = []int{t.Exact - 1, t.Exact, t.Exact + 1}
	case t.Moins > 0:
		lengths = []int{1, t.Moins - 1, t.Moins, t.Moins + 1}
	}
	start := map[modele.Genre]string{modele.Courriel: "a@b.", modele.Telephone: "+3"}[t.Genre]
	var all []string
	for _, n := range lengths {
		for _, fill := range []string{"A", "a", "1", "É", "é", "😀", " ", "-"} {
			all = append(all, start+strings.Repeat(fill, max(0, n-len(start))))
		}
	}
	return all
}

var dates = []string{
	"28/02/2023", "29/02/2023", "29/02/2024", "29/02/1900", "29/02/2000", "29/02/0000", "30/02/2024", "31/04/2023",
	"30/04/2023", "31/12/2023", "32/01/2023", "00/01/2023", "01/00/2023", "01/13/2023", "31/01/0000", "31/01/0001",
	"31/01/1000", "31/01/0100", "31/01/0010", "1/1/2023", "2023-10-02", "15/09/23", "15-09-2023", "15.09.2023",
	"15/09/2023 00:00", "09/15/2023", "45184", "15/09/20230", "١٥/٠٩/٢٠٢٣",
}

var emails = []string{
	"a@b.c", "@b.c", "a@b", "a.b@c", "@@.", "a@.", "a@@b.c", "@a@b.c", "a@b.", "é@b.c", "a b@c.d", "a@b.c\n", "a@b.c ",
	"a@b.\u2003c", "a\u0000@b.c", "a@b\u0085.c", "a@b.c; d@e.f", ".@.", "a.b",
}

var phones = []string{
	"+33 1 99 00 12 34", "+33199001234", "+33.1.99-00", "01 99 00 12 34", "0033199001234", "+", "+ 33", "+a", "+3", "+33 ",
	"+1", "+12", "+33", "+331", "+3 3", "+352", "+352 1", "+999", "+0", "++33", "+33 (0)1", "+33 1 99 00 12 34 poste 5", "+33 1a", "+33/1", "+33 1", "+33,1", "+33_1", "33+", "(+33)1", "+٣٣",
}

// choiceTexts spells choices wrongly, and rightly.
func choiceTexts(values []string) []string {
	all := slices.Clone(values)
	for _, v := range values {
		all = append(all, strings.ToLower(v), v+"X", v+", ", ", "+v, v+", "+v, v+","+v, v+","+values[0], values[0]+",  "+v, values[0]+"; "+v)
	}
	return append(all, strings.Join(values, ", ")+", "+values[0])
}

// codeTexts spells the first code, the last and a few others in tolerated and in wrong ways.
func (g *generator) codeTexts(n *modele.Nomenclature) []string {
	last := len(n.Codes) - 1
	chosen := []string{n.Codes[0].Code, n.Codes[last].Code}
	for range 10 {
		chosen = append(chosen, n.Codes[g.rng.IntN(last)].Code)
	}
	all := append([]string{"ZZZ_999", "_", "1"}, slices.Sorted(maps.Keys(n.Tolerees))...)
	for _, c := range chosen {
		for _, score := range []string{"_", " _", "_ ", " _ ", "  _", "_  ", " ", "  ", "%", "", "__", "_ "} {
			all = append(all, strings.Replace(c, "_", score, 1), strings.Replace(c, " _", score, 1))
		}
		all = append(all, strings.ToLower(c), c+"0", "A"+c, strings.Replace(c, "_", "_0", 1))
	}
	return all
}

// nameTexts spells the document's name, a JSON literal, wrongly. Another number would be wrong in a way
// that the schema cannot see.
func nameTexts(right string) []string {
	name := right[1 : len(right)-1]
	stem, extension, _ := strings.Cut(name, ".")
	number := stem[strings.LastIndex(stem, "-")+1:]
	return []string{
		name, stem, stem + ".", stem + "." + strings.ToUpper(extension), stem + ".png", stem + ".jpg", stem + ".jpeg",
		name + ".pdf", "dossier/" + name, strings.ToLower(stem) + "." + extension, strings.ReplaceAll(name, "-", "_"),
		strings.Replace(name, number, number+"1", 1), strings.Replace(name, number, number[1:], 1),
		strings.Replace(name, number, strings.Repeat("é", len(number)), 1), strings.Replace(name, "-"+number, number, 1),
		strings.Replace(name, "Va1", "Val", 1), strings.Replace(name, "Va1", "Va2", 1), strings.Replace(name, "BDC", "HT", 1),
		strings.Replace(name, "BDC", "FACT", 1),
	}
}

func (g *generator) randomDates() []string {
	all := make([]string, 20)
	for i := range all {
		all[i] = fmt.Sprintf("%02d/%02d/%04d", g.rng.IntN(33), g.rng.IntN(14), g.rng.IntN(10000))
	}
	return all
}

// sorts holds one character of each sort that some format treats apart.
var sorts = []rune("AZaz09éÉçŒœ @.+-_/,;'\"\\\t \u2028中😀ДдΩω")

func (g *generator) randomTexts(t modele.Type) []string {
	all := make([]string, 8)
	for i := range all {
		r := make([]rune, g.rng.IntN(max(t.Exact, min(t.Moins, 12), 4)+2))
		for j := range r {
			r[j] = sorts[g.rng.IntN(len(sorts))]
		}
		all[i] = string(r)
	}
	return all
}

// brief shortens a text for the name of a case.
func brief(s string) string {
	if r := []rune(s); len(r) > 24 {
		return fmt.Sprintf("%q… (%d)", string(r[:8]), len(r))
	}
	return fmt.Sprintf("%q", s)
}
