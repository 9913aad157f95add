// Command generer writes the committed files that follow from the tag tables, the documents of the examples, and what the tests show
// of the ASVS, and the life of a demande. With -check it writes nothing, names the stale ones and exits 1.
package main

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"guichet/export"
	"guichet/internal/generer/asvs"
	"guichet/internal/portail/etat"
)

func main() {
	check := flag.Bool("check", false, "report stale files instead of writing them")
	root := flag.String("racine", ".", "root of the project")
	flag.Parse()
	stale, err := generate(*root, *check, slices.Concat(export.Artefacts(), rapports(*root), bons(), exigences(*root), vie()), os.Stdout)
	if err != nil {
		fmt.Fprintln(os.Stderr, "generer:", err)
		os.Exit(2)
	}
	if *check && stale > 0 {
		fmt.Fprintln(os.Stderr, "generer: stale files, run: go run ./internal/generer")
		os.Exit(1)
	}
}

// exigences is what the tests under root show of the ASVS.
func exigences(root string) []export.Artefact {
	return []export.Artefact{{Path: "docs/asvs.md", Generate: func() ([]byte, error) { return asvs.Document(root) }}}
}

// vie is the life of a demande at the counter.
func vie() []export.Artefact {
	return []export.Artefact{{Path: "docs/vie-d-une-demande.md", Generate: func() ([]byte, error) { return etat.Dessiner(), nil }}}
}

// generate writes the stale files, or with check only names them. It returns how many were stale.
func generate(root string, check bool, artefacts []export.Artefact, out io.Writer) (stale int, err error) {
	for _, a := range artefacts {
		want, err := a.Generate()
		if err != nil {
			return stale, fmt.Errorf("making %s: %w", a.Path, err)
		}
		file := filepath.Join(root, filepath.FromSlash(a.Path))
		got, err := os.ReadFile(file)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return stale, fmt.Errorf("reading the committed file: %w", err)
		}
		if err == nil && bytes.Equal(got, want) {
			continue
		}
		stale++
		fmt.Fprintln(out, a.Path)
		if check {
			continue
		}
		if err := write(file, want); err != nil {
			return stale, err
		}
	}
	return stale, nil
}

func write(file string, content []byte) error {
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return fmt.Errorf("making the folder: %w", err)
	}
	if err := os.WriteFile(file, content, 0o644); err != nil {
		return fmt.Errorf("writing the generated file: %w", err)
	}
	return nil
}
