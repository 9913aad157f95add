package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/modele"
)

// However the cores share the files, the report has them in the order that they were given.
func TestOrder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	args, want := []string{"check", "--format", "csv", "--select", "A601"}, []string{}
	for i := range 60 {
		path := filepath.Join(folder, fmt.Sprintf("%d.json", 7919*i%60))
		content := corpus.Fichier(corpus.Forme{Demandes: 1 + i%20, OGs: 1, ESMS: 1})
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		args, want = append(args, path), append(want, path)
	}
	k := &keyboard{}
	if got := k.run(t.Context(), args...); got != 0 {
		t.Fatalf("exit status %d: %s", got, &k.stderr)
	}
	var got []string
	for _, line := range regexp.MustCompile(`(?m)^(.*?);accepte;`).FindAllStringSubmatch(k.stdout.String(), -1) {
		got = append(got, line[1])
	}
	if !slices.Equal(got, want) {
		t.Errorf("order of the report: %v", got)
	}
}

// A file's share of the report is bounded, but what the portal reports is always there.
func TestLighten(t *testing.T) {
	t.Parallel()
	r := result{fichier: diag.Fichier{Omises: [4]int{modele.Info: 1}}}
	for i := range 3 {
		d := diag.Demande{}
		for range 40 {
			d.Anomalies = append(d.Anomalies, diag.Diagnostic{Code: strconv.Itoa(i), Gravite: modele.Alerte})
		}
		d.Anomalies[39].Premiere, d.Anomalies[39].Gravite = true, modele.Erreur
		r.fichier.Demandes = append(r.fichier.Demandes, d)
	}
	r.lighten(1) // less than leastKept
	var kept []int
	for _, d := range r.fichier.Demandes {
		if len(d.Anomalies) == 0 || !d.Anomalies[len(d.Anomalies)-1].Premiere {
			t.Errorf("the one that the portal reports is gone: %v", d.Anomalies)
		}
		kept = append(kept, len(d.Anomalies))
	}
	if want := []int{40, 11, 1}; !slices.Equal(kept, want) {
		t.Errorf("kept %v, want %v", kept, want)
	}
	if want := [4]int{modele.Info: 1, modele.Alerte: 68}; r.fichier.Omises != want {
		t.Errorf("counted %v, want %v", r.fichier.Omises, want)
	}
}

// The person is told that lists are not complete, in formats that cannot say it too.
func TestTellDropped(t *testing.T) {
	t.Parallel()
	var stderr bytes.Buffer
	j := &job{program: &program{env: env{stderr: &stderr}}}
	lost := diag.Fichier{Omises: [4]int{modele.Erreur: 2, modele.Alerte: 3}}
	j.collect(&expansion{}, []result{{fichier: lost}, {}})
	if got := stderr.String(); !strings.Contains(got, "5 anomalies comptées sans détail") {
		t.Errorf("said %q", got)
	}
	stderr.Reset()
	j.collect(&expansion{}, []result{{}})
	if stderr.Len() > 0 {
		t.Errorf("said %q of a complete report", &stderr)
	}
}

// One file too many is told, once.
func TestTooManyFiles(t *testing.T) {
	t.Parallel()
	x := &expansion{ctx: t.Context(), seen: map[string]bool{}}
	for i := range maxFiles + 5 {
		x.add(source{shown: strconv.Itoa(i), real: strconv.Itoa(i)})
	}
	if len(x.sources) != maxFiles || len(x.failures) != 1 || x.failures[0] != (failure{strconv.Itoa(maxFiles), errTooMany}) {
		t.Errorf("%d files, failures %v", len(x.sources), x.failures)
	}
}

// What cannot be written whole is not written.
func TestReplaceIsAtomic(t *testing.T) {
	t.Parallel()
	path := file(t, "rapport.txt", []byte("avant"))
	full := errors.New("full")
	err := new(program).replace(path, func(w io.Writer) error {
		_, _ = w.Write(make([]byte, 1<<16))
		return full
	})
	if !errors.Is(err, full) {
		t.Errorf("error %v, want %v", err, full)
	}
	if got, _ := os.ReadFile(path); string(got) != "avant" {
		t.Errorf("the file was changed: %.20q", got)
	}
	if left, _ := os.ReadDir(filepath.Dir(path)); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

func TestQuoted(t *testing.T) {
	t.Parallel()
	for word, want := range map[string]string{
		"a.json": "a.json", "deux mots.json": "'deux mots.json'", "l'an.json": `'l'\''an.json'`, "$x": "'$x'",
	} {
		if got := quoted(word); got != want {
			t.Errorf("quoted(%q) = %s, want %s", word, got, want)
		}
	}
}

func TestPlausibleAbroad(t *testing.T) {
	t.Parallel()
	for number, want := range map[string]bool{
		"+32 2 555 12 12": true, "+41 22 555 12 12": true, "+352 27 12 34": true, "+1 418 555 0199": true,
		"+32 2 55": false, "+999 555 12 12": false, "+32 2 555 12 12 12 12 12": false, "+": false,
	} {
		if got := plausibleAbroad([]byte(number)); got != want {
			t.Errorf("plausibleAbroad(%q) = %t, want %t", number, got, want)
		}
	}
}
