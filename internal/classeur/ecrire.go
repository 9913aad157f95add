package classeur

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/csv"
	"fmt"
	"io"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"guichet/diag"
	"guichet/modele"
)

// Tableau is a table to write, one sheet of a workbook. A cell is a string, an int, Centimes, a time.Time (of
// which the day counts) or nil for an empty one.
type Tableau struct {
	Nom    string // of the sheet, at most 31 characters
	Entete []string
	Lignes [][]any
}

// Couper ends a table that has not all rows of its list with one that says so.
func (t *Tableau) Couper(l modele.Langue) {
	t.Lignes = append(t.Lignes, []any{Coupe(len(t.Lignes)).In(l)})
}

// Coupe says that an export ends after so many rows of a longer list.
func Coupe(lignes int) modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("La liste continue : cet export s'arrête à %d lignes. Filtrez-la, par période par exemple, et exportez le reste.", lignes),
		En: fmt.Sprintf("The list goes on: this export ends after %d rows. Filter it, by period for example, and export the rest.", lignes),
	}
}

// Centimes is an amount of euros in cents.
type Centimes int64

// String writes euros with two decimals: 2920.00.
func (c Centimes) String() string {
	signe := ""
	if c < 0 {
		signe, c = "-", -c
	}
	return fmt.Sprintf("%s%d.%02d", signe, c/100, c%100)
}

// EcrireCSV writes a table as a French Excel opens it: semicolons, a byte order mark, a decimal comma. No text
// is taken for a formula.
func EcrireCSV(w io.Writer, t Tableau) error {
	lignes := make([][]string, 0, len(t.Lignes)+1)
	lignes = append(lignes, t.Entete)
	for _, l := range t.Lignes {
		ligne := make([]string, len(l))
		for i, v := range l {
			ligne[i] = enTexte(v)
		}
		lignes = append(lignes, ligne)
	}
	return EcrireLignesCSV(w, lignes)
}

// EcrireLignesCSV writes rows of texts as they are, which must come from us: none is kept from being taken for
// a formula.
func EcrireLignesCSV(w io.Writer, lignes [][]string) error {
	if _, err := io.WriteString(w, bom); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	if err := c.WriteAll(lignes); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func enTexte(v any) string {
	switch v := v.(type) {
	case nil:
		return ""
	case string:
		return diag.CSVCell(v)
	case int:
		return strconv.Itoa(v)
	case Centimes:
		s := []byte(v.String())
		s[len(s)-3] = ','
		return string(s)
	case time.Time:
		return v.Format("02/01/2006")
	}
	panic(fmt.Sprintf("classeur: cell of type %T", v)) // a fault of the caller, caught by any test
}

// EcrireXLSX writes tables as the sheets of a workbook: headings that stay in view, filters, widths that fit.
// The same tables give the same bytes.
func EcrireXLSX(w io.Writer, tableaux ...Tableau) error {
	f := excelize.NewFile()
	defer f.Close()
	e := ecrivain{f: f}
	if err := e.styles(); err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	for i, t := range tableaux {
		if err := e.feuille(i, t); err != nil {
			return fmt.Errorf("write sheet %s: %w", t.Nom, err)
		}
	}
	return Clore(f, w)
}

// Clore writes a workbook without a date or a name of its own, so that the same content gives the same bytes. The
// library writes the sheets in any order: they are put in one.
func Clore(f *excelize.File, w io.Writer) error {
	err := f.SetDocProps(&excelize.DocProperties{
		Creator: "Guichet", LastModifiedBy: "Guichet", Created: epoque, Modified: epoque,
	})
	var ecrit *bytes.Buffer
	if err == nil {
		ecrit, err = f.WriteToBuffer()
	}
	if err == nil {
		err = ordonner(ecrit.Bytes(), w)
	}
	if err != nil {
		return fmt.Errorf("write workbook: %w", err)
	}
	return nil
}

// ordonner copies an archive with its entries in the order of their names.
func ordonner(archive []byte, w io.Writer) error {
	r, err := zip.NewReader(bytes.NewReader(archive), int64(len(archive)))
	if err != nil {
		return err
	}
	slices.SortFunc(r.File, func(a, b *zip.File) int { return cmp.Compare(a.Name, b.Name) })
	z := zip.NewWriter(w)
	for _, f := range r.File {
		if err := z.Copy(f); err != nil {
			return err
		}
	}
	if err := z.SetComment(sceau); err != nil {
		return err
	}
	return z.Close()
}

// sceau is the comment of the archive that a workbook of ours is. A program that saves the workbook writes the
// archive anew, and leaves it out.
const sceau = "guichet"

// Intact tells whether a file is a workbook that guichet wrote and that no other program has saved since.
func Intact(r io.ReaderAt, taille int64) bool {
	z, err := zip.NewReader(r, taille)
	return err == nil && z.Comment == sceau
}

const epoque = "2000-01-01T00:00:00Z"

// ecrivain writes the sheets of one workbook.
type ecrivain struct {
	f                   *excelize.File
	entete, euros, jour int // styles
}

func (e *ecrivain) styles() (err error) {
	euros, jour := `#,##0.00\ "€"`, "dd/mm/yyyy"
	if e.entete, err = e.f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true}, Fill: excelize.Fill{Type: "pattern", Pattern: 1, Color: []string{"DDE6F0"}},
		Alignment: &excelize.Alignment{Vertical: "center"},
	}); err != nil {
		return err
	}
	if e.euros, err = e.f.NewStyle(&excelize.Style{CustomNumFmt: &euros}); err != nil {
		return err
	}
	e.jour, err = e.f.NewStyle(&excelize.Style{CustomNumFmt: &jour})
	return err
}

