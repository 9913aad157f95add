package brouillon_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/brouillon"
)

// horloge is a clock that the test sets.
type horloge struct{ time.Time }

func ouvrir(t *testing.T) (*brouillon.Magasin, *horloge, string) {
	t.Helper()
	racine, h := t.TempDir(), &horloge{time.Date(2026, 11, 28, 9, 0, 0, 0, time.UTC)}
	m, err := brouillon.Ouvrir(racine, brouillon.Bornes{Duree: time.Hour, Nombre: 3, Octets: 30, Taille: 20}, func() time.Time { return h.Time })
	if err != nil {
		t.Fatal(err)
	}
	return m, h, racine
}

func garder(t *testing.T, m *brouillon.Magasin, qui int64, octets string) string {
	t.Helper()
	b, err := m.Garder(qui, nil, strings.NewReader(octets), map[string]string{"nom": octets})
	if err != nil {
		t.Fatal(err)
	}
	return b.Jeton
}

func lire(t *testing.T, m *brouillon.Magasin, qui int64, jeton string) string {
	t.Helper()
	b, f, err := m.Lire(qui, jeton)
	if errors.Is(err, brouillon.ErrPasse) {
		return "passé"
	}
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	octets, err := io.ReadAll(f)
	var contenu map[string]string
	if err = errors.Join(err, json.Unmarshal(b.Contenu, &contenu)); err != nil {
		t.Fatal(err)
	}
	if contenu["nom"] != string(octets) || b.Taille != int64(len(octets)) || len(b.SHA256) != 64 {
		t.Errorf("%+v for %q", b, octets)
	}
	return string(octets)
}

// A draft is its owner's, for an hour.
func TestAnHour(t *testing.T) {
	t.Parallel()
	m, h, racine := ouvrir(t)
	jeton := garder(t, m, 1, "un")
	for _, x := range []struct {
		qui         int64
		jeton, want string
	}{{1, jeton, "un"}, {2, jeton, "passé"}, {1, "../1/" + jeton, "passé"}, {1, "", "passé"}, {1, strings.ToLower(jeton), "passé"}, {1, jeton + ".json", "passé"}} {
		if got := lire(t, m, x.qui, x.jeton); got != x.want {
			t.Errorf("%d %q: %q, want %q", x.qui, x.jeton, got, x.want)
		}
	}
	h.Time = h.Add(time.Hour - time.Second)
	if got := lire(t, m, 1, jeton); got != "un" {
		t.Errorf("a second before: %q", got)
	}
	h.Time = h.Add(time.Second)
	if got := lire(t, m, 1, jeton); got != "passé" {
		t.Errorf("after an hour: %q", got)
	}
	if err := m.Balayer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if reste, _ := filepath.Glob(filepath.Join(racine, "*", "*")); len(reste) > 0 {
		t.Errorf("left: %v", reste)
	}
}

// The oldest give way, to number and to bytes; those of others stay.
func TestRoom(t *testing.T) {
	t.Parallel()
	m, h, racine := ouvrir(t)
	autre := garder(t, m, 2, "autre")
	var jetons []string
	for _, octets := range []string{"a", "b", "c", "d"} {
		h.Time = h.Add(time.Second)
		jetons = append(jetons, garder(t, m, 1, octets))
	}
	h.Time = h.Add(time.Second)
	jetons = append(jetons, garder(t, m, 1, strings.Repeat("e", 20)), garder(t, m, 2, "f"))
	want := []string{"passé", "passé", "c", "d", strings.Repeat("e", 20)}
	for i, w := range want {
		if got := lire(t, m, 1, jetons[i]); got != w {
			t.Errorf("draft %d: %q, want %q", i, got, w)
		}
	}
	h.Time = h.Add(time.Second)
	garder(t, m, 1, strings.Repeat("g", 15))
	if got := lire(t, m, 1, jetons[4]); got != "passé" {
		t.Errorf("bytes: %q", got)
	}
	if got := lire(t, m, 2, autre); got != "autre" {
		t.Errorf("another owner's: %q", got)
	}
	if _, err := m.Garder(1, nil, strings.NewReader(strings.Repeat("x", 21)), nil); !errors.Is(err, brouillon.ErrTropLourd) {
		t.Errorf("too heavy: %v", err)
	}
	if reste, _ := filepath.Glob(filepath.Join(racine, "1", "*")); len(reste) != 2 {
		t.Errorf("left: %v", reste)
	}
}

