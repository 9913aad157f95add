package durable_test

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"guichet/internal/durable"
)

// A file has all its bytes, whatever they weigh, wherever they lie in memory and whatever the disk can do, and goes on to take
// any number of others.
func TestRemplir(t *testing.T) {
	t.Parallel()
	dossiers := []string{t.TempDir()}
	if enMemoire, err := os.MkdirTemp("/dev/shm", "guichet"); err == nil { // it is no disk
		t.Cleanup(func() { _ = os.RemoveAll(enMemoire) })
		dossiers = append(dossiers, enMemoire)
	}
	tous := make([]byte, 1<<20)
	r := rand.NewChaCha8([32]byte{1})
	_, _ = r.Read(tous)
	for _, dossier := range dossiers {
		for _, n := range []int{0, 1, 4095, 65_535, 65_536, 65_537, 364_000, 1 << 20} {
			for _, debut := range []int{0, 1, 512} {
				chemin := filepath.Join(dossier, fmt.Sprintf("%d-%d", n, debut))
				octets := tous[min(debut, len(tous)-n):][:n]
				if err := remplir(chemin, octets); err != nil {
					t.Fatalf("%s: %v", chemin, err)
				}
				if lu, err := os.ReadFile(chemin); err != nil || !bytes.Equal(lu, append(bytes.Clone(octets), "fin"...)) {
					t.Errorf("%s: %d bytes read back, %v", chemin, len(lu), err)
				}
			}
		}
	}
}

func remplir(chemin string, octets []byte) error {
	f, err := os.Create(chemin)
	if err != nil {
		return err
	}
	err = durable.Remplir(f, octets)
	if err == nil {
		_, err = f.WriteString("fin")
	}
	return errors.Join(err, f.Sync(), f.Close())
}

// What cannot be written is an error.
func TestRemplirFerme(t *testing.T) {
	t.Parallel()
	f, err := os.Create(filepath.Join(t.TempDir(), "f"))
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	if err := durable.Remplir(f, make([]byte, 1<<20)); !errors.Is(err, os.ErrClosed) {
		t.Errorf("error %v", err)
	}
}

// BenchmarkRemplir makes files of demandes durable.
func BenchmarkRemplir(b *testing.B) {
	dossier, octets := b.TempDir(), make([]byte, 364_000)
	b.SetBytes(int64(len(octets)))
	for i := 0; b.Loop(); i++ {
		if err := remplir(filepath.Join(dossier, fmt.Sprint(i)), octets); err != nil {
			b.Fatal(err)
		}
	}
}
