package essai

import (
	"bufio"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"guichet/internal/portail/db"
)

// Coupures runs a test on the address of each of the two databases, empty: what is killed opens it itself. Its seconds of
// kills are not for -short.
func Coupures(t *testing.T, tuer func(t *testing.T, adresse string)) {
	t.Helper()
	if testing.Short() {
		t.Skip("a loop of kills: not in -short")
	}
	for nom, adresse := range map[string]func(t *testing.T) string{
		"sqlite":   func(t *testing.T) string { return filepath.Join(t.TempDir(), "portail.db") },
		"postgres": func(t *testing.T) string { return AdressePostgres(t) },
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			tuer(t, adresse(t))
		})
	}
}

// Duree is how long a loop of kills runs: GUICHET_SOAK, or three seconds.
func Duree() time.Duration {
	d, err := time.ParseDuration(os.Getenv("GUICHET_SOAK"))
	if err != nil {
		return 3 * time.Second
	}
	return d
}

// Rouvrir opens the database of an address for a while.
func Rouvrir(t *testing.T, adresse string, f func(b *db.Base)) {
	t.Helper()
	b, err := db.Ouvrir(t.Context(), adresse)
	if err != nil {
		t.Fatal(err)
	}
	f(b)
	if err := b.Fermer(); err != nil {
		t.Fatal(err)
	}
}

// Tuer starts this test binary again with more in its environment, hands each line that it writes to lire, and kills it
// so long after the first. A line without its end is not handed over: it was not acknowledged.
func Tuer(t *testing.T, delai time.Duration, lire func(ligne string), env ...string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), env...), os.Stderr
	sortie, err := cmd.StdoutPipe()
	if err == nil {
		err = cmd.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	lignes := bufio.NewReader(sortie)
	for premiere := true; ; premiere = false {
		ligne, err := lignes.ReadString('\n')
		if err != nil {
			if !errors.Is(err, io.EOF) {
				t.Error(err)
			}
			break
		}
		lire(ligne)
		if premiere {
			defer time.AfterFunc(delai, func() { _ = cmd.Process.Kill() }).Stop()
		}
	}
	_ = cmd.Wait() // killed
}
