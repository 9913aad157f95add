package export_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"guichet/export"
)

// The committed files are what the tables say now.
func TestArtefactsAreFresh(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, a := range export.Artefacts() {
		if seen[a.Path] {
			t.Errorf("%s is written twice", a.Path)
		}
		seen[a.Path] = true
		want, err := a.Generate()
		if err != nil {
			t.Errorf("%s: %v", a.Path, err)
			continue
		}
		got, err := os.ReadFile(filepath.Join("..", filepath.FromSlash(a.Path)))
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is stale (%v): run go run ./internal/generer", a.Path, err)
		}
	}
}
