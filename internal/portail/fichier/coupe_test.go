package fichier_test

import (
	"context"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/fichier"
)

// envRacine makes the test binary a counter that keeps what comes on its standard input, until it is killed.
const envRacine = "GUICHET_ESSAI_RACINE"

func TestMain(m *testing.M) {
	if racine := os.Getenv(envRacine); racine != "" {
		magasin, err := fichier.Ouvrir(racine)
		if err == nil {
			_, err = magasin.Garder(context.Background(), os.Stdin, 1<<30)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// What another counter receives on the same folder is left to it, however long it takes; what it leaves when it is killed
// is removed by the next sweep, and nothing waits a day for it.
func TestKilledWhileReceiving(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	autre := exec.CommandContext(t.Context(), os.Args[0])
	autre.Env = append(os.Environ(), envRacine+"="+racine)
	entree, err := autre.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := autre.Start(); err != nil {
		t.Fatal(err)
	}
	if _, err := entree.Write(make([]byte, 1<<20)); err != nil { // more than a pipe holds: it is reading
		t.Fatal(err)
	}
	balayer := func() int {
		t.Helper()
		n, err := m.Balayer(t.Context(), personne, time.Now().Add(-24*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if recus(t, racine) != 1 || partage && balayer() != 0 {
		t.Errorf("what is being received: %d files are left", recus(t, racine))
	}
	if err := autre.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = autre.Wait() // it was killed
	if n := balayer(); n != 1 || recus(t, racine) != 0 {
		t.Errorf("%d files are swept, %d are left", n, recus(t, racine))
	}
}

// recus counts the files that are being received.
func recus(t *testing.T, racine string) int {
	t.Helper()
	fichiers, err := os.ReadDir(filepath.Join(racine, "en-cours"))
	if err != nil {
		t.Fatal(err)
	}
	return len(fichiers)
}

// A sweep of the same counter leaves alone what comes in, by whatever clock, and it is kept.
func TestSweptWhileReceiving(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	balaye := &pendant{Reader: strings.NewReader("lent"), faire: func() {
		if n, err := m.Balayer(t.Context(), personne, time.Now().Add(time.Hour)); n != 0 || err != nil {
			t.Errorf("%d files are swept, %v", n, err)
		}
	}}
	g, err := m.Garder(t.Context(), balaye, 100)
	if err != nil {
		t.Fatal(err)
	}
	if lu, err := m.Octets(g.SHA256, 100); err != nil || string(lu) != "lent" || recus(t, racine) != 0 {
		t.Errorf("%q, %v", lu, err)
	}
	if err := os.WriteFile(filepath.Join(racine, "en-cours", "SANSVERROU"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if n, err := m.Balayer(t.Context(), func(context.Context, string) (bool, error) { return true, nil }, time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("what bears a name that nobody can hold: %d swept, %v", n, err)
	}
	if _, err := m.Lire(g.SHA256); err != nil {
		t.Errorf("%v, %v", err, fs.ErrNotExist)
	}
}

// pendant does something before each piece that is read.
type pendant struct {
	io.Reader
	faire func()
}

func (p *pendant) Read(b []byte) (int, error) {
	p.faire()
	return p.Reader.Read(b)
}
