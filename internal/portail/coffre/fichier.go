package coffre

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// Lire makes the safe of the key that a file holds. An error that is fs.ErrNotExist says that there is none.
func Lire(nom string) (*Coffre, error) {
	octets, err := os.ReadFile(nom)
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	c, err := DeCle(string(octets))
	if err != nil {
		return nil, fmt.Errorf("read the key in %s: %w", nom, err)
	}
	return c, nil
}

// Creer writes a new key to a file that only its owner reads, and makes its safe. Of many programs that make it at
// once, all get the key of the one that won.
func Creer(nom string) (c *Coffre, err error) {
	f, err := os.CreateTemp(filepath.Dir(nom), ".cle-") // 0600, and whole before it has its name
	if err != nil {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	defer func() { err = errors.Join(err, os.Remove(f.Name())) }()
	_, err = fmt.Fprintln(f, NouvelleCle())
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	if err := os.Link(f.Name(), nom); err != nil && !errors.Is(err, fs.ErrExist) {
		return nil, fmt.Errorf("make the key: %w", err)
	}
	return Lire(nom)
}