// What another counter kept on the folder before this one, killed at any moment, is found and gives way as if it were its own; so
// does what somebody took away meanwhile.
func TestAfterARestart(t *testing.T) {
	t.Parallel()
	avant, h, racine := ouvrir(t)
	var jetons []string
	for _, octets := range []string{"a", "b", "c"} {
		h.Time = h.Add(time.Second)
		jetons = append(jetons, garder(t, avant, 1, octets))
	}
	if err := os.WriteFile(filepath.Join(racine, "1", jetons[1]+".json"), []byte("{"), 0o600); err != nil { // cut by a power cut
		t.Fatal(err)
	}
	m, err := brouillon.Ouvrir(racine, brouillon.Bornes{Duree: time.Hour, Nombre: 3, Octets: 30, Taille: 20}, func() time.Time { return h.Time })
	if err != nil {
		t.Fatal(err)
	}
	h.Time = h.Add(time.Second)
	jetons = append(jetons, garder(t, m, 1, "d"))
	for i, w := range []string{"a", "passé", "c", "d"} {
		if got := lire(t, m, 1, jetons[i]); got != w {
			t.Errorf("draft %d: %q, want %q", i, got, w)
		}
	}
	m.Retirer(1, jetons[0])
	m.Retirer(1, jetons[0])
	if err := os.Remove(filepath.Join(racine, "1", jetons[2])); err != nil {
		t.Fatal(err)
	}
	jetons = append(jetons, garder(t, m, 1, "e"))
	for i, w := range []string{"passé", "passé", "passé", "d", "e"} {
		if got := lire(t, m, 1, jetons[i]); got != w {
			t.Errorf("draft %d: %q, want %q", i, got, w)
		}
	}
	h.Time = h.Add(2 * time.Hour)
	if err := m.Balayer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if n, reste := m.Inscrits(), restes(racine); n != 0 || len(reste) > 0 {
		t.Errorf("%d are listed, left: %v", n, reste)
	}
}

func restes(racine string) []string {
	reste, _ := filepath.Glob(filepath.Join(racine, "*", "*")) // the pattern is right
	return reste
}

// What is in memory and what follows are one draft.
func TestBeginningAndRest(t *testing.T) {
	t.Parallel()
	m, _, _ := ouvrir(t)
	b, err := m.Garder(1, []byte("début, "), strings.NewReader("suite"), map[string]string{"nom": "début, suite"})
	if err != nil {
		t.Fatal(err)
	}
	if got := lire(t, m, 1, b.Jeton); got != "début, suite" {
		t.Errorf("%q", got)
	}
	if _, err := m.Garder(1, []byte("début, "), strings.NewReader("une suite trop longue"), nil); !errors.Is(err, brouillon.ErrTropLourd) {
		t.Errorf("too heavy: %v", err)
	}
}

// The last drafts are in memory too, within a bound, and none after a sweep; they are what came, whatever becomes of the bytes
// that were given.
func TestLastOnesInMemory(t *testing.T) {
	t.Parallel()
	m, err := brouillon.Ouvrir(t.TempDir(), brouillon.Bornes{Duree: time.Hour, Nombre: 30, Octets: 300, Taille: 20, EnMemoire: 100}, time.Now)
	if err != nil {
		t.Fatal(err)
	}
	var jetons []string
	for i := range 12 {
		octets := bytes.Repeat([]byte{byte('a' + i)}, 10)
		b, err := m.Garder(1, octets, strings.NewReader(""), nil)
		if err != nil {
			t.Fatal(err)
		}
		clear(octets)
		jetons = append(jetons, b.Jeton)
	}
	for i, j := range jetons {
		want := strings.Repeat(string(rune('a'+i)), 10)
		if i < 2 {
			want = ""
		}
		if got := string(m.EnMemoire(j)); got != want {
			t.Errorf("draft %d: %q, want %q", i, got, want)
		}
	}
	grand, err1 := m.Garder(1, make([]byte, 13), strings.NewReader(""), nil)
	suivi, err2 := m.Garder(1, []byte("ab"), strings.NewReader("c"), nil)
	if err := errors.Join(err1, err2); err != nil || m.EnMemoire(grand.Jeton) != nil || m.EnMemoire(suivi.Jeton) != nil {
		t.Errorf("in memory: %q, %q, %v", m.EnMemoire(grand.Jeton), m.EnMemoire(suivi.Jeton), err)
	}
	if err := m.Balayer(t.Context()); err != nil || m.EnMemoire(jetons[11]) != nil {
		t.Errorf("after a sweep: %q, %v", m.EnMemoire(jetons[11]), err)
	}
}

// A draft that was cut while it came in leaves nothing, or what the sweep takes away; one under way is left alone.
func TestCut(t *testing.T) {
	t.Parallel()
	m, _, racine := ouvrir(t)
	coupe := errors.New("gone")
	if _, err := m.Garder(1, nil, io.MultiReader(strings.NewReader("abc"), lecteur{coupe}), nil); !errors.Is(err, coupe) {
		t.Errorf("error %v", err)
	}
	vieux, jeune := filepath.Join(racine, "1", "VIEUX"), filepath.Join(racine, "1", "JEUNE")
	for _, nom := range []string{vieux, jeune} {
		if err := os.WriteFile(nom, []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	hier := time.Now().Add(-24 * time.Hour)
	if err := errors.Join(os.Chtimes(vieux, hier, hier), m.Balayer(t.Context())); err != nil {
		t.Fatal(err)
	}
	if reste, _ := filepath.Glob(filepath.Join(racine, "1", "*")); len(reste) != 1 || reste[0] != jeune {
		t.Errorf("left: %v", reste)
	}
}

type lecteur struct{ error }

func (l lecteur) Read([]byte) (int, error) { return 0, l.error }

// Many at once stay within the bounds.
func TestMany(t *testing.T) {
	t.Parallel()
	m, _, racine := ouvrir(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			if _, err := m.Garder(1, nil, strings.NewReader("0123456789"), nil); err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if reste, _ := filepath.Glob(filepath.Join(racine, "1", "*")); len(reste) != 6 {
		t.Errorf("left: %v", reste)
	}
}
