package depot

import (
	"hash/maphash"
	"math/bits"
)

// blocs is a Bloom filter whose keys have all of their bits in one block, a line of the processor's memory: a file adds
// hundreds of keys, and to fetch a line for each of a key's bits took longer than to read who deposits.
type blocs struct {
	graine maphash.Seed
	lignes [][8]uint64
}

// bitsParCle and parCle let a full filter take about one key in eight thousand for one that it has.
const (
	bitsParCle = 24
	parCle     = 7 // places of 9 bits in a hash of 64
	bitsDeBloc = 512
)

// nouveauxBlocs makes a filter for so many keys; it takes 3 bytes for each.
func nouveauxBlocs(cles int64) *blocs {
	return &blocs{graine: maphash.MakeSeed(), lignes: make([][8]uint64, cles*bitsParCle/bitsDeBloc+1)}
}

// bloc returns the block of a key, and a number of which each 9 bits but the last are a place in it. It is told apart from
// the number that chooses the block: keys of one block would share their first place.
func (b *blocs) bloc(cle []byte) (bloc *[8]uint64, places uint64) {
	h := maphash.Bytes(b.graine, cle)
	rang, _ := bits.Mul64(h, uint64(len(b.lignes)))
	return &b.lignes[rang], h * 0x9E3779B97F4A7C15 // the golden ratio: its high bits hang on all bits of h
}

func (b *blocs) ajouter(cle []byte) {
	bloc, places := b.bloc(cle)
	for range parCle {
		bloc[places>>61] |= 1 << (places >> 55 & 63)
		places <<= 9
	}
}

func (b *blocs) peut(cle []byte) bool {
	bloc, places := b.bloc(cle)
	for range parCle {
		if bloc[places>>61]&(1<<(places>>55&63)) == 0 {
			return false
		}
		places <<= 9
	}
	return true
}
