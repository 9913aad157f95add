package asvs

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// petite is a list that holds together, and the one test that it needs.
const (
	petite = "V1 Encodage\n1.1.1 L2 une chose\n1.2.3 L1 une autre\n  conception : voir `docs/a.md`\nV2 Règles\n2.1.1 L1 rien ici\n  sans objet : il n'y en a pas\n"
	epreuf = "package a\n\nimport \"testing\"\n\n// A thing holds.\n// ASVS 1.1.1: always.\nfunc TestUne(t *testing.T) {}\n"
)

// monter makes a small project.
func monter(t *testing.T, fichiers map[string]string) string {
	t.Helper()
	root := t.TempDir()
	tous := map[string]string{"docs/a.md": "x", "a/a_test.go": epreuf}
	maps.Copy(tous, fichiers)
	for nom, texte := range tous {
		chemin := filepath.Join(root, filepath.FromSlash(nom))
		if err := os.MkdirAll(filepath.Dir(chemin), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(chemin, []byte(texte), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return root
}

func faire(root, liste string) (string, error) {
	chapitres, err := lire(liste)
	if err != nil {
		return "", err
	}
	etiquettes, err := lireEtiquettes(root)
	if err != nil {
		return "", err
	}
	if err := rapprocher(root, chapitres, etiquettes); err != nil {
		return "", err
	}
	return string(document(chapitres)), nil
}

// What fits together is written: counts, then each requirement with its tests or its reason.
func TestDocument(t *testing.T) {
	t.Parallel()
	texte, err := faire(monter(t, map[string]string{
		"b/c/b_test.go":              strings.ReplaceAll(epreuf, "TestUne", "FuzzDeux"),
		"b/testdata/rien_test.go":    strings.ReplaceAll(epreuf, "1.1.1", "9.9.9"),
		".cache/autre/rien_test.go":  strings.ReplaceAll(epreuf, "1.1.1", "9.9.9"),
		"b/pas_une_epreuve.go":       strings.ReplaceAll(epreuf, "1.1.1", "9.9.9"),
		"b/sans_etiquette_test.go":   "package b\n\n// It speaks of ASVS, but tags nothing.\nvar x int\n",
		"b/plusieurs_choses_test.go": strings.Replace(epreuf, "ASVS 1.1.1: always.", "ASVS 1.1.1.", 1),
	}), petite)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"| 1 | 2 | 0 | 1 | 1 | 0 |", "| 2 | 1 | 1 | 0 | 0 | 0 |", "| 1 et 2 | 3 | 1 | 1 | 1 | 0 |", "## V2 Règles\n",
		"| 1.1.1 | 2 | une chose | [`a.TestUne`](../a/a_test.go), [`b.TestUne`](../b/plusieurs_choses_test.go), [`c.FuzzDeux`](../b/c/b_test.go) |",
		"| 1.2.3 | 1 | une autre | Conception : voir `docs/a.md` |", "| Sans objet : il n'y en a pas |",
	} {
		if !strings.Contains(texte, want) {
			t.Errorf("no %q in\n%s", want, texte)
		}
	}
}

// Whatever is in doubt makes no document, and is told with its place.
func TestRefused(t *testing.T) {
	t.Parallel()
	for nom, c := range map[string]struct{ liste, fichier, want string }{
		"unknown requirement":    {petite, strings.ReplaceAll(epreuf, "1.1.1", "1.9.9"), "a/a_test.go:6: a.TestUne names 1.9.9"},
		"of another level":       {petite, strings.ReplaceAll(epreuf, "1.1.1", "1.1.1, 3.1.1"), "names 3.1.1, which is no requirement"},
		"stale reason":           {petite, strings.ReplaceAll(epreuf, "1.1.1", "1.1.1, 2.1.1"), `2.1.1 has the reason "sans objet", but a.TestUne shows it`},
		"stale lack":             {strings.Replace(petite, "une chose\n", "une chose\n  manque : tout\n", 1), epreuf, `1.1.1 has the reason "manque"`},
		"neither":                {petite, strings.ReplaceAll(epreuf, "// ASVS 1.1.1: always.\n", ""), "1.1.1 has no test and no reason"},
		"a test that is gone":    {petite, strings.ReplaceAll(epreuf, "func TestUne(t *testing.T) {}", "var x = 1"), "a/a_test.go:6: the tag is not in the comment of a test function"},
		"a helper":               {petite, strings.ReplaceAll(epreuf, "TestUne", "aider"), "is not in the comment of a test function"},
		"a method":               {petite, strings.ReplaceAll(epreuf, "func TestUne", "func (x y) TestUne"), "is not in the comment of a test function"},
		"no test of Go's":        {petite, strings.ReplaceAll(epreuf, "TestUne", "Testune"), "is not in the comment of a test function"},
		"all tests":              {petite, strings.ReplaceAll(epreuf, "TestUne", "TestMain"), "is not in the comment of a test function"},
		"away from the function": {petite, strings.ReplaceAll(epreuf, "always.\n", "always.\n\n"), "is not in the comment of a test function"},
		"a badly written tag":    {petite, strings.ReplaceAll(epreuf, "1.1.1:", "V1.1.1:"), "a/a_test.go:6: \"// ASVS V1.1.1: always.\" is no tag"},
		"blanks alone":           {petite, strings.ReplaceAll(epreuf, "1.1.1: always.", "1.1.1 1.2.3"), "is no tag"},
		"in a block":             {petite, strings.ReplaceAll(epreuf, "// ASVS 1.1.1: always.", "/* ASVS 1.1.1: always. */"), "is no tag"},
		"a test that is no Go":   {petite, epreuf + "func {", "a_test.go"},
		"design without a place": {strings.Replace(petite, " `docs/a.md`", " là", 1), epreuf, "1.2.3 is held by design, but does not name the file"},
		"a place that is gone":   {strings.Replace(petite, "docs/a.md", "docs/b.md", 1), epreuf, "1.2.3 names docs/b.md"},
		"twice":                  {petite + "2.1.1 L1 encore\n", epreuf, "exigences.txt:8: 2.1.1 is there twice"},
		"in another chapter":     {petite + "3.1.1 L1 ailleurs\n", epreuf, "3.1.1 is no requirement of V2 Règles"},
		"of level 3":             {petite + "2.1.2 L3 plus\n", epreuf, `exigences.txt:8: "2.1.2 L3 plus" is no chapter`},
		"two reasons":            {petite + "  manque : encore\n", epreuf, "2.1.1 has two reasons"},
		"an unknown reason":      {petite + "2.1.2 L1 plus\n  presque : oui\n", epreuf, `exigences.txt:9: "  presque : oui" is no chapter`},
		"a reason of nothing":    {"V1 Encodage\n  manque : tout\n", epreuf, "exigences.txt:2: a reason stands before"},
		"no chapter":             {"1.1.1 L2 une chose\n", epreuf, "exigences.txt:1:"},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			if texte, err := faire(monter(t, map[string]string{"a/a_test.go": c.fichier}), c.liste); err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("%v, want %q\n%s", err, c.want, texte)
			}
		})
	}
}

// The list has each requirement of levels 1 and 2 of the ASVS 5.0.0: so many by chapter.
func TestListIsWhole(t *testing.T) {
	t.Parallel()
	chapitres, err := lire(liste)
	if err != nil {
		t.Fatal(err)
	}
	want := [17][2]int{{8, 19}, {4, 7}, {8, 11}, {2, 8}, {4, 5}, {13, 22}, {6, 12}, {4, 3}, {4, 3}, {5, 24}, {3, 11}, {3, 6}, {1, 12}, {2, 7}, {3, 10}, {0, 16}, {0, 7}}
	if len(chapitres) != len(want) {
		t.Fatalf("%d chapters", len(chapitres))
	}
	for i, c := range chapitres {
		n := [2]int{}
		for _, e := range c.exigences {
			n[e.niveau[0]-'1']++
		}
		if n != want[i] {
			t.Errorf("%s: %v, want %v", c.titre, n, want[i])
		}
	}
}
