package diag_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

// The part of SARIF 2.1.0 that the report uses, read strictly: an unknown property fails.
type (
	sarifMessage struct{ Text string }
	sarifPlace   struct {
		PhysicalLocation struct {
			ArtifactLocation struct{ URI string }
			Region           *struct{ StartLine, StartColumn, EndColumn int }
		}
		LogicalLocations []struct{ Name, FullyQualifiedName string }
		Message          *sarifMessage
	}
	sarifResult struct {
		RuleID              string
		RuleIndex           *int
		Level               string
		Message             sarifMessage
		Locations           []sarifPlace
		RelatedLocations    []sarifPlace
		PartialFingerprints map[string]string
		Fixes               []struct {
			Description     sarifMessage
			ArtifactChanges []struct {
				ArtifactLocation struct{ URI string }
				Replacements     []struct {
					DeletedRegion   struct{ StartLine, StartColumn, EndColumn int }
					InsertedContent sarifMessage
				}
			}
		}
		Properties struct {
			Premiere   bool
			Source     string
			Correction *diag.Correction
		}
	}
	sarifLog struct {
		Schema  string `json:"$schema"`
		Version string
		Runs    []struct {
			Tool struct {
				Driver struct {
					Name, Version string
					Rules         []struct {
						ID, Name                                string
						ShortDescription, FullDescription, Help sarifMessage
						DefaultConfiguration                    struct{ Level string }
					}
				}
			}
			Language, ColumnKind string
			Results              []sarifResult
		}
	}
)

func sarif(t *testing.T, r *diag.Rapport, o diag.Options) sarifLog {
	t.Helper()
	var b bytes.Buffer
	if err := diag.WriteSARIF(&b, r, o); err != nil {
		t.Fatal(err)
	}
	checkNames(t, b.Bytes())
	var log sarifLog
	d := json.NewDecoder(&b)
	d.DisallowUnknownFields()
	if err := d.Decode(&log); err != nil {
		t.Fatal(err)
	}
	if log.Version != "2.1.0" || !strings.HasSuffix(log.Schema, "sarif-schema-2.1.0.json") || len(log.Runs) != 1 {
		t.Fatalf("version %q, schema %q, %d runs", log.Version, log.Schema, len(log.Runs))
	}
	return log
}

// sarifNames are the property names as the standard spells them; the decoder does not mind their case.
var sarifNames = strings.Fields(`$schema version runs tool driver name rules id shortDescription fullDescription help text
	defaultConfiguration level language columnKind results ruleId ruleIndex message locations relatedLocations physicalLocation
	artifactLocation uri region startLine startColumn endColumn logicalLocations fullyQualifiedName partialFingerprints
	properties fixes description artifactChanges replacements deletedRegion insertedContent`)

func checkNames(t *testing.T, text []byte) {
	t.Helper()
	own := []string{"codePointeurValeur/v1", "premiere", "source", "correction", "debut", "fin", "ligne", "colonne", "octet", "avant", "apres", "sure"} // the names that the standard leaves to us
	for _, m := range regexp.MustCompile(`(?m)^ *"([^"]+)":`).FindAllSubmatch(text, -1) {
		if name := string(m[1]); !slices.Contains(sarifNames, name) && !slices.Contains(own, name) {
			t.Errorf("SARIF has no property %q", name)
		}
	}
}

