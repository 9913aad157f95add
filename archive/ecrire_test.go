package archive

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func contenu(nom string, octets []byte) Contenu {
	return Contenu{
		Nom: nom, Taille: int64(len(octets)), CRC: crc32.ChecksumIEEE(octets),
		Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(octets)), nil },
	}
}

func ecrire(t *testing.T, contenus []Contenu) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := Ecrire(t.Context(), &b, contenus); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// What is written passes its own check, weighs what was foreseen, and is the same at each writing.
func TestEcrire(t *testing.T) {
	t.Parallel()
	contenus := []Contenu{contenu("a.pdf", []byte("first")), contenu("b.pdf", nil), contenu("c.pdf", make([]byte, 300_000))}
	b := ecrire(t, contenus)
	want := int64(longFin)
	for _, c := range contenus {
		want += c.poids()
	}
	if int64(len(b)) != want {
		t.Errorf("%d bytes, %d foreseen", len(b), want)
	}
	if again := ecrire(t, contenus); !bytes.Equal(b, again) {
		t.Error("another archive of the same files")
	}
	a := ouvrir(t, b)
	for i, c := range contenus {
		r, _ := c.Ouvrir()
		content, _ := io.ReadAll(r)
		if got, err := lire(&a.Entrees[i]); err != nil || !bytes.Equal(got, content) || a.Entrees[i].Nom != c.Nom {
			t.Errorf("%s: %d bytes, %v", a.Entrees[i].Nom, len(got), err)
		}
	}
}

func TestEcrireRefusesWhatHasChanged(t *testing.T) {
	t.Parallel()
	for nom, now := range map[string]string{"shorter": "con", "longer": "content and more", "other": "CONTENT"} {
		c := contenu("a.pdf", []byte("content"))
		c.Ouvrir = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader([]byte(now))), nil }
		if err := Ecrire(t.Context(), io.Discard, []Contenu{c}); !errors.Is(err, ErrChange) {
			t.Errorf("%s: %v", nom, err)
		}
	}
}

func TestEcrireStops(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := Ecrire(ctx, io.Discard, []Contenu{contenu("a", nil)}); !errors.Is(err, context.Canceled) {
		t.Errorf("Ecrire = %v", err)
	}
}

// Files of any sizes fill archives that hold to the limit, in the same way whatever their order, and none
// of them could be done without as long as files are small beside an archive.
func TestRepartir(t *testing.T) {
	t.Parallel()
	l := Limites{MaxOctets: 100_000, MaxEntrees: 1000}
	r := rand.New(rand.NewPCG(1, 2))
	var contenus []Contenu
	total := int64(0)
	for i := range 400 {
		c := contenu(fmt.Sprintf("%03d.pdf", i), make([]byte, r.IntN(1500)))
		contenus, total = append(contenus, c), total+c.poids()
	}
	lots, err := Repartir(contenus, l)
	if err != nil {
		t.Fatal(err)
	}
	if least := (total + l.MaxOctets - longFin - 1) / (l.MaxOctets - longFin); int64(len(lots)) != least {
		t.Errorf("%d archives, %d would do", len(lots), least)
	}
	count := 0
	for _, lot := range lots {
		count += len(lot)
		if b := ecrire(t, lot); int64(len(b)) > l.MaxOctets {
			t.Errorf("%d bytes in an archive", len(b))
		}
		if !slices.IsSortedFunc(lot, func(a, b Contenu) int { return bytes.Compare([]byte(a.Nom), []byte(b.Nom)) }) {
			t.Error("an archive is not in the order of names")
		}
	}
	if count != len(contenus) {
		t.Errorf("%d files packed of %d", count, len(contenus))
	}
	r.Shuffle(len(contenus), func(i, j int) { contenus[i], contenus[j] = contenus[j], contenus[i] })
	other, err := Repartir(contenus, l)
	if err != nil || fmt.Sprint(noms(lots)) != fmt.Sprint(noms(other)) {
		t.Errorf("another order gives other archives, %v", err)
	}
}

func noms(lots [][]Contenu) (all [][]string) {
	for _, lot := range lots {
		var these []string
		for _, c := range lot {
			these = append(these, c.Nom)
		}
		all = append(all, these)
	}
	return all
}

func TestRepartirCountsEntries(t *testing.T) {
	t.Parallel()
	contenus := []Contenu{contenu("a", nil), contenu("b", nil), contenu("c", nil)}
	lots, err := Repartir(contenus, Limites{MaxOctets: 10_000, MaxEntrees: 2})
	if err != nil || len(lots) != 2 || len(lots[0]) != 2 {
		t.Errorf("Repartir = %v, %v", noms(lots), err)
	}
}

func TestRepartirRefusesWhatDoesNotFit(t *testing.T) {
	t.Parallel()
	_, err := Repartir([]Contenu{contenu("a", make([]byte, 1000))}, Limites{MaxOctets: 1000, MaxEntrees: 2})
	if !errors.Is(err, ErrTropLourd) {
		t.Errorf("Repartir = %v", err)
	}
}

// The floor of packing: the same bytes, copied with their SHA-256.
func BenchmarkEcrire(b *testing.B) {
	folder := b.TempDir()
	var contenus []Contenu
	content, total := make([]byte, 2_900_000), int64(0)
	_, _ = rand.NewChaCha8([32]byte{1}).Read(content)
	for i := range 68 {
		name := filepath.Join(folder, fmt.Sprintf("%03d.pdf", i))
		if err := os.WriteFile(name, content, 0o600); err != nil {
			b.Fatal(err)
		}
		c := contenu(filepath.Base(name), content)
		c.Ouvrir = func() (io.ReadCloser, error) { return os.Open(name) }
		contenus, total = append(contenus, c), total+c.Taille
	}
	create := func() *os.File {
		f, err := os.Create(filepath.Join(folder, "out"))
		if err != nil {
			b.Fatal(err)
		}
		return f
	}
	b.Run("pack", func(b *testing.B) {
		b.SetBytes(total)
		for b.Loop() {
			f := create()
			if err := errors.Join(Ecrire(b.Context(), f, contenus), f.Close()); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("copy and sha256", func(b *testing.B) {
		b.SetBytes(total)
		buffer := make([]byte, 256<<10)
		for b.Loop() {
			f, sum := create(), sha256.New()
			for _, c := range contenus {
				r, err := c.Ouvrir()
				if err == nil {
					_, err = io.CopyBuffer(onlyWriter{io.MultiWriter(f, sum)}, onlyReader{r}, buffer)
				}
				if err = errors.Join(err, r.Close()); err != nil {
					b.Fatal(err)
				}
			}
			if err := f.Close(); err != nil {
				b.Fatal(err)
			}
		}
	})
}

type onlyReader struct{ io.Reader }
