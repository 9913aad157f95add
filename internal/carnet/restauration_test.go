package carnet

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"guichet/internal/provisoire"
)

// A restoration that is cut anywhere leaves the former ledger or the backup, and the next command takes either for what
// guichet left; what something else wrote meanwhile is still seen.
func TestRestaurationCoupee(t *testing.T) {
	t.Parallel()
	for _, etape := range []string{"copié", "écarté", "restauré"} {
		dossier := t.TempDir()
		chemin, sauvegarde := filepath.Join(dossier, Nom), filepath.Join(dossier, "sauvegarde.db")
		c := ouvert(t, chemin)
		preparer(t, c, dossier, 20)
		_, err := c.Sauver(t.Context(), sauvegarde, false)
		if err := errors.Join(err, c.Close()); err != nil {
			t.Fatal(err)
		}
		coupe := fmt.Errorf("cut at %s", etape)
		func() {
			defer func() {
				if p := recover(); p != nil && p != any(coupe) {
					panic(p)
				}
			}()
			_, err = restaurer(t.Context(), &Carnet{maintenant: horloge, etape: func(nom string) {
				if nom == etape {
					panic(coupe)
				}
			}}, chemin, sauvegarde)
			t.Errorf("%s: not cut: %v", etape, err)
		}()
		if v := verifie(t, chemin); v.Etranger {
			t.Errorf("%s: the ledger is told to be changed", etape)
		}
		octets, err := os.ReadFile(chemin)
		if err != nil {
			t.Fatal(err)
		}
		octets[len(octets)-1] ^= 1
		if err := os.WriteFile(chemin, octets, 0o666); err != nil {
			t.Fatal(err)
		}
		if v := verifie(t, chemin); !v.Etranger {
			t.Errorf("%s: an overwritten byte is overlooked", etape)
		}
		octets[len(octets)-1] ^= 1
		if err := os.WriteFile(chemin, octets, 0o666); err != nil {
			t.Fatal(err)
		}
		if err := ouvert(t, chemin).Close(); err != nil {
			t.Errorf("%s: the next command: %v", etape, err)
		}
	}
}

// What a kill left of the file beside the ledger goes with the next command that writes, though it is young.
func TestTemoinCoupe(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), Nom)
	if err := ouvert(t, chemin).Close(); err != nil {
		t.Fatal(err)
	}
	reste, autre := provisoire.Nom(chemin+"-temoin"), provisoire.Nom(chemin+"-autre")
	for _, nom := range []string{reste, autre} {
		if err := os.WriteFile(nom, []byte("{"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := ouvert(t, chemin).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(reste); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("left: %v", err)
	}
	if _, err := os.Stat(autre); err != nil {
		t.Errorf("what others may be writing is gone: %v", err)
	}
}
