package carnet

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"guichet/internal/provisoire"
)

// ecrireEntier writes a small file whole, or leaves the former one.
func ecrireEntier(chemin string, octets []byte) (err error) {
	f, err := os.CreateTemp(filepath.Dir(chemin), "."+filepath.Base(chemin)+".*"+provisoire.Fin)
	if err != nil {
		return fmt.Errorf("write %s: %w", chemin, err)
	}
	defer func() { _ = os.Remove(f.Name()) }()
	_, err = f.Write(octets)
	if err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("write %s: %w", chemin, err)
	}
	for range 5 { // Windows: somebody may just be reading the former one
		if err = os.Rename(f.Name(), chemin); err == nil {
			return nil
		}
		time.Sleep(20 * time.Millisecond)
	}
	return fmt.Errorf("write %s: %w", chemin, err)
}
