package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"guichet/export"
)

func TestGenerate(t *testing.T) {
	t.Parallel()
	root := t.TempDir()
	artefacts := []export.Artefact{
		{Path: "docs/a.md", Generate: func() ([]byte, error) { return []byte("A\n"), nil }},
		{Path: "b.json", Generate: func() ([]byte, error) { return []byte("{}\n"), nil }},
	}
	run := func(check bool) (int, string) {
		var out strings.Builder
		stale, err := generate(root, check, artefacts, &out)
		if err != nil {
			t.Fatal(err)
		}
		return stale, out.String()
	}
	if stale, out := run(true); stale != 2 || out != "docs/a.md\nb.json\n" {
		t.Errorf("check of nothing: %d stale, %q", stale, out)
	}
	if _, err := os.Stat(filepath.Join(root, "b.json")); err == nil {
		t.Error("check has written a file")
	}
	if stale, _ := run(false); stale != 2 {
		t.Errorf("first writing: %d stale", stale)
	}
	if stale, out := run(true); stale != 0 || out != "" {
		t.Errorf("check after writing: %d stale, %q", stale, out)
	}
	if err := os.WriteFile(filepath.Join(root, "b.json"), []byte("[]\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if stale, out := run(true); stale != 1 || out != "b.json\n" {
		t.Errorf("check of an edited file: %d stale, %q", stale, out)
	}
}

func TestGenerateFails(t *testing.T) {
	t.Parallel()
	boom := errors.New("boom")
	_, err := generate(t.TempDir(), false, []export.Artefact{{Path: "a", Generate: func() ([]byte, error) { return nil, boom }}}, os.Stderr)
	if !errors.Is(err, boom) || !strings.Contains(err.Error(), "making a") {
		t.Errorf("generate = %v, want boom while making a", err)
	}
}
