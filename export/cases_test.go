package export_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"guichet/export"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

func TestCasesAreDeterministic(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	first, again := slices.Collect(export.Cases(m, 7)), slices.Collect(export.Cases(m, 7))
	other := slices.Collect(export.Cases(m, 8))
	same := func(a, b export.Case) bool { return a.Nom == b.Nom && string(a.Document) == string(b.Document) }
	if !slices.EqualFunc(first, again, same) {
		t.Error("the same seed gives other cases")
	}
	if slices.EqualFunc(first, other, same) {
		t.Error("another seed gives the same cases")
	}
	for range export.Cases(m, 7) {
		break // must be able to stop early
	}
}

// Each tag has a case that is refused, and each scalar one that is accepted.
func TestCasesCoverEachTag(t *testing.T) {
	t.Parallel()
	m := ms1dui.Courante()
	schema := compile(t, m)
	accepted, refused := map[string]int{}, map[string]int{}
	for c := range export.Cases(m, 1) {
		if !json.Valid(c.Document) {
			t.Fatalf("%s is not JSON:\n%s", c.Nom, c.Document)
		}
		tag := lastTag(c.Pointeur)
		if schema.Validate(parse(t, c.Document)) == nil {
			accepted[tag]++
		} else {
			refused[tag]++
		}
	}
	visit(m.EnTete, func(c modele.Champ) {
		if refused[c.Balise] == 0 {
			t.Errorf("%s: no case is refused for %s", m.Edition, c.Balise)
		}
		if !c.Type.Genre.Conteneur() && accepted[c.Balise] == 0 {
			t.Errorf("%s: no case is accepted for %s", m.Edition, c.Balise)
		}
	})
}

func lastTag(pointer string) string {
	steps := strings.Split(pointer, "/")
	for len(steps) > 1 && strings.Trim(steps[len(steps)-1], "0123456789") == "" {
		steps = steps[:len(steps)-1]
	}
	return steps[len(steps)-1]
}

func visit(champs []modele.Champ, f func(modele.Champ)) {
	for _, c := range champs {
		f(c)
		visit(c.Champs, f)
	}
}
