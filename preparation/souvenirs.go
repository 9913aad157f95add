package preparation

import (
	"guichet/affichage"
	"guichet/valeur"
)

// souvenirs are the last cells that a column had: most columns repeat themselves, and what was read once is not
// read, nor kept, again.
type souvenirs [64]souvenir

type souvenir struct {
	lu     bool
	genre  Genre
	format *affichage.Format
	motif  motif
	ordres valeur.Ordre
	long   uint8
	texte  [40]byte
	ref    ref
}

// place returns where a cell is remembered, nil for a text that is too long.
func (s *souvenirs) place(cell Cellule) *souvenir {
	t := cell.Texte
	n := len(t)
	if n > len(s[0].texte) {
		return nil
	}
	h := uint32(n)
	for i := max(0, n-8); i < n; i++ { // the end of a text varies most
		h = (h ^ uint32(t[i])) * 16777619
	}
	return &s[(h^h>>15)%uint32(len(s))]
}

// est tells whether a cell is the one remembered.
func (s *souvenir) est(cell Cellule) bool {
	return s.lu && s.genre == cell.Genre && s.format == cell.Format && int(s.long) == len(cell.Texte) && string(s.texte[:s.long]) == cell.Texte
}

func (s *souvenir) retenir(cell Cellule, r ref, v verdict) {
	*s = souvenir{lu: true, genre: cell.Genre, format: cell.Format, motif: v.motif, ordres: v.ordres, long: uint8(len(cell.Texte)), ref: r}
	copy(s.texte[:], cell.Texte)
}