func TestSARIFStructure(t *testing.T) {
	t.Parallel()
	run := sarif(t, essai.Rapport(), diag.Options{Regles: essai.Regles(), Outil: "1.2.3", Langue: modele.Anglais}).Runs[0]
	driver := run.Tool.Driver
	if driver.Name != "Guichet" || driver.Version != "1.2.3" || run.Language != "en" || run.ColumnKind != "unicodeCodePoints" {
		t.Errorf("run = %+v", run)
	}
	for i, rule := range essai.Regles() {
		got := driver.Rules[i]
		if got.ID != rule.Code || got.Name == "" || got.ShortDescription.Text != rule.Titre.En || got.DefaultConfiguration.Level == "" {
			t.Errorf("rule %+v", got)
		}
		if got.FullDescription.Text != "[balise] is [trouve]; expected: [attendu]" {
			t.Errorf("full description %q", got.FullDescription.Text)
		}
		if want := "Correct the value\nWrong: \"x\": 1\nRight: \"x\": \"1\""; !strings.HasPrefix(got.Help.Text, want) {
			t.Errorf("help %q", got.Help.Text)
		}
	}
	if len(run.Results) != 10 {
		t.Fatalf("%d results, want 10", len(run.Results))
	}
	for _, result := range run.Results {
		checkResult(t, result)
		if rule := driver.Rules[*result.RuleIndex]; rule.ID != result.RuleID || rule.DefaultConfiguration.Level != result.Level {
			t.Errorf("result %s points to rule %+v", result.RuleID, rule)
		}
	}
}

func checkResult(t *testing.T, r sarifResult) {
	t.Helper()
	if r.Message.Text == "" || len(r.Locations) != 1 || !slices.Contains([]string{"error", "warning", "note"}, r.Level) {
		t.Errorf("result = %+v", r)
	}
	for _, place := range slices.Concat(r.Locations, r.RelatedLocations) {
		uri := place.PhysicalLocation.ArtifactLocation.URI
		if !regexp.MustCompile(`^[A-Za-z0-9._~!$&'()*+,;=:@/%-]+$`).MatchString(uri) {
			t.Errorf("URI %q", uri)
		}
		if u, err := url.Parse(uri); err != nil || u.IsAbs() || strings.HasPrefix(uri, "/") {
			t.Errorf("URI %q is not relative: %v", uri, err)
		}
		if at := place.PhysicalLocation.Region; at != nil && (at.StartLine < 1 || at.StartColumn < 1 || at.EndColumn <= at.StartColumn) {
			t.Errorf("region %+v", *at)
		}
	}
	if print := r.PartialFingerprints["codePointeurValeur/v1"]; !regexp.MustCompile(`^[0-9a-f]{32}$`).MatchString(print) {
		t.Errorf("fingerprint %q", print)
	}
}

func TestSARIFPlaces(t *testing.T) {
	t.Parallel()
	results := sarif(t, essai.Rapport(), diag.Options{Regles: essai.Regles()}).Runs[0].Results
	double, nom := results[0], results[3]
	if got := *double.Locations[0].PhysicalLocation.Region; got != struct{ StartLine, StartColumn, EndColumn int }{112, 17, 20} {
		t.Errorf("region = %+v", got)
	}
	if got := double.Locations[0].LogicalLocations[0]; got.Name != "typeAction" || got.FullyQualifiedName != "/lignesImport/0/typeAction" {
		t.Errorf("logical location = %+v", got)
	}
	other := double.RelatedLocations[0]
	if other.PhysicalLocation.Region.StartLine != 9 || other.Message.Text != "première occurrence" {
		t.Errorf("related location = %+v", other)
	}
	if !double.Properties.Premiere || double.Properties.Source != "§1.2" {
		t.Errorf("properties = %+v", double.Properties)
	}
	place := nom.Locations[0].PhysicalLocation
	if place.Region != nil || place.ArtifactLocation.URI != "envoi%20du%2016,%20%C3%A9t%C3%A9/brouillon.json" {
		t.Errorf("an anomaly of the file's name is at %+v", place)
	}
}

