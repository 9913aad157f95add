package archive

import (
	"archive/zip"
	"cmp"
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"slices"
)

// Contenu is a file to pack. Its size and checksum are known beforehand: it was read when it was checked.
type Contenu struct {
	Nom    string // in the archive
	Taille int64
	CRC    uint32 // CRC-32, IEEE
	Ouvrir func() (io.ReadCloser, error)
}

// ErrChange says that a file is not the one that was checked.
var ErrChange = errors.New("the file has changed since it was checked")

// ErrTropLourd says that a file alone is larger than an archive may be.
var ErrTropLourd = errors.New("the file does not fit in any archive")

// poids returns the bytes that a file takes in an archive: its head, its bytes, its place in the directory.
func (c *Contenu) poids() int64 { return longTete + longFiche + 2*int64(len(c.Nom)) + c.Taille }

// Repartir shares files out among archives, in an order that depends on their names and sizes alone: the
// largest first, each in the first archive that has room. Files are stored as they are, so that the size of
// each archive is known to the byte.
func Repartir(contenus []Contenu, l Limites) ([][]Contenu, error) {
	ordre := slices.Clone(contenus)
	slices.SortFunc(ordre, func(a, b Contenu) int {
		return cmp.Or(cmp.Compare(b.Taille, a.Taille), cmp.Compare(a.Nom, b.Nom))
	})
	var lots [][]Contenu
	var libres []int64
	for _, c := range ordre {
		i := 0
		for i < len(lots) && (libres[i] < c.poids() || len(lots[i]) == l.MaxEntrees) {
			i++
		}
		if l.MaxOctets-longFin < c.poids() {
			return nil, fmt.Errorf("%s: %w", c.Nom, ErrTropLourd)
		}
		if i == len(lots) {
			lots, libres = append(lots, nil), append(libres, l.MaxOctets-longFin)
		}
		lots[i] = append(lots[i], c)
		libres[i] -= c.poids()
	}
	for _, lot := range lots {
		slices.SortFunc(lot, func(a, b Contenu) int { return cmp.Compare(a.Nom, b.Nom) })
	}
	return lots, nil
}

// Ecrire writes one archive. The same files give the same bytes: they stand in the given order, without
// date, owner or rights. They are stored, not deflated: PDF, PNG and JPG are packed already.
func Ecrire(ctx context.Context, w io.Writer, contenus []Contenu) error {
	z := zip.NewWriter(w)
	buffer := make([]byte, 256<<10)
	for i := range contenus {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := ajouter(z, &contenus[i], buffer); err != nil {
			return fmt.Errorf("pack %s: %w", contenus[i].Nom, err)
		}
	}
	return z.Close()
}

// premierJanvier1980 is the first day that the format can tell.
const premierJanvier1980 = 1<<5 | 1

// ajouter stores one file. Its size and checksum stand before its bytes: some readers refuse stored entries
// that tell them afterwards.
func ajouter(z *zip.Writer, c *Contenu, buffer []byte) error {
	h := &zip.FileHeader{
		Name: c.Nom, Method: zip.Store, CRC32: c.CRC, CompressedSize64: uint64(c.Taille), UncompressedSize64: uint64(c.Taille),
	}
	//lint:ignore SA1019 CreateRaw writes this field only, and Modified would add the zone of the machine
	h.ModifiedDate = premierJanvier1980
	w, err := z.CreateRaw(h)
	if err != nil {
		return err
	}
	r, err := c.Ouvrir()
	if err != nil {
		return err
	}
	defer r.Close()
	sum := crc32.NewIEEE()
	n, err := io.CopyBuffer(onlyWriter{w}, io.TeeReader(io.LimitReader(r, c.Taille+1), sum), buffer)
	switch {
	case err != nil:
		return err
	case n != c.Taille || sum.Sum32() != c.CRC:
		return ErrChange
	}
	return nil
}

// Reconnaitre tells whether a file is an archive as Ecrire makes them: nobody packs documents so by hand.
func Reconnaitre(r io.ReaderAt, taille int64) bool {
	z, err := zip.NewReader(r, taille)
	return err == nil && len(z.File) > 0 && !slices.ContainsFunc(z.File, func(f *zip.File) bool {
		return f.Method != zip.Store || f.ModifiedDate != premierJanvier1980 || f.ModifiedTime != 0
	})
}

// onlyWriter keeps io.CopyBuffer to the given buffer.
type onlyWriter struct{ io.Writer }
