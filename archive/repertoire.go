package archive

import (
	"encoding/binary"
	"io"
)

// The fixed parts of a .zip (APPNOTE 4.3), in bytes.
const (
	longFin     = 22 // end of central directory
	longFiche   = 46 // one entry of the directory
	longTete    = 30 // head of one entry, before its bytes
	longComment = 1<<16 - 1
)

const (
	signatureFin   = 0x06054b50
	signatureFiche = 0x02014b50
	signatureTete  = 0x04034b50
)

// maxFiche bounds an entry of the directory, so that the directory fits in memory.
const maxFiche = 1 << 10

// fiche is one entry, as the directory tells it.
type fiche struct {
	nom               string
	createur          byte // system whose attributes these are
	drapeaux, methode uint16
	crc               uint32
	comprime, reel    int64 // declared sizes
	attributs         uint32
	tete              int64 // where its head starts
}

// lireRepertoire reads the directory of an archive, which must end where the end record starts: what is
// between them, or after the end, could be another archive for another reader.
func lireRepertoire(r io.ReaderAt, taille int64, l Limites) (fiches []fiche, debut int64, f *Faute) {
	fin, entrees, longueur, f := lireFin(r, taille)
	if f != nil {
		return nil, 0, f
	}
	switch {
	case entrees > l.MaxEntrees:
		return nil, 0, &Faute{Defaut: TropEntrees, Nombre: int64(entrees)}
	case longueur > fin || longueur > int64(l.MaxEntrees)*maxFiche:
		return nil, 0, illisible("directory too large")
	}
	b := make([]byte, longueur)
	if _, err := r.ReadAt(b, fin-longueur); err != nil {
		return nil, 0, illisible("directory: " + err.Error())
	}
	for len(b) > 0 {
		var e fiche
		if e, b, f = lireFiche(b); f != nil {
			return nil, 0, f
		}
		if fiches = append(fiches, e); len(fiches) > l.MaxEntrees {
			return nil, 0, &Faute{Defaut: TropEntrees, Nombre: int64(len(fiches))}
		}
	}
	// The count has 16 bits: a directory of more entries can claim fewer.
	if len(fiches) != entrees {
		return nil, 0, illisible("the directory has another number of entries than it says")
	}
	return fiches, fin - longueur, nil
}

// lireFin finds the end record: the last bytes of the file, but for its comment.
func lireFin(r io.ReaderAt, taille int64) (fin int64, entrees int, longueur int64, f *Faute) {
	n := min(taille, longFin+longComment)
	b := make([]byte, n)
	if _, err := r.ReadAt(b, taille-n); err != nil && err != io.EOF {
		return 0, 0, 0, illisible("end: " + err.Error())
	}
	for i := int(n) - longFin; i >= 0; i-- {
		e := b[i:]
		if u32(e, 0) != signatureFin || longFin+int(u16(e, 20)) != len(e) {
			continue
		}
		fin, entrees, longueur = taille-n+int64(i), int(u16(e, 10)), int64(u32(e, 12))
		debut := int64(u32(e, 16))
		if grande, ok, f := lireGrandeFin(r, fin); f != nil {
			return 0, 0, 0, f
		} else if ok {
			return grande.meme(entrees, longueur, debut)
		}
		switch {
		case u16(e, 4) != 0 || u16(e, 6) != 0 || int(u16(e, 8)) != entrees:
			return 0, 0, 0, illisible("part of an archive in several files")
		case debut+longueur != fin:
			return 0, 0, 0, illisible("the directory is not before its end")
		}
		return fin, entrees, longueur, nil
	}
	return 0, 0, 0, illisible("no end of directory")
}

func lireFiche(b []byte) (e fiche, rest []byte, f *Faute) {
	if len(b) < longFiche || u32(b, 0) != signatureFiche {
		return e, nil, illisible("directory cut short")
	}
	nom, long := int(u16(b, 28)), longFiche+int(u16(b, 28))+int(u16(b, 30))+int(u16(b, 32))
	if long > len(b) {
		return e, nil, illisible("directory cut short")
	}
	e = fiche{
		nom: string(b[longFiche : longFiche+nom]), createur: b[5], drapeaux: u16(b, 8), methode: u16(b, 10), crc: u32(b, 16),
		comprime: int64(u32(b, 20)), reel: int64(u32(b, 24)), attributs: u32(b, 38), tete: int64(u32(b, 42)),
	}
	if u16(b, 34) != 0 {
		return e, nil, illisible("part of an archive in several files")
	}
	reel, comprime, tete := uint64(e.reel), uint64(e.comprime), uint64(e.tete)
	if !grandes(b[longFiche+nom:longFiche+nom+int(u16(b, 30))], &reel, &comprime, &tete) {
		return e, nil, illisible("zip64")
	}
	e.reel, e.comprime, e.tete = int64(reel), int64(comprime), int64(tete)
	return e, b[long:], nil
}

func u16(b []byte, i int) uint16 { return binary.LittleEndian.Uint16(b[i:]) }
func u32(b []byte, i int) uint32 { return binary.LittleEndian.Uint32(b[i:]) }
