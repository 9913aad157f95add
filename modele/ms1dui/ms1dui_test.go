package ms1dui_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/modele"
	"guichet/modele/ms1dui"
)

// each calls f for all tags of an edition, with the path that leads to them.
func each(champs []modele.Champ, path string, f func(path string, c *modele.Champ)) {
	for i := range champs {
		c := &champs[i]
		f(path+c.Balise, c)
		each(c.Champs, path+c.Balise+".", f)
	}
}

func TestEditions(t *testing.T) {
	t.Parallel()
	var dates []string
	for _, m := range ms1dui.Editions() {
		dates = append(dates, m.Edition)
		if ms1dui.Edition(m.Edition) != m {
			t.Errorf("%s is not found by its date", m.Edition)
		}
	}
	if got := strings.Join(dates, " "); got != "2023-10-02 2023-03-09" {
		t.Errorf("editions %s, the current one first expected", got)
	}
	if ms1dui.Edition("2023-10-03") != nil {
		t.Error("an edition that does not exist is found")
	}
}

// The certificate tags came in on 4 August 2023: that is all that the two editions differ in.
func TestWhatTheEditionsDifferIn(t *testing.T) {
	t.Parallel()
	tags := func(m *modele.Modele) (all []string) {
		each(m.EnTete, "", func(path string, _ *modele.Champ) { all = append(all, path) })
		return all
	}
	before := tags(ms1dui.Edition("2023-03-09"))
	var added []string
	for _, tag := range tags(ms1dui.Courante()) {
		if !slices.Contains(before, tag) {
			added = append(added, strings.TrimPrefix(tag, "lignesImport.beneficiaires.etablissementsClients."))
		}
	}
	want := "demandeCertificatServeur contractualisationOG statutAdminTechnique contractualisationEditeur certificatServeur " +
		"certificatServeur.numeroCarteCPX certificatServeur.nomAdminTechnique certificatServeur.telAdminTechnique " +
		"certificatServeur.emailAdminTechnique certificatServeur.utiliteCertificat"
	if got := strings.Join(added, " "); got != want {
		t.Errorf("added:\n%s\nwant:\n%s", got, want)
	}
	if n := len(before); n != 37 {
		t.Errorf("%d tags before, 37 expected", n)
	}
}

// Each tag has its label in both languages and its source; each value has an example; texts have a length.
func TestTagsAreComplete(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		each(m.EnTete, "", func(path string, c *modele.Champ) {
			if c.Libelle.Fr == "" || c.Libelle.En == "" || c.Bloc == "" || !strings.HasPrefix(c.Source, "§") {
				t.Errorf("%s %s: label, block or source is missing", m.Edition, path)
			}
			if (c.Aide.Fr == "") != (c.Aide.En == "") {
				t.Errorf("%s %s: help in one language", m.Edition, path)
			}
			if objects := c.Type.Genre == modele.Objet || c.Type.Genre == modele.TableauObjets; objects != (len(c.Champs) > 0) || objects == (c.Exemple != "") {
				t.Errorf("%s %s: tags or example", m.Edition, path)
			}
			if c.Type.Genre == modele.Chaine && c.Type.Exact == 0 && c.Type.Moins == 0 {
				t.Errorf("%s %s: a text without a length", m.Edition, path)
			}
		})
	}
}

// The list of §4: 355 codes, each once. A code is the first three characters of its label, an underscore, its rank;
// one alone has quotes in its label.
func TestOperateurs(t *testing.T) {
	t.Parallel()
	each(ms1dui.Courante().EnTete, "", func(_ string, c *modele.Champ) {
		n := c.Type.Nomenclature
		if n == nil {
			return
		}
		seen := map[string]bool{}
		for i, e := range n.Codes {
			if want := fmt.Sprintf("%s_%d", e.Libelle[:3], i+1); e.Code != want && e.Code != "CH _93" {
				t.Errorf("%+v, want %s", e, want)
			}
			seen[e.Code] = true
		}
		for _, code := range []string{"GIP_1", "CH _28", "C.L_71", "CL _253", "GH _290", "LA _335", "SOI_355"} {
			if !seen[code] {
				t.Errorf("%s is missing", code)
			}
		}
		for _, autres := range []map[string]string{n.Tolerees, n.Imprimes} {
			for graphie, code := range autres {
				if !seen[code] || seen[graphie] {
					t.Errorf("%s leads to %s", graphie, code)
				}
			}
		}
		if len(n.Codes) != 355 || len(seen) != 355 {
			t.Errorf("%d codes", len(n.Codes))
		}
	})
}

// Each doubtful reading is marked where it is: the tag, or the format.
func TestDoutes(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		var douteuses []string
		each(m.EnTete, "", func(path string, c *modele.Champ) {
			for _, d := range modele.Doutes(c) {
				if d.Raison.Fr == "" || d.Raison.En == "" || len(d.Regles) == 0 {
					t.Errorf("%s %s: %+v", m.Edition, path, d)
				}
			}
			if c.Type.Moins > 0 != (len(c.Type.Doutes) > 0) {
				t.Errorf("%s %s: VARCHAR(<n) is read to the letter", m.Edition, path)
			}
			if len(c.Doutes) > 0 {
				douteuses = append(douteuses, c.Balise)
			}
		})
		want := "IsStockageId operateurMessagerie profilMetier IsRefSoins"
		if m == ms1dui.Courante() {
			want = "certificatServeur telAdminTechnique " + want
		}
		if got := strings.Join(douteuses, " "); got != want {
			t.Errorf("%s: doubtful: %s, want %s", m.Edition, got, want)
		}
	}
}

// People who read English read the titles of blocks in English.
func TestBlocksHaveEnglishTitles(t *testing.T) {
	t.Parallel()
	for _, m := range ms1dui.Editions() {
		var voir func([]modele.Champ)
		voir = func(champs []modele.Champ) {
			for _, c := range champs {
				if titre := m.TitreBloc(c); titre.Fr != c.Bloc || titre.En == c.Bloc && c.Bloc != "certificatServeur" {
					t.Errorf("%s, %s: the block %q is %q in English", m.Edition, c.Balise, c.Bloc, titre.En)
				}
				voir(c.Champs)
			}
		}
		voir(m.EnTete)
	}
}
