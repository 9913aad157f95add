package ms1dui_test

import (
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
		"certificatServeur.numeroCarteCPX certificatServeur.nomAdminTechnique certificatServeur.telephoneAdminTechnique " +
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

// The list of §4: 355 codes, each once, the number in each code its rank.
func TestOperateurs(t *testing.T) {
	t.Parallel()
	each(ms1dui.Courante().EnTete, "", func(_ string, c *modele.Champ) {
		n := c.Type.Nomenclature
		if n == nil {
			return
		}
		seen := map[string]bool{}
		for _, e := range n.Codes {
			if seen[e.Code] || e.Libelle == "" || !strings.Contains(e.Code, "_") {
				t.Errorf("%+v", e)
			}
			seen[e.Code] = true
		}
		if len(n.Codes) != 355 || !seen["GIP_1"] || !seen["CH_28"] || !seen["SOI_355"] {
			t.Errorf("%d codes", len(n.Codes))
		}
	})
}
