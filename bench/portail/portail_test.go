package main

import (
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/bench/mesure"
)

// A moment of each measure, so that the benchmark cannot rot. It looks at no time.
func TestOneRound(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program: not in -short")
	}
	dir := t.TempDir()
	program := filepath.Join(dir, "guichet")
	if err := mesure.Construire(t.Context(), "../..", program); err != nil {
		t.Fatal(err)
	}
	for _, d := range databases(dir) {
		var out strings.Builder
		if err := measure(t.Context(), settings{slice: 100 * time.Millisecond, rounds: 1, most: 10_000}, program, d, &out); err != nil {
			t.Errorf("%s: %v", d.name, err)
		}
		if n := strings.Count(out.String(), "\n"); n < 20 {
			t.Errorf("%s: %d lines:\n%s", d.name, n, out.String())
		}
	}
}
