package diag_test

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

type junit struct {
	XMLName xml.Name `xml:"testsuites"`
	Suites  []struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Cases    []struct {
			Name      string `xml:"name,attr"`
			Classname string `xml:"classname,attr"`
			Failure   *struct {
				Message string `xml:"message,attr"`
				Type    string `xml:"type,attr"`
				Text    string `xml:",chardata"`
			} `xml:"failure"`
		} `xml:"testcase"`
		SystemOut string `xml:"system-out"`
	} `xml:"testsuite"`
}

func readJUnit(t *testing.T, r *diag.Rapport) (junit, string) {
	t.Helper()
	var b bytes.Buffer
	if err := diag.WriteJUnit(&b, r, diag.Options{Langue: modele.Anglais}); err != nil {
		t.Fatal(err)
	}
	var j junit
	if err := xml.Unmarshal(b.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	return j, b.String()
}

func TestJUnitCounts(t *testing.T) {
	t.Parallel()
	j, _ := readJUnit(t, essai.Rapport())
	if len(j.Suites) != 4 {
		t.Errorf("%d suites", len(j.Suites))
	}
	for i, want := range []struct{ tests, failures int }{{3, 2}, {5, 2}, {2, 0}, {1, 1}} {
		s := j.Suites[i]
		failures := 0
		for _, c := range s.Cases {
			if c.Failure != nil {
				failures++
			}
			if c.Classname != s.Name {
				t.Errorf("class %q in suite %q", c.Classname, s.Name)
			}
		}
		if s.Tests != want.tests || len(s.Cases) != want.tests || s.Failures != want.failures || failures != want.failures {
			t.Errorf("%s: %d tests, %d cases, %d failures told, %d failures", s.Name, s.Tests, len(s.Cases), s.Failures, failures)
		}
	}
}

func TestJUnitCases(t *testing.T) {
	t.Parallel()
	j, _ := readJUnit(t, essai.Rapport())
	c := j.Suites[1].Cases
	if c[0].Name != "structure" || c[0].Failure != nil {
		t.Errorf("remark on the structure: %+v", c[0])
	}
	if out := j.Suites[1].SystemOut; !strings.HasPrefix(out, "structure\n") || !strings.Contains(out, "warning[A001]: le nom du fichier") {
		t.Errorf("remarks: %q", out)
	}
	f := c[2].Failure
	if c[2].Name != "Demande 2, numeroEditeur 00002" || f == nil || f.Type != "F012" {
		t.Fatalf("case %+v", c[2])
	}
	for _, line := range []string{
		"envoi du 16, été/brouillon.json:58:35: error[F012]: telephoneResponsableOG vaut",
		"\n  help: écrire par exemple", "\nenvoi du 16, été/brouillon.json:108:35: error[F012]",
	} {
		if !strings.Contains(f.Text, line) {
			t.Errorf("%q is not in %q", line, f.Text)
		}
	}
	if !strings.Contains(j.Suites[1].SystemOut, "info[I001]") || strings.Contains(f.Text, "I001") {
		t.Errorf("the remark is not apart: %+v", c[2])
	}
}

func TestJUnitNeutralises(t *testing.T) {
	t.Parallel()
	_, text := readJUnit(t, essai.Rapport())
	if plain := strings.ReplaceAll(text, "\n", ""); plain != diag.Neutralize(plain) {
		t.Errorf("control characters in\n%q", plain)
	}
	if strings.Contains(text, "<script>") || !strings.Contains(text, "&lt;script&gt;") {
		t.Error("markup of a value is not escaped")
	}
}