func (e *ecrivain) feuille(i int, t Tableau) error {
	if err := PoserFeuille(e.f, i, t.Nom); err != nil {
		return err
	}
	s, err := e.f.NewStreamWriter(t.Nom)
	if err != nil {
		return err
	}
	for c, n := range largeurs(t) {
		if err := s.SetColWidth(c+1, c+1, n); err != nil {
			return err
		}
	}
	if err := s.SetPanes(EnteteFixe); err != nil {
		return err
	}
	if err := e.lignes(s, t); err != nil {
		return err
	}
	if len(t.Lignes) > 0 && len(t.Entete) > 0 {
		if err := e.filtres(s, i, t); err != nil {
			return err
		}
	}
	return s.Flush()
}

// PoserFeuille names sheet i: the first one is there already.
func PoserFeuille(f *excelize.File, i int, nom string) error {
	if i == 0 {
		return f.SetSheetName(f.GetSheetName(0), nom)
	}
	_, err := f.NewSheet(nom)
	return err
}

// EnteteFixe keeps the row of headings in view.
var EnteteFixe = &excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}

func (e *ecrivain) lignes(s *excelize.StreamWriter, t Tableau) error {
	cellules := make([]any, len(t.Entete))
	for c, titre := range t.Entete {
		cellules[c] = excelize.Cell{StyleID: e.entete, Value: titre}
	}
	if err := s.SetRow("A1", cellules, excelize.RowOpts{Height: 20}); err != nil {
		return err
	}
	for n, ligne := range t.Lignes {
		cellules = cellules[:0]
		for _, v := range ligne {
			cellules = append(cellules, e.cellule(v))
		}
		if err := s.SetRow("A"+strconv.Itoa(n+2), cellules); err != nil {
			return err
		}
	}
	return nil
}

func (e *ecrivain) cellule(v any) any {
	switch v := v.(type) {
	case Centimes:
		return excelize.Cell{StyleID: e.euros, Value: float64(v) / 100} // exact to the cent, as every number of Excel
	case time.Time:
		return excelize.Cell{StyleID: e.jour, Value: time.Date(v.Year(), v.Month(), v.Day(), 0, 0, 0, 0, time.UTC)}
	}
	return v
}

func (e *ecrivain) filtres(s *excelize.StreamWriter, i int, t Tableau) error {
	fin, err := excelize.CoordinatesToCellName(len(t.Entete), len(t.Lignes)+1)
	if err != nil {
		return err
	}
	raye := true
	return s.AddTable(&excelize.Table{
		Range: "A1:" + fin, Name: "Tableau" + strconv.Itoa(i+1), StyleName: "TableStyleLight1", ShowRowStripes: &raye,
	})
}

// largeurs returns the width of each column, in characters, from its first rows.
func largeurs(t Tableau) []float64 {
	n := make([]float64, len(t.Entete))
	for c, titre := range t.Entete {
		n[c] = float64(utf8.RuneCountInString(titre)) + 4 // the filter's button
	}
	for _, ligne := range t.Lignes[:min(len(t.Lignes), 1000)] {
		for c, v := range ligne[:min(len(ligne), len(n))] {
			n[c] = max(n[c], float64(utf8.RuneCountInString(enTexte(v)))+2)
		}
	}
	for c := range n {
		n[c] = min(cmp.Or(n[c], 10), 60)
	}
	return n
}
