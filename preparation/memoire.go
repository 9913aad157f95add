package preparation

import (
	"encoding/binary"
	"errors"
	"hash/maphash"
)

// ref is where a text is kept. The zero value is an empty cell.
type ref uint32

const (
	vide  ref = iota // nothing is written in the cell
	nulle            // null is written in the cell
)

// errTropGrand says that the sheets hold more than can be kept.
var errTropGrand = errors.New("the sheets hold more than 2 Go of text")

const (
	bitsBloc   = 20
	tailleBloc = 1 << bitsBloc
	maxBlocs   = 1 << 11
)

// memoire keeps texts of up to 65,535 bytes back to back, in blocks that never move.
type memoire struct{ blocs [][]byte }

// garder keeps a text, its length before it. No text stands at the first two places: these are vide and nulle.
func (m *memoire) garder(t []byte) (ref, error) {
	n := len(m.blocs) - 1
	if n < 0 || len(m.blocs[n])+2+len(t) > tailleBloc {
		if n+1 == maxBlocs {
			return vide, errTropGrand
		}
		m.blocs = append(m.blocs, make([]byte, 2, tailleBloc))
		n++
	}
	debut := len(m.blocs[n])
	m.blocs[n] = append(binary.LittleEndian.AppendUint16(m.blocs[n], uint16(len(t))), t...)
	return ref(n<<bitsBloc | debut), nil
}

// lire returns a text that was kept: read it only.
func (m *memoire) lire(r ref) []byte {
	if r <= nulle {
		return nil
	}
	b := m.blocs[r>>bitsBloc][r&(tailleBloc-1):]
	n := binary.LittleEndian.Uint16(b)
	return b[2 : 2+int(n)]
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

func nouvelIndex() index {
	return index{graine: maphash.MakeSeed(), cases: make([]caseIndex, 64)}
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
