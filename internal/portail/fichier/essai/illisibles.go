// Package essai spoils kept files. It is imported by tests alone.
package essai

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Illisibles has all files below a folder open, and not be read: as on a disk that fails.
func Illisibles(t testing.TB, racine string) {
	t.Helper()
	n := 0
	err := filepath.WalkDir(racine, func(chemin string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		n++
		return errors.Join(os.Remove(chemin), os.Mkdir(chemin, 0o700))
	})
	if err != nil || n == 0 {
		t.Fatalf("%d files spoiled, %v", n, err)
	}
}
