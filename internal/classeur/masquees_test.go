package classeur_test

import (
	"os"
	"path/filepath"
	"slices"
	"testing"

	"guichet/internal/classeur"
	"guichet/preparation"
)

// Columns that are hidden or of no width are known once the sheet is read, and not twice.
func TestColonnesMasquees(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), "c.xlsx")
	feuille := `<worksheet><cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/><col min="5" max="5" width="0.0"/><col min="7" max="7" hidden="0"/></cols><sheetData><row r="1"><c t="str"><v>x</v></c></row></sheetData></worksheet>`
	if err := os.WriteFile(chemin, paquet(t, feuille), 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		if err := c.Feuilles[0].Rangees(func(int, []preparation.Cellule) error { return nil }); err != nil {
			t.Fatal(err)
		}
		if got := c.Feuilles[0].ColonnesMasquees(); !slices.Equal(got, []int{1, 2, 4}) {
			t.Errorf("hidden: %v", got)
		}
	}
}

// A sheet may hide the rows that say nothing of themselves; those with a height, or said to be shown, are not hidden.
func TestLignesMasqueesParDefaut(t *testing.T) {
	t.Parallel()
	for _, cas := range []struct {
		format string
		want   []int
	}{
		{`<sheetFormatPr zeroHeight="1"/>`, []int{2, 5, 6}},
		{`<sheetFormatPr zeroHeight="true" defaultRowHeight="15"/>`, []int{2, 5, 6}},
		{`<sheetFormatPr zeroHeight="0" defaultRowHeight="15"/>`, []int{5, 6}},
		{``, []int{5, 6}},
	} {
		cellule := `<c t="str"><v>x</v></c></row>`
		chemin := filepath.Join(t.TempDir(), "c.xlsx")
		feuille := `<worksheet>` + cas.format + `<sheetData><row r="1" ht="15">` + cellule + `<row r="2">` + cellule + `<row r="3" hidden="0">` + cellule +
			`<row r="4" ht="0.75">` + cellule + `<row r="5" ht="0.0">` + cellule + `<row r="6" ht="15" hidden="1">` + cellule + `<row r="7" ht=""/></sheetData></worksheet>`
		if err := os.WriteFile(chemin, paquet(t, feuille), 0o600); err != nil {
			t.Fatal(err)
		}
		if got := masqueesDe(t, chemin, func(f preparation.Feuille) []int { return f.Masquees() }); !slices.Equal(got, cas.want) {
			t.Errorf("%s: hidden: %v", cas.format, got)
		}
	}
}

// Rows and columns of OpenDocument are hidden by what they say, or by a style of no height or no width.
func TestMasqueesODS(t *testing.T) {
	t.Parallel()
	debut := `<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s"><office:automatic-styles>` +
		`<style:style style:name="co0" style:family="table-column"><style:table-column-properties style:column-width="0cm"/></style:style>` +
		`<style:style style:name="co1" style:family="table-column"><style:table-column-properties style:column-width="2.258cm"/></style:style>` +
		`<style:style style:name="ro0" style:family="table-row"><style:table-row-properties style:row-height="0.000in"/></style:style></office:automatic-styles>`
	rangee := func(attribut string) string {
		return `<table:table-row ` + attribut + `><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>`
	}
	contenu := debut + `<office:body><office:spreadsheet><table:table table:name="A"><table:table-column table:number-columns-repeated="2"/><table:table-column table:style-name="co1" table:visibility="collapse" table:number-columns-repeated="2"/>` +
		`<table:table-column table:style-name="co1"/><table:table-column table:style-name="co0"/><table:table-column table:number-columns-repeated="16000" table:visibility="visible"/>` +
		rangee("") + rangee(`table:style-name="ro0"`) + rangee(`table:visibility="collapse" table:number-rows-repeated="2"`) + rangee(`table:style-name="autre"`) + `</table:table>` + finODS
	chemin := filepath.Join(t.TempDir(), "c.ods")
	if err := os.WriteFile(chemin, paquet(t, "", "xl/f.xml", "", "_rels/.rels", "", "xl/workbook.xml", "", "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", contenu), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := masqueesDe(t, chemin, func(f preparation.Feuille) []int { return f.ColonnesMasquees() }); !slices.Equal(got, []int{2, 3, 5}) {
		t.Errorf("columns: %v", got)
	}
	if got := masqueesDe(t, chemin, func(f preparation.Feuille) []int { return f.Masquees() }); !slices.Equal(got, []int{2, 3, 4}) {
		t.Errorf("rows: %v", got)
	}
}

// masqueesDe reads the first sheet of a workbook twice, and tells what was hidden.
func masqueesDe(t *testing.T, chemin string, quoi func(preparation.Feuille) []int) []int {
	t.Helper()
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	for range 2 {
		if err := c.Feuilles[0].Rangees(func(int, []preparation.Cellule) error { return nil }); err != nil {
			t.Fatal(err)
		}
	}
	return slices.Clone(quoi(c.Feuilles[0]))
}
