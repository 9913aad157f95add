package carnet

import (
	"errors"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// Whatever byte of the ledger something else than guichet wrote, it is seen: by SQLite, or by the digest of the last run.
// No run writes it any more, until the user vouches.
func TestOctetsEcrases(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	chemin := filepath.Join(dossier, Nom)
	c := ouvert(t, chemin)
	preparer(t, c, dossier, 20)
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	if v := verifie(t, chemin); v.Etranger {
		t.Fatal("a ledger that nobody touched is told to be changed")
	}
	sain, err := os.ReadFile(chemin)
	if err != nil {
		t.Fatal(err)
	}
	hasard := rand.New(rand.NewPCG(1, 1))
	vus := 0
	for range 40 {
		octets := append([]byte(nil), sain...)
		octets[100+hasard.IntN(len(octets)-100)] ^= byte(1 + hasard.IntN(255))
		if err := os.WriteFile(chemin, octets, 0o666); err != nil {
			t.Fatal(err)
		}
		c, err := Consulter(t.Context(), chemin)
		if err != nil {
			continue // SQLite saw it
		}
		v, err := c.Verifier(t.Context())
		if err == nil && !v.Etranger {
			t.Error("an overwritten byte is overlooked")
		}
		vus++
		if err := c.Close(); err != nil {
			t.Fatal(err)
		}
	}
	if vus == 0 {
		t.Error("no ledger could be read: nothing is tried")
	}
	autre := append([]byte(nil), sain...)
	autre[len(autre)-1] ^= 1 // the end of the last page: a value, or nothing
	err = errors.Join(os.WriteFile(chemin, autre, 0o666))
	if err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(chemin)
	if err != nil {
		t.Fatal(err)
	}
	for range 2 { // being refused changes nothing
		refuse[*ErreurEtranger](t, chemin)
	}
	if err := os.Chtimes(chemin, time.Time{}, horloge()); err != nil {
		t.Fatal(err)
	}
	refuse[*ErreurEtranger](t, chemin)
	if err := os.Chtimes(chemin, time.Time{}, info.ModTime()); err != nil {
		t.Fatal(err)
	}
	if v := verifie(t, chemin); !v.Etranger {
		t.Error("another run has had it forgotten")
	}
	if err := Adopter(t.Context(), chemin, false, horloge); err != nil {
		t.Fatal(err)
	}
	if v := verifie(t, chemin); v.Etranger {
		t.Error("the user's word changes nothing")
	}
}

func verifie(t *testing.T, chemin string) Verification {
	t.Helper()
	c, err := Consulter(t.Context(), chemin)
	if err != nil {
		t.Fatal(err)
	}
	v, err := c.Verifier(t.Context())
	if err := errors.Join(err, c.Close()); err != nil {
		t.Fatal(err)
	}
	return v
}
