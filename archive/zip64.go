package archive

import (
	"encoding/binary"
	"io"
)

// The records for sizes of more than 32 bits (APPNOTE 4.3.14, 4.3.15, 4.5.3). Programs that do not know beforehand how
// much they are going to write have them for small files, too.
const (
	signatureGrandeFin = 0x06064b50
	signatureRenvoi    = 0x07064b50
	longGrandeFin      = 56
	longRenvoi         = 20
	champGrand         = 1
)

// grandeFin is the end record of such an archive.
type grandeFin struct{ place, entrees, longueur, debut int64 }

// lireGrandeFin reads it where the end record has a locator before it.
func lireGrandeFin(r io.ReaderAt, fin int64) (g grandeFin, ok bool, f *Faute) {
	b := make([]byte, longRenvoi)
	if fin < longRenvoi {
		return g, false, nil
	}
	if n, _ := r.ReadAt(b, fin-longRenvoi); n < len(b) || u32(b, 0) != signatureRenvoi {
		return g, false, nil
	}
	g.place = int64(u64(b, 8))
	b = make([]byte, longGrandeFin)
	if g.place < 0 || g.place > fin-longRenvoi-longGrandeFin {
		return g, false, illisible("zip64: an end past the end")
	}
	if n, _ := r.ReadAt(b, g.place); n < len(b) || u32(b, 0) != signatureGrandeFin {
		return g, false, illisible("zip64: no end of directory")
	}
	g.entrees, g.longueur, g.debut = int64(u64(b, 32)), int64(u64(b, 40)), int64(u64(b, 48))
	switch {
	case u32(b, 16) != 0 || u32(b, 20) != 0 || int64(u64(b, 24)) != g.entrees:
		return g, false, illisible("part of an archive in several files")
	case int64(u64(b, 4)) != fin-longRenvoi-g.place-12:
		return g, false, illisible("zip64: bytes after the end of the directory")
	case g.entrees < 0 || g.entrees > 1<<31-1 || g.longueur < 0 || g.debut < 0 || g.longueur > g.place || g.debut != g.place-g.longueur:
		return g, false, illisible("zip64: the directory is not before its end")
	}
	return g, true, nil
}

// meme returns where the directory ends, if the ordinary end record says nothing else.
func (g grandeFin) meme(entrees int, longueur, debut int64) (fin int64, n int, l int64, f *Faute) {
	if entrees != 1<<16-1 && int64(entrees) != g.entrees || longueur != 1<<32-1 && longueur != g.longueur || debut != 1<<32-1 && debut != g.debut {
		return 0, 0, 0, illisible("two ends of the directory")
	}
	return g.place, int(g.entrees), g.longueur, nil
}

// grandes puts what an extra field has in the place of the values that say so, in their order; false where it has not
// all of them.
func grandes(champs []byte, valeurs ...*uint64) bool {
	var grand []byte
	for b := champs; len(b) >= 4; {
		n := 4 + int(u16(b, 2))
		if n > len(b) {
			break
		}
		if u16(b, 0) == champGrand {
			grand = b[4:n]
			break
		}
		b = b[n:]
	}
	for _, v := range valeurs {
		if *v != 1<<32-1 {
			continue
		}
		if len(grand) < 8 {
			return false
		}
		*v, grand = u64(grand, 0), grand[8:]
	}
	return true
}

func u64(b []byte, i int) uint64 { return binary.LittleEndian.Uint64(b[i:]) }
