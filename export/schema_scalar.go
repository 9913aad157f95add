package export

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"guichet/modele"
)

// The patterns hold in ECMA 262 with the u flag and in Go's RE2 alike: no look-around, no \d, \s or
// \u escapes.
const (
	courrielPattern   = `^(?:[^\x00]+@[^\x00]*\.|[^\x00]*\.[^\x00]*@)[^\x00]*$` // an @ after the first character, a point before or after it
	majusculesPattern = `^[^\x00\p{Ll}\p{Lt}]*$`
	textePattern      = `^[^\x00]*$`
)

// telephonePattern asks for a plus sign, the prefix of a country, whose digits others may part, and one digit more.
const telephonePattern = `^\+(?:[017]|2[^0-9]*[07]|3[^0-9]*[0-469]|4[^0-9]*[013-9]|5[^0-9]*[1-8]|6[^0-9]*[0-6]|8[^0-9]*[1246]|9[^0-9]*[0-58]|` +
	`[2-9][^0-9]*[0-9][^0-9]*[0-9])[^0-9]*[0-9][^\x00]*$`

// Parts of a date: a year after 0000, and two digits that are a multiple of 4 but not 00.
const (
	annee  = `(?:[0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)`
	quatre = `(?:0[48]|[2468][048]|[13579][26])`
)

// datePattern accepts the dates that exist: days that all months have, ends of months, and 29 February
// in leap years.
const datePattern = `^(?:` +
	`(?:(?:0[1-9]|1[0-9]|2[0-8])/(?:0[1-9]|1[0-2])|(?:29|30)/(?:0[13-9]|1[0-2])|31/(?:0[13578]|1[02]))/` + annee +
	`|29/02/[0-9]{2}` + quatre + `|29/02/` + quatre + `00)$`

// jsonTypes names the JSON type of each kind of value; the others are texts.
var jsonTypes = map[modele.Genre]string{
	modele.Objet:          "object",
	modele.TableauObjets:  "array",
	modele.TableauValeurs: "array",
	modele.Nul:            "null",
	modele.Rang:           "integer",
	modele.Montant:        "number",
	modele.Booleen:        "boolean",
}

// typed asks for the JSON type of a kind of value, or for null where it is optional.
func typed(g modele.Genre, optional bool) object {
	name, ok := jsonTypes[g]
	if !ok {
		name = "string"
	}
	if optional && g != modele.Nul {
		return object{{"type", texts([]string{name, "null"})}}
	}
	return object{{"type", text(name)}}
}

// scalar returns the schema of a scalar. rows is the most items of the array that it is a rank in.
func scalar(t modele.Type, optional bool, rows int) object {
	s := append(typed(t.Genre, optional), lengths(t)...)
	return append(s, values(t, optional, rows)...)
}

func lengths(t modele.Type) object {
	switch {
	case t.Exact > 0:
		return object{{"minLength", number(t.Exact)}, {"maxLength", number(t.Exact)}}
	case t.Moins > 0:
		return object{{"minLength", number(1)}, {"maxLength", number(t.Moins - 1)}}
	case t.Genre == modele.Chaine:
		return object{{"minLength", number(1)}}
	}
	return nil
}

// values restricts the values of a scalar beyond its type and its length.
func values(t modele.Type, optional bool, rows int) object {
	switch t.Genre {
	case modele.Chaine:
		return pattern(textPattern(t))
	case modele.Courriel:
		return pattern(courrielPattern)
	case modele.Telephone:
		return pattern(telephonePattern)
	case modele.Date:
		return pattern(datePattern)
	case modele.Rang:
		s := object{{"minimum", number(1)}}
		if rows > 0 {
			s = append(s, member{"maximum", number(rows)})
		}
		return s
	case modele.Montant:
		return object{{"exclusiveMinimum", number(0)}}
	case modele.Choix:
		return enum(t.Valeurs, optional)
	case modele.ChoixMultiple:
		return enum(arrangements(t.Valeurs), optional)
	case modele.Code:
		return codes(t.Nomenclature, optional)
	}
	return nil
}

func textPattern(t modele.Type) string {
	switch {
	case t.Alphabet == modele.Chiffres:
		return `^[0-9]*$`
	case t.Alphabet == modele.Alphanumerique && t.Majuscules:
		return `^[0-9A-Z]*$`
	case t.Alphabet == modele.Alphanumerique:
		return `^[0-9A-Za-z]*$`
	case t.Majuscules:
		return majusculesPattern
	}
	return textePattern
}

func pattern(p string) object {
	if p == "" {
		return nil
	}
	return object{{"pattern", text(p)}}
}

func enum(choices []string, optional bool) object {
	a := texts(choices)
	if optional {
		a = append(a, null)
	}
	return object{{"enum", a}}
}

// codes accepts the codes of a list, and tolerates other blanks before their rank.
func codes(n *modele.Nomenclature, optional bool) object {
	var all []string
	for _, e := range n.Codes {
		all = append(all, e.Code)
	}
	s := enum(all, optional)
	p := blankPattern(append(all, slices.Sorted(maps.Keys(n.Tolerees))...))
	if p == "" {
		return s
	}
	return object{{"anyOf", array{s, append(typed(modele.Code, false), pattern(p)...)}}}
}

// blankPattern writes `^(?:CH(?: *_ *| +)(?:28|94)|…)$`, codes with the same letters together.
func blankPattern(codes []string) string {
	var prefixes []string
	suffixes := map[string][]string{}
	for _, c := range codes {
		before, after, found := strings.Cut(c, "_")
		if before = strings.TrimRight(before, " "); !found {
			continue
		}
		if !slices.Contains(prefixes, before) {
			prefixes = append(prefixes, before)
		}
		suffixes[before] = append(suffixes[before], regexp.QuoteMeta(after))
	}
	if len(prefixes) == 0 {
		return ""
	}
	for i, p := range prefixes {
		prefixes[i] = fmt.Sprintf("%s(?: *_ *| +)(?:%s)", regexp.QuoteMeta(p), strings.Join(suffixes[p], "|"))
	}
	return "^(?:" + strings.Join(prefixes, "|") + ")$"
}

// arrangements lists all ways to choose one or more values and to join them by ", ", fewer values
// first. They are n!·e: for the few values of a choice.
func arrangements(values []string) []string {
	var all []string
	for last := []string{""}; len(last) > 0; {
		var next []string
		for _, chosen := range last {
			for _, v := range values {
				switch {
				case chosen == "":
					next = append(next, v)
				case !slices.Contains(strings.Split(chosen, ", "), v):
					next = append(next, chosen+", "+v)
				}
			}
		}
		all, last = append(all, next...), next
	}
	return all
}

func number(n int) literal { return literal(strconv.Itoa(n)) }
