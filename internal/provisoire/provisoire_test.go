package provisoire

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"testing"
	"time"
)

// What is ours and old goes; what somebody may still write, and what others left, stays.
func TestRetirer(t *testing.T) {
	t.Parallel()
	dossier := t.TempDir()
	vieux := time.Now().Add(-25 * time.Hour)
	var restent []string
	for nom, reste := range map[string]bool{
		filepath.Base(Nom("rapport.html")): false, ".guichet.db.guichet-tmp": false, ".copie.db.1x" + Fin + "-journal": false,
		".rapport.html.abc.tmp": true, "rapport.guichet-tmp": true, ".guichet-lot-ABC": true, "guichet.db": true,
	} {
		chemin := filepath.Join(dossier, nom)
		if err := errors.Join(os.WriteFile(chemin, []byte("x"), 0o666), os.Chtimes(chemin, vieux, vieux)); err != nil {
			t.Fatal(err)
		}
		if reste {
			restent = append(restent, nom)
		}
	}
	recent := Nom(filepath.Join(dossier, "en cours.json"))
	mort, vivant := dossierDe(t, dossier, vieux), dossierDe(t, dossier, time.Now())
	if err := os.WriteFile(recent, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	restent = append(restent, filepath.Base(recent), filepath.Base(vivant))
	Retirer(dossier)
	Retirer(filepath.Join(dossier, "absent"))
	var sont []string
	entrees, err := os.ReadDir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entrees {
		sont = append(sont, e.Name())
	}
	slices.Sort(restent)
	if slices.Sort(sont); !slices.Equal(sont, restent) {
		t.Errorf("there are %q, want %q (the dead folder was %s)", sont, restent, mort)
	}
}

// dossierDe makes an old folder with a file of an instant.
func dossierDe(t *testing.T, parent string, instant time.Time) string {
	t.Helper()
	d, err := Dossier(parent)
	if err != nil {
		t.Fatal(err)
	}
	fichier, vieux := filepath.Join(d, "f.json"), time.Now().Add(-48*time.Hour)
	if err := errors.Join(os.WriteFile(fichier, []byte("x"), 0o666), os.Chtimes(fichier, instant, instant), os.Chtimes(d, vieux, vieux)); err != nil {
		t.Fatal(err)
	}
	return d
}
