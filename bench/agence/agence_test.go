package main

import (
	"path/filepath"
	"strings"
	"testing"

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
	for _, name := range []string{"sqlite", "postgres"} {
		var out strings.Builder
		if err := on(t.Context(), settings{demandes: 1000, times: 1, awards: 1, batches: true}, program, filepath.Join(dir, name), name, &out); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if n := strings.Count(out.String(), "\n"); n < 40 {
			t.Errorf("%s: %d lines:\n%s", name, n, out.String())
		}
	}
}
