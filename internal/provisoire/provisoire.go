// Package provisoire names what is written beside its place until it is whole, and takes away what a kill left of it.
package provisoire

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Fin ends such names, which begin with a dot: nothing else is ever removed. SQLite adds its own ends to them.
const Fin = ".guichet-tmp"

// age is that of what nobody works on any more: a run that stands still for a day is taken for dead.
const age = 24 * time.Hour

// Nom returns a new hidden name in the folder of a file.
func Nom(chemin string) string {
	return filepath.Join(filepath.Dir(chemin), "."+filepath.Base(chemin)+"."+strconv.FormatUint(rand.Uint64(), 36)+Fin)
}

// Dossier makes a hidden folder in another.
func Dossier(parent string) (string, error) { return os.MkdirTemp(parent, ".guichet-*"+Fin) }

// Retirer removes from a folder what was left there. What cannot be removed stays for the next run.
func Retirer(dossier string) {
	entrees, _ := os.ReadDir(dossier)
	for _, e := range entrees {
		chemin := filepath.Join(dossier, e.Name())
		if strings.HasPrefix(e.Name(), ".") && strings.Contains(e.Name(), Fin) && time.Since(dernier(chemin)) > age {
			_ = os.RemoveAll(chemin)
		}
	}
}

// RetirerDe removes what was left of one file, however young: for who alone may write it.
func RetirerDe(chemin string) {
	entrees, _ := os.ReadDir(filepath.Dir(chemin))
	for _, e := range entrees {
		if strings.HasPrefix(e.Name(), "."+filepath.Base(chemin)+".") && strings.HasSuffix(e.Name(), Fin) {
			_ = os.Remove(filepath.Join(filepath.Dir(chemin), e.Name()))
		}
	}
}

// dernier is when something was last written to a file, or to a folder and the files in it; now when nobody knows.
func dernier(chemin string) time.Time {
	info, err := os.Lstat(chemin)
	if err != nil {
		return time.Now()
	}
	instant := info.ModTime()
	if !info.IsDir() {
		return instant
	}
	entrees, err := os.ReadDir(chemin)
	if err != nil {
		return time.Now()
	}
	for _, e := range entrees {
		if d := dernier(filepath.Join(chemin, e.Name())); d.After(instant) {
			instant = d
		}
	}
	return instant
}
