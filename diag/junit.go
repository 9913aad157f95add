package diag

import (
	"encoding/xml"
	"fmt"
	"io"
	"strconv"
	"strings"

	"guichet/modele"
)

// WriteJUnit writes the report as JUnit XML: a suite for each file, a case for each demande and one for
// the structure. There is no standard, but schemas that readers hold on to: what is written is valid for Jenkins'
// (junit-10.xsd) and for that of Ant's reports, which is why each suite has a host, a time, and its own output.
func WriteJUnit(w io.Writer, r *Rapport, o Options) error {
	var all junitSuites
	for i := range r.Fichiers {
		s := newJUnitSuite(&r.Fichiers[i], o)
		s.ID = i
		all.Suites = append(all.Suites, s)
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
		XMLName xml.Name     `xml:"testsuites"`
		Suites  []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		ID         int             `xml:"id,attr"`
		Name       string          `xml:"name,attr"`
		Package    string          `xml:"package,attr"`
		Timestamp  string          `xml:"timestamp,attr"`
		Hostname   string          `xml:"hostname,attr"`
		Tests      int             `xml:"tests,attr"`
		Failures   int             `xml:"failures,attr"`
		Errors     int             `xml:"errors,attr"`
		Time       int             `xml:"time,attr"`
		Properties []junitProperty `xml:"properties>property"`
		Cases      []junitCase     `xml:"testcase"`
		SystemOut  string          `xml:"system-out"`
		SystemErr  string          `xml:"system-err"`
	}
	junitProperty struct {
		Name  string `xml:"name,attr"`
		Value string `xml:"value,attr"`
	}
	junitCase struct {
		Name      string        `xml:"name,attr"`
		Classname string        `xml:"classname,attr"`
		Time      int           `xml:"time,attr"`
		Failure   *junitFailure `xml:"failure"`
	}
	junitFailure struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr"`
		Text    string `xml:",chardata"`
	}
)

func newJUnitSuite(f *Fichier, o Options) junitSuite {
	s := junitSuite{
		Name: junitName(f.Fichier), Package: f.Modele, Hostname: "localhost", Timestamp: o.Maintenant.Format("2006-01-02T15:04:05"),
		Properties: []junitProperty{{"guichet", o.Outil}, {"edition", f.Edition}, {"verdict", string(f.Verdict)}},
	}
	s.add(junitCase{Name: "structure"}, f, f.Structure, o.Langue)
	for i := range f.Demandes {
		d := &f.Demandes[i]
		s.add(junitCase{Name: d.Nom(o.Langue)}, f, d.Anomalies, o.Langue)
	}
	return s
}

// junitName is a name that is not blank: the schemas want none of those.
func junitName(name string) string {
	if strings.TrimSpace(name) == "" {
		return strconv.Quote(name)
	}
	return Neutralize(name)
}

// add puts what refuses the demande or the file into one failure, as most readers take no second, and the
// remarks into the output of the suite, under the name of the case.
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
	if len(remarks) > 0 {
		s.SystemOut += c.Name + "\n" + strings.Join(remarks, "\n") + "\n"
	}
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
