package controle

import (
	"bytes"
	"regexp"
)

// natureDeTexte tells a table and settings, which have no first bytes of their own, by their first lines. A JSON document that
// is damaged, or lacks its beginning, is neither.
func natureDeTexte(debut []byte) Nature {
	if bytes.ContainsFunc(debut, func(c rune) bool { return c < ' ' && c != '\t' && c != '\r' && c != '\n' }) {
		return inconnue
	}
	lignes := bytes.FieldsFunc(debut, func(c rune) bool { return c == '\r' || c == '\n' })
	if len(debut) == debutPage && len(lignes) > 1 {
		lignes = lignes[:len(lignes)-1] // not whole
	}
	switch {
	case deTableau(lignes):
		return Tableau
	case deReglages(lignes):
		return Reglages
	}
	return inconnue
}

// deTableau tells whether the first two lines have several cells. One comma or two make no table.
func deTableau(lignes [][]byte) bool {
	if len(lignes) == 0 || bytes.ContainsAny(lignes[0], "{}[]<>") || bytes.Contains(lignes[0], []byte(`":`)) {
		return false
	}
	for _, c := range []struct {
		separateur string
		fois       int
	}{{";", 1}, {"\t", 1}, {",", 3}} {
		assez := func(ligne []byte) bool { return bytes.Count(ligne, []byte(c.separateur)) >= c.fois }
		if assez(lignes[0]) && (len(lignes) == 1 || assez(lignes[1])) {
			return true
		}
	}
	return false
}

var (
	cleYAML    = regexp.MustCompile(`^[A-Za-z][\w.-]*:(?:[ \t].*)?$`)
	autourYAML = regexp.MustCompile(`^(?:#.*|---|[ \t]+\S.*|- .*|[ \t]*)$`)
)

// deReglages tells whether all lines are keys with what belongs to them, and remarks.
func deReglages(lignes [][]byte) bool {
	cles := 0
	for _, l := range lignes {
		switch l = bytes.TrimRight(l, " \t"); {
		case bytes.HasSuffix(l, []byte(",")):
			return false
		case cleYAML.Match(l):
			cles++
		case !autourYAML.Match(l):
			return false
		}
	}
	return cles > 0
}
