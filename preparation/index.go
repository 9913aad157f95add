package preparation

import "hash/maphash"

func (x *index) hacher(parts ...[]byte) uint64 {
	var h maphash.Hash
	h.SetSeed(x.graine)
	for _, p := range parts {
		h.Write(p)
		h.WriteByte(0xff)
	}
	return h.Sum64()
}

// index finds numbers from 0 by a key that the caller hashes and compares. The hash is seeded, so that no sheet
// can be made to collide.
type index struct {
	graine   maphash.Seed
	cases    []caseIndex
	occupees int
}

type caseIndex struct {
	hash   uint32
	numero int32 // 1 + the number, 0 for a free place
}

func nouvelIndex() index { return indexDe(0) }

// indexDe makes an index with room for so many numbers; it grows with more.
func indexDe(n int) index {
	cases := 64
	for cases <= 2*n {
		cases *= 2
	}
	return index{graine: maphash.MakeSeed(), cases: make([]caseIndex, cases)}
}

// chercher returns the number whose key has that hash and pareil accepts, or puts prochain there.
func (x *index) chercher(cle uint64, prochain int, pareil func(numero int) bool) (numero int, nouveau bool) {
	if 2*x.occupees >= len(x.cases) {
		x.agrandir()
	}
	h, masque := uint32(cle^cle>>32), uint32(len(x.cases)-1)
	for i := h & masque; ; i = (i + 1) & masque {
		c := &x.cases[i]
		if c.numero == 0 {
			*c = caseIndex{h, int32(prochain) + 1}
			x.occupees++
			return prochain, true
		}
		if c.hash == h && pareil(int(c.numero)-1) {
			return int(c.numero) - 1, false
		}
	}
}

func (x *index) agrandir() {
	anciennes := x.cases
	x.cases = make([]caseIndex, 2*len(anciennes))
	masque := uint32(len(x.cases) - 1)
	for _, c := range anciennes {
		if c.numero == 0 {
			continue
		}
		i := c.hash & masque
		for x.cases[i].numero != 0 {
			i = (i + 1) & masque
		}
		x.cases[i] = c
	}
}
