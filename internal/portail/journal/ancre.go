package journal

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// FinAncre ends the names of files of anchors.
const FinAncre = ".ancre"

// maxAncre bounds such a file, in bytes.
const maxAncre = 64 << 10

// LireAncres reads the anchor of a file, or all those of a folder.
func LireAncres(nom string) (ancres []Ancre, err error) {
	noms := []string{nom}
	if i, err := os.Stat(nom); err == nil && i.IsDir() {
		entrees, err := os.ReadDir(nom)
		if err != nil {
			return nil, fmt.Errorf("list the anchors: %w", err)
		}
		noms = noms[:0]
		for _, e := range entrees {
			if strings.HasSuffix(e.Name(), FinAncre) {
				noms = append(noms, filepath.Join(nom, e.Name()))
			}
		}
	}
	for _, n := range noms {
		octets, err := lireAncre(n)
		if err != nil {
			return nil, err
		}
		ancres = append(ancres, Ancre{Nom: filepath.Base(n), Signee: string(octets)})
	}
	return ancres, nil
}

func lireAncre(nom string) ([]byte, error) {
	i, err := os.Stat(nom)
	if err == nil && i.Size() > maxAncre {
		err = errors.Join(ErrTete, fs.ErrInvalid)
	}
	if err != nil {
		return nil, fmt.Errorf("read an anchor: %w", err)
	}
	octets, err := os.ReadFile(nom)
	if err != nil {
		return nil, fmt.Errorf("read an anchor: %w", err)
	}
	return octets, nil
}
