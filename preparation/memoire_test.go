package preparation

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"testing"
)

// What is kept is read again as it was, across the ends of blocks, and for several that write at once.
func TestMemoire(t *testing.T) {
	t.Parallel()
	var m memoire
	plumes := []plume{{m: &m}, {m: &m}}
	type garde struct {
		r     ref
		texte []byte
	}
	var gardes []garde
	for i, n := range []int{0, 1, 255, 256, maxTexte, 3, maxTexte, maxTexte - 1} {
		for j := range 40 {
			texte := bytes.Repeat([]byte{byte('a' + i), byte('0' + j%10)}, n/2+1)[:n]
			r, err := plumes[j%2].garder(texte)
			if err != nil {
				t.Fatal(err)
			}
			gardes = append(gardes, garde{r, texte})
		}
	}
	for i, g := range gardes {
		if g.r <= refusee || !bytes.Equal(m.lire(g.r), g.texte) {
			t.Fatalf("text %d of %d bytes: read again %d bytes", i, len(g.texte), len(m.lire(g.r)))
		}
	}
	for _, r := range []ref{vide, nulle, refusee} {
		if m.lire(r) != nil {
			t.Errorf("ref %d has a text", r)
		}
	}
}

// A block is filled to its last byte, and no further.
func TestMemoireBlocPlein(t *testing.T) {
	t.Parallel()
	var m memoire
	p := plume{m: &m}
	longueurs := slices.Repeat([]int{maxTexte}, 15)
	reste := tailleBloc - (int(refusee) + 1) - 15*(maxTexte+2)
	for _, n := range append(longueurs, reste-2) {
		if _, err := p.garder(make([]byte, n)); err != nil {
			t.Fatal(err)
		}
	}
	if p.bloc != 0 || p.pos != tailleBloc {
		t.Errorf("block %d, at %d", p.bloc, p.pos)
	}
	if r, err := p.garder([]byte("x")); err != nil || p.bloc != 1 || string(m.lire(r)) != "x" {
		t.Errorf("after a full block: block %d, %v", p.bloc, err)
	}
}

// There are as many blocks as can be named, then an error.
func TestMemoirePleine(t *testing.T) {
	t.Parallel()
	var m memoire
	m.prochain.Store(maxBlocs - 1)
	p := plume{m: &m}
	if r, err := p.garder([]byte("dernier")); err != nil || string(m.lire(r)) != "dernier" {
		t.Errorf("the last block: %v", err)
	}
	autre := plume{m: &m}
	if _, err := autre.garder([]byte("x")); !errors.Is(err, errTropGrand) {
		t.Errorf("error %v", err)
	}
}

// Tables and lists give back each place that was put into them, across the ends of blocks.
func TestTableauEtListe(t *testing.T) {
	t.Parallel()
	tab, l := tableau{largeur: 3}, liste[int32]{}
	const n = 2*lignesBloc + 5
	for i := range n {
		tab.ajouter([]ref{ref(3 * i), ref(3*i + 1), ref(3*i + 2)})
		l.ajouter(int32(i))
	}
	for i := range n {
		for c := range 3 {
			if got := *tab.place(i, c); got != ref(3*i+c) {
				t.Fatalf("row %d, column %d: %d", i, c, got)
			}
		}
		if got := *l.a(int32(i)); got != int32(i) {
			t.Fatalf("item %d: %d", i, got)
		}
	}
	if l.n != n || tab.lignes != n {
		t.Errorf("%d items, %d rows", l.n, tab.lignes)
	}
}

// An index gives each key its number, whatever their hashes have in common and however often it has grown.
func TestIndex(t *testing.T) {
	t.Parallel()
	x := nouvelIndex()
	var cles []string
	numeroter := func(cle string, hash uint64) (int, bool) {
		return x.chercher(hash, len(cles), func(i int) bool { return cles[i] == cle })
	}
	hash := func(i int) uint64 { return uint64(i % 700) } // many keys of one hash, and hashes side by side
	for i := range 2000 {
		cle := strconv.Itoa(i)
		if n, nouveau := numeroter(cle, hash(i)); n != i || !nouveau {
			t.Fatalf("key %d: number %d, new %t", i, n, nouveau)
		}
		cles = append(cles, cle)
	}
	for i, cle := range cles {
		if n, nouveau := numeroter(cle, hash(i)); n != i || nouveau {
			t.Fatalf("key %d again: number %d, new %t", i, n, nouveau)
		}
	}
	if a, b := x.hacher([]byte("ab"), []byte("c")), x.hacher([]byte("a"), []byte("bc")); a == b {
		t.Error("where a part of a key ends makes no difference")
	}
}
