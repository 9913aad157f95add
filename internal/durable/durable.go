// Package durable brings files and their names to the disk: what it has written is there, and whole, after a power cut.
package durable

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"time"

	"guichet/internal/provisoire"
)

// Ecrire writes a file under a hidden name, and gives it its own once it is on the disk: nobody ever sees a part of it,
// and one that was there before is replaced by a whole one, or stays. It has the mode whatever the umask is.
func Ecrire(chemin string, octets []byte, mode fs.FileMode) (err error) {
	defer func() {
		if err != nil {
			err = fmt.Errorf("write %s: %w", chemin, err)
		}
	}()
	f, err := os.OpenFile(provisoire.Nom(chemin), os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return err
	}
	_, err = f.Write(octets)
	if err = errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err == nil {
		err = renommer(f.Name(), chemin)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return Dossier(filepath.Dir(chemin))
}

// renommer gives a file its name. On Windows somebody may just be reading the former one.
func renommer(de, vers string) (err error) {
	for range 5 {
		if err = os.Rename(de, vers); err == nil || runtime.GOOS != "windows" {
			return err
		}
		time.Sleep(20 * time.Millisecond)
	}
	return err
}

// Fichier brings a file that was written to the disk.
func Fichier(chemin string) error {
	f, err := os.OpenFile(chemin, os.O_RDWR, 0) // Windows syncs only what it may write
	if err != nil {
		return fmt.Errorf("sync a file: %w", err)
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return fmt.Errorf("sync a file: %w", err)
	}
	return nil
}

// Dossier makes the names in a folder durable. Windows has nothing of the kind: its file system keeps a journal of names.
func Dossier(dossier string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	d, err := os.Open(dossier)
	if err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	if err := errors.Join(d.Sync(), d.Close()); err != nil {
		return fmt.Errorf("sync a folder: %w", err)
	}
	return nil
}
