package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"guichet/modele"
)

// WriteJUnit writes the report as JUnit XML: a suite for each file, a case for each demande and one for
// the structure.
func WriteJUnit(w io.Writer, r *Rapport, o Options) error {
	all := junitSuites{Name: "guichet"}
	for i := range r.Fichiers {
		s := newJUnitSuite(&r.Fichiers[i], o.Langue)
		all.Suites = append(all.Suites, s)
		all.Tests += s.Tests
		all.Failures += s.Failures
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	e := xml.NewEncoder(w)
	e.Indent("", "  ")
	if err := e.Encode(all); err != nil {
		return fmt.Errorf("encode JUnit XML: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		Classname string        `xml:"classname,attr"`
		Failure   *junitFailure `xml:"failure"`
		SystemOut string        `xml:"system-out,omitempty"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

func newJUnitSuite(f *Fichier, l modele.Langue) junitSuite {
	s := junitSuite{Name: Neutralize(f.Fichier)}
	s.add(junitCase{Name: "structure"}, f, f.Structure, l)
	for i := range f.Demandes {
		d := &f.Demandes[i]
		s.add(junitCase{Name: d.Nom(l)}, f, d.Anomalies, l)
	}
	return s
}

// add puts what refuses the demande or the file into one failure, as most readers take no second, and the
// remarks into the output of the case.
func (s *junitSuite) add(c junitCase, f *Fichier, anomalies []Diagnostic, l modele.Langue) {
	var failures, remarks []string
	for i := range anomalies {
		o := Occurrence{Fichier: f, Diagnostic: &anomalies[i]}
		if o.Gravite < modele.Erreur {
			remarks = append(remarks, o.paragraph(l))
			continue
		}
		if failures = append(failures, o.paragraph(l)); len(failures) == 1 {
			c.Failure = &junitFailure{Message: Neutralize(o.Message), Type: Neutralize(o.Code)}
		}
	}
	s.Tests++
	c.Classname = s.Name
	c.SystemOut = strings.Join(remarks, "\n")
	if c.Failure != nil {
		s.Failures++
		c.Failure.Text = strings.Join(failures, "\n")
	}
	s.Cases = append(s.Cases, c)
}

// paragraph is the anomaly in plain text.
func (o Occurrence) paragraph(l modele.Langue) string {
	head := o.Place() + colon(l) + WordGravite(o.Gravite, l) + "[" + o.Code + "]" + colon(l)
	return strings.ReplaceAll(neutralizeLines(head+o.sentence(l)), "\n", "\n  ")
}
