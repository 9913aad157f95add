package compterendu

import (
	"errors"

	"github.com/xuri/excelize/v2"
)

// completer gives a workbook what the norm lets it leave out and the library counts on: the styles of a new one, and
// the name of a font. One without any part of styles is refused, since a new part would have no relation.
func (a *annotateur) completer() error {
	if _, present := a.f.Pkg.Load("xl/styles.xml"); !present {
		return errors.New("no styles")
	}
	neuf := excelize.NewFile()
	defer func() { _ = neuf.Close() }()
	for _, f := range []*excelize.File{a.f, neuf} {
		_, _ = f.GetStyle(0) // reads the part
	}
	s, nu := a.f.Styles, neuf.Styles
	if s.Fonts == nil || len(s.Fonts.Font) == 0 {
		s.Fonts = nu.Fonts
	}
	if police := s.Fonts.Font[0]; police.Name == nil || police.Name.Val == nil {
		police.Name = nu.Fonts.Font[0].Name
	}
	if s.Fills == nil || len(s.Fills.Fill) == 0 {
		s.Fills = nu.Fills
	}
	if n := len(s.Fills.Fill); n < len(nu.Fills.Fill) { // spreadsheets have their own idea of the first two
		s.Fills.Fill = append(s.Fills.Fill, nu.Fills.Fill[n:]...)
	}
	if s.Borders == nil || len(s.Borders.Border) == 0 {
		s.Borders = nu.Borders
	}
	if s.CellStyleXfs == nil || len(s.CellStyleXfs.Xf) == 0 {
		s.CellStyleXfs = nu.CellStyleXfs
	}
	if s.CellXfs == nil || len(s.CellXfs.Xf) == 0 {
		s.CellXfs = nu.CellXfs
	}
	// The library counts on the counts, which may be left out too.
	s.Fonts.Count, s.Fills.Count, s.Borders.Count = len(s.Fonts.Font), len(s.Fills.Fill), len(s.Borders.Border)
	s.CellStyleXfs.Count, s.CellXfs.Count = len(s.CellStyleXfs.Xf), len(s.CellXfs.Xf)
	return nil
}