// A sure repair is a fix of the standard; one to look at is a property, because a fix may be applied unseen.
func TestSARIFFixes(t *testing.T) {
	t.Parallel()
	c := diag.Correction{
		Debut: diag.Point{Ligne: 3, Colonne: 5, Octet: 40}, Fin: diag.Point{Ligne: 3, Colonne: 9, Octet: 44},
		Avant: `"01"`, Apres: `"02"`, Sure: true, Description: "d",
	}
	douteuse := c
	douteuse.Sure = false
	marque := diag.Correction{Debut: diag.Point{Ligne: 1, Colonne: 1}, Fin: diag.Point{Ligne: 1, Colonne: 1, Octet: 3}, Avant: "\ufeff", Sure: true}
	r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: "a b.json", Structure: []diag.Diagnostic{
		{Message: "m", Correction: &c}, {Message: "m", Correction: &douteuse}, {Message: "m", Correction: &marque}, {Message: "m"},
	}}}}
	results := sarif(t, r, diag.Options{}).Runs[0].Results
	change := results[0].Fixes[0].ArtifactChanges[0]
	if got := change.Replacements[0]; change.ArtifactLocation.URI != "a%20b.json" || got.InsertedContent.Text != `"02"` || got.DeletedRegion.StartLine != 3 || got.DeletedRegion.StartColumn != 5 || got.DeletedRegion.EndColumn != 9 {
		t.Errorf("change %+v", change)
	}
	if results[0].Properties.Correction != nil || results[1].Fixes != nil || results[1].Properties.Correction.Apres != `"02"` {
		t.Errorf("doubtful: %+v", results[1])
	}
	if results[2].Fixes != nil || results[3].Fixes != nil {
		t.Error("a fix that cannot be placed")
	}
}

func TestSARIFURI(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		"a.json":           "a.json",
		"./a/../b.json":    "b.json",
		"-":                "-",
		"a b%20#?.json":    "a%20b%2520%23%3F.json",
		"c:d.json":         "./c:d.json",
		"/srv/été.json":    "file:///srv/%C3%A9t%C3%A9.json",
		"x\x1b\u202e.json": "x%1B%E2%80%AE.json",
	} {
		r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: name, Structure: []diag.Diagnostic{{Message: "m"}}}}}
		got := sarif(t, r, diag.Options{}).Runs[0].Results[0]
		if uri := got.Locations[0].PhysicalLocation.ArtifactLocation.URI; uri != want {
			t.Errorf("URI of %q = %q, want %q", name, uri, want)
		}
		if got.RuleIndex != nil {
			t.Error("index of a rule that is not listed")
		}
	}
}

// Paths of Windows: what a service reads is the same file.
func TestWindowsURI(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{
		`C:\Ségur\a b.json`:              "file:///C:/S%C3%A9gur/a%20b.json",
		`c:/x/../a.json`:                 "file:///c:/a.json",
		`depots\.\a.json`:                "depots/a.json",
		`..\a#.json`:                     "../a%23.json",
		`\\serveur\part partagée\a.json`: "file://serveur/part%20partag%C3%A9e/a.json",
		`\\?\C:\long\a.json`:             "file:///C:/long/a.json",
		`\\?\UNC\serveur\part\a.json`:    "file://serveur/part/a.json",
		`C:a.json`:                       "./C:a.json",
		`\a.json`:                        "file:///a.json",
	} {
		if got := diag.WindowsURI(name); got != want {
			t.Errorf("%s: %s, want %s", name, got, want)
		}
	}
}

// TestSARIFFingerprint says what makes two anomalies the same.
func TestSARIFFingerprint(t *testing.T) {
	t.Parallel()
	print := func(d diag.Diagnostic) string {
		r := &diag.Rapport{Fichiers: []diag.Fichier{{Fichier: "a", Structure: []diag.Diagnostic{d}}}}
		return fmt.Sprint(sarif(t, r, diag.Options{}).Runs[0].Results[0].PartialFingerprints)
	}
	one, two := "1", "2"
	base := diag.Diagnostic{Code: "F1", Pointeur: "/a", Valeur: &one, Ligne: 3, Message: "m"}
	moved, code, pointer, value, none := base, base, base, base, base
	moved.Ligne, moved.Colonne, moved.Message = 90, 7, "said otherwise"
	code.Code, pointer.Pointeur, value.Valeur, none.Valeur = "F2", "/b", &two, nil
	if print(moved) != print(base) {
		t.Error("the fingerprint depends on the line or the words")
	}
	for _, d := range []diag.Diagnostic{code, pointer, value, none} {
		if print(d) == print(base) {
			t.Errorf("the same fingerprint for %+v", d)
		}
	}
}
