package main

import (
	"bytes"
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

const exemple = "testdata/exemple"

// Each kind of change is found where it stands.
func TestFind(t *testing.T) {
	t.Parallel()
	all, err := find(exemple)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, m := range all {
		m.file = filepath.Base(m.file)
		got = append(got, m.String())
	}
	want := strings.TrimSpace(`
exemple.go:9: entry removed: 1, → (nothing)
exemple.go:9: entry removed: , 2 → (nothing)
exemple.go:9: constant: 1 → 2
exemple.go:9: constant: 1 → 0
exemple.go:9: constant: 2 → 3
exemple.go:9: constant: 2 → 1
exemple.go:12: SQL: = → <>
exemple.go:12: SQL: ORDER BY a → ORDER BY a DESC
exemple.go:17: condition: ! → (nothing)
exemple.go:17: condition: > → >=
exemple.go:17: constant: 7 → 8
exemple.go:17: constant: 7 → 6
exemple.go:18: branch: continue → break
exemple.go:20: condition: ! → (nothing)
exemple.go:21: answer: true → false
exemple.go:24: error dropped: err != nil → false && err != nil
exemple.go:24: condition: != → ==
exemple.go:25: answer: false → true
exemple.go:27: answer: false → true`)
	if got := strings.Join(got, "\n"); got != want {
		t.Errorf("found:\n%s\nwant:\n%s", got, want)
	}
}

// A test that looks notices, one that does not look does not; what does not compile is not counted.
func TestTry(t *testing.T) {
	t.Parallel()
	all, err := find(exemple)
	if err != nil {
		t.Fatal(err)
	}
	few := slices.DeleteFunc(all, func(m mutant) bool {
		return m.become != ">=" && m.become != "ORDER BY a DESC" && m.kind != "error dropped"
	})
	few = append(few, mutant{file: few[0].file, become: "no Go"})
	var out bytes.Buffer
	noticed, tried, err := trial(t.Context(), options{number: 100, timeout: time.Minute, verbose: true}, exemple, few, &out)
	if err != nil || noticed != 1 || tried != 3 {
		t.Fatalf("%d of %d, %v", noticed, tried, err)
	}
	for _, want := range []string{
		"noticed  " + place(17) + "condition: > → >=", "SURVIVED " + place(12) + "SQL: ORDER BY a → ORDER BY a DESC", "SURVIVED " + place(24) + "error dropped",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing in\n%s", want, &out)
		}
	}
}

func place(line int) string {
	return fmt.Sprintf("%s:%d: ", filepath.FromSlash(exemple+"/exemple.go"), line)
}
