package export_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"guichet/controle"
	"guichet/diag"
	"guichet/export"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ms1dui"
)

// book is the JSON form of the rules.
type book struct {
	Version string `json:"format_version"`
	Edition string
	Regles  []struct {
		Code, Gravite, Titre, Source, Message, Aide string
		Balises                                     []string
	}
}

func readBook(t *testing.T, m *modele.Modele, l modele.Langue) book {
	t.Helper()
	var b book
	if err := json.Unmarshal(export.ReglesJSON(m, controle.Regles(), l), &b); err != nil {
		t.Fatal(err)
	}
	return b
}

// The tags that a rule is said to be about are those that the checker reports it at.
func TestTagsOfRules(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		tags, seen := map[string][]string{}, 0
		for _, r := range readBook(t, m, modele.Francais).Regles {
			tags[r.Code] = r.Balises
		}
		checker := controle.Preparer(m, jsondoc.Limits{})
		for c := range export.Cases(m, 1) {
			for _, a := range anomalies(checker.Controler(c.Document, controle.Options{})) {
				if a.Code == "S103" { // an unknown tag is not of the table
					continue
				}
				seen++
				if !slices.Contains(tags[a.Code], a.Balise) {
					t.Errorf("%s, %s: %s is reported at %q, but said to be about %v", m.Edition, c.Nom, a.Code, a.Balise, tags[a.Code])
				}
			}
		}
		if seen < 100 {
			t.Errorf("%s: only %d anomalies in the cases", m.Edition, seen)
		}
	}
}

// Only rules about the bytes, the name and unknown tags have no tag.
func TestRulesWithoutTag(t *testing.T) {
	t.Parallel()
	var without []string
	for _, r := range readBook(t, ms1dui.Courante(), modele.Francais).Regles {
		if len(r.Balises) == 0 {
			without = append(without, r.Code)
		}
	}
	want := []string{"S001", "S002", "S003", "S004", "S005", "S103", "S301", "A601", "A602", "I701"}
	if !slices.Equal(without, want) {
		t.Errorf("rules without a tag: %v, want %v", without, want)
	}
}

func TestReglesJSON(t *testing.T) {
	t.Parallel()
	b := readBook(t, ms1dui.Courante(), modele.Anglais)
	if b.Version != "1.0" || b.Edition != "2023-10-02" || len(b.Regles) != len(controle.Regles()) {
		t.Fatalf("version %q, edition %q, %d rules", b.Version, b.Edition, len(b.Regles))
	}
	i := slices.IndexFunc(controle.Regles(), func(r modele.Regle) bool { return r.Code == "F118" })
	got, want := b.Regles[i], controle.Regles()[i]
	if got.Code != "F118" || got.Gravite != "erreur" || got.Titre != want.Titre.En || got.Source != "§3.2, the tag's block" ||
		!slices.Equal(got.Balises, []string{"profilMetier"}) {
		t.Errorf("F118 = %+v", got)
	}
}

// The three forms name each rule once, in the order of the book.
func TestReglesFormsAreComplete(t *testing.T) {
	t.Parallel()
	m, regles := ms1dui.Courante(), controle.Regles()
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		lines := strings.Split(strings.TrimSpace(string(export.ReglesTexte(m, regles, l))), "\n")
		if len(lines) != len(regles)+1 {
			t.Fatalf("%d lines for %d rules", len(lines), len(regles))
		}
		for i, r := range regles {
			if !strings.HasPrefix(lines[i+1], r.Code+" ") || !strings.Contains(lines[i+1], r.Titre.In(l)) {
				t.Errorf("line %d, want %s: %s", i+1, r.Code, lines[i+1])
			}
		}
		page := string(export.ReglesMarkdown(m, regles, l))
		for _, r := range regles {
			if n := strings.Count(page, "| "+r.Code+" | "); n != 1 {
				t.Errorf("the page has %d rows for %s", n, r.Code)
			}
		}
	}
}

func anomalies(r *controle.Rapport) []diag.Diagnostic {
	f := r.Fichier(modele.Francais)
	all := f.Structure
	for _, d := range f.Demandes {
		all = append(all, d.Anomalies...)
	}
	return all
}
