package main

import (
	"fmt"
	"os"
	"path/filepath"

	"guichet/internal/corpus"
)

// file is what contenders check.
type file struct {
	name  string
	valid bool
	bytes []byte
	path  string // where Node reads it
}

// shape is a file before it is made, valid or with one faulty demande in ten.
type shape struct {
	name  string
	forme corpus.Forme
}

func shapes() []shape {
	return []shape{
		{"small, indented", corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2, Indente: true}},
		{"small, compact", corpus.Forme{Demandes: 200, OGs: 1, ESMS: 2}},
		{"large, indented", corpus.Forme{Demandes: 200, OGs: 2, ESMS: 20, Indente: true}},
	}
}

// makeFiles writes each shape to dir, valid and faulty.
func makeFiles(dir string, shapes []shape) ([]file, error) {
	var files []file
	for _, s := range shapes {
		for _, fautives := range []int{0, 10} {
			f := file{name: s.name + ", valid", valid: fautives == 0}
			if !f.valid {
				f.name = s.name + ", 10 % faulty"
			}
			s.forme.Fautives = fautives
			f.bytes = corpus.Fichier(s.forme)
			f.path = filepath.Join(dir, fmt.Sprintf("%d.json", len(files)))
			if err := os.WriteFile(f.path, f.bytes, 0o600); err != nil {
				return nil, fmt.Errorf("write a file to check: %w", err)
			}
			files = append(files, f)
		}
	}
	return files, nil
}
