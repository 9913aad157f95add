package preparation

import (
	"encoding/binary"
	"errors"
	"sync/atomic"
)

// ref is where a text is kept. The zero value is an empty cell.
type ref uint32

const (
	vide    ref = iota // nothing is written in the cell
	nulle              // null is written in the cell
	refusee            // what is written in the cell cannot be read, which is told
)

// tenue tells whether there is a text.
func (r ref) tenue() bool { return r > refusee }

// errTropGrand says that the sheets hold more than can be kept.
var errTropGrand = errors.New("the sheets hold more than 2 Go of text")

const (
	bitsBloc   = 20
	tailleBloc = 1 << bitsBloc
	maxBlocs   = 1 << 11
	maxTexte   = 1<<16 - 1
)

// memoire keeps texts of up to maxTexte bytes back to back, in blocks that never move. Each plume has a block of its own.
type memoire struct {
	blocs    [maxBlocs]*[tailleBloc]byte
	prochain atomic.Int32
}

// plume writes into a memoire.
type plume struct {
	m    *memoire
	bloc int32
	pos  int // in the block, 0 before the first
}

// garder keeps a text, its length before it. No text stands at the first places: these are vide, nulle and refusee.
func (p *plume) garder(t []byte) (ref, error) {
	if p.pos == 0 || p.pos+2+len(t) > tailleBloc {
		if p.bloc = p.m.prochain.Add(1) - 1; p.bloc >= maxBlocs {
			return vide, errTropGrand
		}
		p.m.blocs[p.bloc], p.pos = new([tailleBloc]byte), int(refusee)+1
	}
	debut, b := p.pos, p.m.blocs[p.bloc]
	binary.LittleEndian.PutUint16(b[debut:], uint16(len(t)))
	p.pos += 2 + copy(b[debut+2:], t)
	return ref(int(p.bloc)<<bitsBloc | debut), nil
}

// retenir keeps a literal.
func (p *plume) retenir(litteral []byte) (ref, error) {
	switch {
	case len(litteral) == 0:
		return vide, nil
	case string(litteral) == "null":
		return nulle, nil
	}
	return p.garder(litteral)
}

// lire returns a text that was kept: read it only.
func (m *memoire) lire(r ref) []byte {
	if !r.tenue() {
		return nil
	}
	b := m.blocs[r>>bitsBloc][r&(tailleBloc-1):]
	n := binary.LittleEndian.Uint16(b)
	return b[2 : 2+int(n)]
}

// tableau keeps the values of the columns of one level, row by row, in blocks that never move.
type tableau struct {
	largeur int
	lignes  int
	blocs   [][]ref
}

// lignesBloc is how many rows a block of a tableau has.
const lignesBloc = 1 << 10

func (t *tableau) ajouter(valeurs []ref) {
	if t.lignes%lignesBloc == 0 {
		t.blocs = append(t.blocs, make([]ref, 0, lignesBloc*t.largeur))
	}
	b := &t.blocs[len(t.blocs)-1]
	*b = append(*b, valeurs...)
	t.lignes++
}

func (t *tableau) place(ligne, colonne int) *ref {
	return &t.blocs[ligne/lignesBloc][ligne%lignesBloc*t.largeur+colonne]
}

// liste is a long list, in blocks that never move: one that grows in one piece is copied again and again.
type liste[T any] struct {
	blocs [][]T
	n     int32
}

func (l *liste[T]) ajouter(v T) {
	if l.n%lignesBloc == 0 {
		l.blocs = append(l.blocs, make([]T, 0, lignesBloc))
	}
	b := &l.blocs[len(l.blocs)-1]
	*b = append(*b, v)
	l.n++
}

// a returns the place of number i.
func (l *liste[T]) a(i int32) *T { return &l.blocs[i/lignesBloc][i%lignesBloc] }
