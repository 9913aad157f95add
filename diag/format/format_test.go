package format_test

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/diag/format"
	"guichet/diag/internal/essai"
	"guichet/modele"
)

var update = flag.Bool("update", false, "write the golden files anew")

func write(t *testing.T, f format.Format, o diag.Options) string {
	t.Helper()
	o.Regles, o.Outil = essai.Regles(), "1.0.0"
	var b strings.Builder
	if err := format.Write(&b, f, essai.Rapport(), o); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestGolden compares each format with what it was: a change is seen in the diff of its commit.
func TestGolden(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		format  format.Format
		options diag.Options
	}{
		{"text.fr.txt", format.Text, diag.Options{}},
		{"text.en.txt", format.Text, diag.Options{Langue: modele.Anglais}},
		{"group.fr.txt", format.Text, diag.Options{Grouper: true}},
		{"rapport.json", format.JSON, diag.Options{}},
		{"rapport.sarif", format.SARIF, diag.Options{}},
		{"junit.xml", format.JUnit, diag.Options{}},
		{"github.txt", format.GitHub, diag.Options{}},
		{"rapport.csv", format.CSV, diag.Options{}},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			golden(t, filepath.Join("testdata", test.name), write(t, test.format, test.options))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(name, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s is stale: look at the change, then go test ./diag/format -update\n%s", name, firstDifference(got, string(want)))
	}
}

func firstDifference(got, want string) string {
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			return "got  " + g[i] + "\nwant " + w[i]
		}
	}
	return "one is longer than the other"
}

// TestNeutral finds control characters and direction marks in any format, in both languages.
func TestNeutral(t *testing.T) {
	t.Parallel()
	layout := strings.NewReplacer("\n", "", "\r", "", "\ufeff", "")
	for _, name := range format.Formats() {
		for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
			text := layout.Replace(write(t, format.Format(name), diag.Options{Langue: l}))
			if text == "" || text != diag.Neutralize(text) {
				t.Errorf("%s is not neutral:\n%q", name, text)
			}
		}
	}
}

func TestParse(t *testing.T) {
	t.Parallel()
	if want := []string{"text", "json", "sarif", "junit", "github", "csv", "html"}; !slices.Equal(format.Formats(), want) {
		t.Errorf("formats %v", format.Formats())
	}
	for _, name := range format.Formats() {
		if f, err := format.Parse(name); err != nil || string(f) != name {
			t.Errorf("Parse(%q) = %q, %v", name, f, err)
		}
	}
}

func TestUnknownFormat(t *testing.T) {
	t.Parallel()
	const want = `unknown format "pdf": choose one of text, json, sarif, junit, github, csv, html`
	if _, err := format.Parse("pdf"); err == nil || err.Error() != want {
		t.Errorf("Parse: %v", err)
	}
	if err := format.Write(&strings.Builder{}, "pdf", essai.Rapport(), diag.Options{}); err == nil || err.Error() != want {
		t.Errorf("Write: %v", err)
	}
}

type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestWriteErrors breaks the writer under each format: none may pass for done.
func TestWriteErrors(t *testing.T) {
	t.Parallel()
	for _, name := range format.Formats() {
		if err := format.Write(broken{}, format.Format(name), essai.Rapport(), diag.Options{}); err == nil {
			t.Errorf("%s: no error from a broken writer", name)
		}
	}
}
