package fichier_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/iotest"
	"time"

	"guichet/internal/portail/fichier"
)

func ouvrir(t *testing.T) (*fichier.Magasin, string) {
	t.Helper()
	racine := filepath.Join(t.TempDir(), "fichiers")
	m, err := fichier.Ouvrir(racine)
	if err != nil {
		t.Fatal(err)
	}
	return m, racine
}

// restes counts the files of a folder, those under way included.
func restes(t *testing.T, racine string) (n int) {
	t.Helper()
	err := filepath.WalkDir(racine, func(_ string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			n++
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// The same bytes, sent by many at once, are one file, whether they come from a reader or from memory.
func TestKept(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	contenu := bytes.Repeat([]byte("ségur"), 100_000)
	var wg sync.WaitGroup
	for i := range 8 {
		wg.Go(func() {
			g, err := fichier.Garde{Taille: int64(len(contenu))}, error(nil)
			if i%2 == 0 {
				g, err = m.Garder(t.Context(), bytes.NewReader(contenu), int64(len(contenu)))
			} else {
				g.SHA256, err = m.GarderOctets(t.Context(), contenu)
			}
			if err != nil || g.Taille != int64(len(contenu)) {
				t.Errorf("%+v, %v", g, err)
				return
			}
			lu, err := m.Octets(g.SHA256, g.Taille)
			if err != nil || !bytes.Equal(lu, contenu) {
				t.Errorf("read back: %d bytes, %v", len(lu), err)
			}
		})
	}
	wg.Wait()
	if n := restes(t, racine); n != 1 {
		t.Errorf("%d files, want 1", n)
	}
}

// What is too long, or breaks off, leaves nothing.
func TestNotKept(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	coupe := errors.New("connection lost")
	annule, cancel := context.WithCancel(t.Context())
	cancel()
	for nom, c := range map[string]struct {
		ctx  context.Context
		r    io.Reader
		want error
	}{
		"too long":  {t.Context(), strings.NewReader("12345"), fichier.ErrTropLourd},
		"broken":    {t.Context(), io.MultiReader(strings.NewReader("123"), iotest.ErrReader(coupe)), coupe},
		"cancelled": {annule, strings.NewReader("123"), context.Canceled},
	} {
		if _, err := m.Garder(c.ctx, c.r, 4); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", nom, err, c.want)
		}
	}
	if n := restes(t, racine); n != 0 {
		t.Errorf("%d files are left", n)
	}
}

// ASVS 5.3.2.
func TestUnknown(t *testing.T) {
	t.Parallel()
	m, _ := ouvrir(t)
	for _, sha := range []string{"", "..", "../../etc/passwd", strings.Repeat("0", 64), strings.Repeat("g", 64)} {
		if _, err := m.Lire(sha); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%q: %v", sha, err)
		}
	}
}

// A sweep takes what is old and that nothing refers to, and nothing else.
func TestSwept(t *testing.T) {
	t.Parallel()
	m, racine := ouvrir(t)
	garder := func(texte string) string {
		g, err := m.Garder(t.Context(), strings.NewReader(texte), 100)
		if err != nil {
			t.Fatal(err)
		}
		return g.SHA256
	}
	reference, orphelin := garder("referred to"), garder("orphan")
	if err := os.WriteFile(filepath.Join(racine, "en-cours", "coupe"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	connu := func(_ context.Context, sha string) (bool, error) { return sha == reference, nil }
	if n, err := m.Balayer(t.Context(), connu, time.Now().Add(-time.Hour)); n != 0 || err != nil {
		t.Errorf("%d young files are swept, %v", n, err)
	}
	if n, err := m.Balayer(t.Context(), connu, time.Now().Add(time.Hour)); n != 2 || err != nil {
		t.Errorf("%d files are swept, want 2, %v", n, err)
	}
	if _, err := m.Lire(reference); err != nil {
		t.Error(err)
	}
	if _, err := m.Lire(orphelin); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("the orphan: %v", err)
	}
}

// coupe gives some bytes, then says that more should have come, as a request does whose sender has gone.
type coupe struct{ reste int }

func (c *coupe) Read(p []byte) (int, error) {
	if c.reste == 0 {
		return 0, io.ErrUnexpectedEOF
	}
	n := min(len(p), c.reste)
	c.reste -= n
	return n, nil
}

// What is cut short on its way is not kept.
func TestCutShort(t *testing.T) {
	t.Parallel()
	m, err := fichier.Ouvrir(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	for _, n := range []int{0, 5, 256 << 10, 300 << 10} {
		if g, err := m.Garder(t.Context(), &coupe{n}, 1<<20); !errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("%d bytes: kept as %+v, %v", n, g, err)
		}
	}
}
