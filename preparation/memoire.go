package preparation

import (
	"encoding/binary"
	"errors"
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
