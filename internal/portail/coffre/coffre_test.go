package coffre_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/coffre"
)

func neuf(t rapid.TB) *coffre.Coffre {
	t.Helper()
	c, err := coffre.DeCle(coffre.NouvelleCle())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// What is sealed opens again for its owner alone, with its key alone, unchanged alone; and twice the same is not seen
// to be the same.
// ASVS 9.1.1, 9.1.3, 9.2.3, 11.3.3: one key, one purpose, unchanged.
func TestSeal(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		c, autre := neuf(t), neuf(t)
		clair := rapid.String().Draw(t, "clair")
		scelle := c.Sceller("compte 1", clair)
		if lu, err := c.Ouvrir("compte 1", scelle); err != nil || lu != clair {
			t.Fatalf("%q came back as %q, %v", clair, lu, err)
		}
		if c.Sceller("compte 1", clair) == scelle {
			t.Fatal("the same text is sealed the same twice")
		}
		place := rapid.IntRange(len(coffre.Entete), len(scelle)-1).Draw(t, "place")
		change := scelle[:place] + "!" + scelle[place+1:]
		for quoi, err := range map[string]error{
			"another owner": erreur(c.Ouvrir("compte 2", scelle)), "another key": erreur(autre.Ouvrir("compte 1", scelle)),
			"changed": erreur(c.Ouvrir("compte 1", change)), "cut": erreur(c.Ouvrir("compte 1", scelle[:place])),
		} {
			if !errors.Is(err, coffre.ErrAutreCle) {
				t.Fatalf("%s: %v", quoi, err)
			}
		}
	})
}

func erreur(_ string, err error) error { return err }

// A text in clear is read as it stands.
func TestClear(t *testing.T) {
	t.Parallel()
	if lu, err := neuf(t).Ouvrir("compte 1", "GEZDGNBVGY3TQOJQ"); err != nil || lu != "GEZDGNBVGY3TQOJQ" {
		t.Errorf("%q, %v", lu, err)
	}
}

// The file is made once, for its owner alone, whole, though many programs start at once.
// ASVS 13.3.2.
func TestFile(t *testing.T) {
	t.Parallel()
	nom := filepath.Join(t.TempDir(), "cle")
	if _, err := coffre.Lire(nom); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("no file: %v", err)
	}
	coffres := make([]*coffre.Coffre, 8)
	var tous sync.WaitGroup
	for i := range coffres {
		tous.Go(func() {
			var err error
			if coffres[i], err = coffre.Creer(nom); err != nil {
				t.Error(err)
			}
		})
	}
	tous.Wait()
	scelle := coffres[0].Sceller("x", "secret")
	for _, c := range coffres {
		if lu, err := c.Ouvrir("x", scelle); err != nil || lu != "secret" {
			t.Errorf("%q, %v", lu, err)
		}
	}
	if i, err := os.Stat(nom); err != nil || i.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", i, err)
	}
	if autres, _ := os.ReadDir(filepath.Dir(nom)); len(autres) != 1 {
		t.Errorf("left behind: %v", autres)
	}
}

// A text that is no key is refused, and not repeated: it may be most of one.
// ASVS 11.2.3: no key is shorter than 256 bits.
func TestNoKey(t *testing.T) {
	t.Parallel()
	for _, texte := range []string{"", "secret!", coffre.NouvelleCle()[:40], coffre.NouvelleCle() + "AAAA"} {
		if _, err := coffre.DeCle(texte); err == nil || texte != "" && strings.Contains(err.Error(), texte) {
			t.Errorf("%q: %v", texte, err)
		}
	}
}

// Keys follow each other, the newest first: that one seals, all open; a list with something that is no key is none.
// ASVS 11.2.2.
func TestKeysFollow(t *testing.T) {
	t.Parallel()
	un, deux := coffre.NouvelleCle(), coffre.NouvelleCle()
	de := func(texte string) *coffre.Coffre {
		c, err := coffre.DeCle(texte)
		if err != nil {
			t.Fatal(err)
		}
		return c
	}
	ancien := de(un).Sceller("a", "clair")
	for _, entre := range []string{"\n", " ", ",", " , "} {
		c := de(deux + entre + un)
		if lu, err := c.Ouvrir("a", ancien); err != nil || lu != "clair" || c.Ajour("a", ancien) {
			t.Errorf("%q: %q, %v", entre, lu, err)
		}
		neuf := c.Sceller("a", "clair")
		if _, err := de(un).Ouvrir("a", neuf); !errors.Is(err, coffre.ErrAutreCle) || !c.Ajour("a", neuf) || c.Ajour("b", neuf) || c.Ajour("a", "clair") {
			t.Errorf("%q: sealed under the former key: %v", entre, err)
		}
	}
	for _, faux := range []string{"", " \n", ",", un + "\nx", "x " + un} {
		if _, err := coffre.DeCle(faux); err == nil {
			t.Errorf("%q is a key", faux)
		}
	}
}
