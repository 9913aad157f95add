package main

import (
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"guichet/bench/mesure"
)

// One round over a few rows, so that the benchmark cannot rot. It looks at no time.
func TestOneRound(t *testing.T) {
	if testing.Short() {
		t.Skip("builds the program: not in -short")
	}
	dir := t.TempDir()
	p := paths{guichet: filepath.Join(dir, "guichet"), self: "true", script: "bureau/script.py"}
	if err := mesure.Construire(t.Context(), "../..", p.guichet); err != nil {
		t.Fatal(err)
	}
	table := headings()
	for _, c := range races(p, 30) {
		c.peer = []string{"true"} // the floors are this program itself, which a test is not
		if python, err := exec.LookPath("python3"); err == nil && strings.HasPrefix(c.name, "prepare, CSV") {
			script, err := filepath.Abs("script.py")
			if err != nil {
				t.Fatal(err)
			}
			c.peer = []string{python, script, "commandes.csv", "sortie"}
		}
		if err := c.run(t.Context(), filepath.Join(dir, c.name), 1, &table); err != nil {
			t.Errorf("%s: %v", c.name, err)
		}
	}
	var text strings.Builder
	table.Write(&text)
	if n := strings.Count(text.String(), "\n"); n < 6 {
		t.Errorf("%d lines:\n%s", n, text.String())
	}
}
