// Package preparation turns the rows of a spreadsheet into demandes, and demandes into files that the
// counter accepts. It undoes what spreadsheets and scripts do to values, says each repair, and points at
// the cell of what it cannot repair.
package preparation

// Cellule is one cell as its file has it, before anything is read into it.
type Cellule struct {
	// Texte is the raw value: "2920", "45184", "oui". Of a spreadsheet it is not what the cell shows, but
	// what it holds.
	Texte string
	Genre Genre
}

// Genre is what a spreadsheet says a cell holds. Files without types (CSV) have texts only.
type Genre uint8

// The kinds of cells.
const (
	Texte   Genre = iota
	Nombre        // a number: leading zeros are lost, if there were any; more than 15 digits are not kept
	Jour          // a number that is shown as a date: days since 30/12/1899
	Booleen       // "1" or "0"
)

// Rangees goes through the rows of a sheet that are not empty, in their order. Ligne counts from 1, as
// spreadsheets show it; the cells are good until the next row. An error of the reader, or of f, ends it.
type Rangees func(f func(ligne int, cellules []Cellule) error) error

// Feuille is one sheet to read: its rows, and how to name it in a message.
type Feuille struct {
	Fichier string // as it was given
	Nom     string // of the sheet; "" for a file that has none (CSV)
	Rangees Rangees
}
