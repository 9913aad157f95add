package examen

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestMain lets this test binary be a process that hostile bytes have taken over.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == Commande {
		if err := Repondre(os.Stdin, os.Stdout); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 2 && os.Args[1] == "sans-enceinte" {
		_ = limiter(maxCPU, maxMemoire)
		if repondre(os.Stdin, os.Stdout, nil) != nil {
			os.Exit(1)
		}
		os.Exit(0)
	}
	if len(os.Args) == 2 && strings.HasPrefix(os.Args[1], "hostile") {
		os.Exit(prisDeForce(os.Args[1] == "hostile-simple"))
	}
	if len(os.Args) == 2 && limiter(1, 64<<20) == nil {
		switch os.Args[1] {
		case "gourmand":
			for b := []byte{1}; len(b) > 0; {
				b = append(b, b...) // copied, not only reserved
			}
		case "tournant":
			for n := uint64(1); n > 0; n |= 1 {
				continue
			}
		case "bavard":
			ligne, plainte := []byte(`{"genre":"ecartee","piece":-1}`+"\n"), []byte(strings.Repeat("x", 1000))
			for { // without a byte of memory: it is not for that that this one is stopped
				_, _ = os.Stdout.Write(ligne)
				_, _ = os.Stderr.Write(plainte)
			}
		}
	}
	os.Exit(m.Run())
}

// A process that eats memory, spins or talks without end is stopped by its own limits or ours, and is no more than
// an examination that failed.
func TestTakenOver(t *testing.T) {
	t.Parallel()
	nom := filepath.Join(t.TempDir(), "archive")
	if err := os.WriteFile(nom, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	// No memory is "out of memory", or under the race detector "too many address space collisions".
	for quoi, dit := range map[string]string{"gourmand": "fatal error", "tournant": "killed", "bavard": "too many lines"} {
		t.Run(quoi, func(t *testing.T) {
			t.Parallel()
			f, err := os.Open(nom)
			if err != nil {
				t.Fatal(err)
			}
			defer f.Close()
			err = Demander(t.Context(), Programme{os.Args[0], quoi}, Question{}, f, 1, func(Reponse, io.Reader) error { return nil })
			if !errors.Is(err, ErrEchec) || !strings.Contains(err.Error(), dit) {
				t.Errorf("%v, want %q in it", err, dit)
			}
			if len(err.Error()) > 5000 {
				t.Errorf("an error of %d bytes", len(err.Error()))
			}
		})
	}
}
