package durable_test

import (
	"bytes"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"guichet/internal/durable"
)

// Whoever reads while a file is written anew sees one whole content or the other, and nothing is left beside it.
func TestEcrireEntier(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, "00000001.eml")
	contenus := [][]byte{bytes.Repeat([]byte("a"), 100_000), bytes.Repeat([]byte("b"), 200_000)}
	if err := durable.Ecrire(chemin, contenus[0], 0o600); err != nil {
		t.Fatal(err)
	}
	fini := make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		for n := 0; ; n++ {
			select {
			case <-fini:
				return
			default:
			}
			octets, err := os.ReadFile(chemin)
			if err != nil || !bytes.Equal(octets, contenus[0]) && !bytes.Equal(octets, contenus[1]) {
				t.Errorf("read %d bytes, %v", len(octets), err)
				return
			}
		}
	})
	for i := range 40 {
		if err := durable.Ecrire(chemin, contenus[i%2], 0o600); err != nil {
			t.Error(err)
		}
	}
	close(fini)
	wg.Wait()
	entrees, err := os.ReadDir(dossier)
	if err != nil || len(entrees) != 1 {
		t.Errorf("in the folder: %v, %v", entrees, err)
	}
}

// What cannot take its name leaves nothing, and what was there stays.
func TestEcrireRien(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	occupe := filepath.Join(dossier, "occupe")
	if err := os.MkdirAll(filepath.Join(occupe, "plein"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := durable.Ecrire(occupe, []byte("x"), 0o600); err == nil {
		t.Error("a folder was replaced by a file")
	}
	if err := durable.Ecrire(filepath.Join(dossier, "absent", "f"), []byte("x"), 0o600); err == nil {
		t.Error("a file was written in a folder that is not there")
	}
	if entrees, err := os.ReadDir(dossier); err != nil || len(entrees) != 1 {
		t.Errorf("in the folder: %v, %v", entrees, err)
	}
}
