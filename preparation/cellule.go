// Package preparation turns the rows of a spreadsheet into demandes, and demandes into files that the
// counter accepts. It undoes what spreadsheets and scripts do to values, says each repair, and points at
// the cell of what it cannot repair.
package preparation

import "guichet/affichage"

// Cellule is one cell as its file has it, before anything is read into it.
type Cellule struct {
	// Texte is the raw value: "2920", "45184", "oui". Of a spreadsheet it is not what the cell shows, but
	// what it holds.
	Texte string
	Genre Genre
	// Format is how the cell shows its number; nil where that is not known, and for texts that show as they are.
	Format *affichage.Format
}

// Genre is what a spreadsheet says a cell holds. Files without types (CSV) have texts only.
type Genre uint8

// The kinds of cells.
const (
	Texte      Genre = iota
	Nombre           // a number: leading zeros are lost, if there were any; more than 15 digits are not kept
	Jour             // a number that is shown as a date: days since 30/12/1899, the time of the day behind the point
	Booleen          // "1" or "0"
	Echec            // the error of a formula, in the words of the spreadsheet
	SansValeur       // a formula that was never calculated: nobody knows what the cell shows
	Recouverte       // a merged cell covers it, and shows another value: its Format has the text that is shown
)

// Montre returns what the cell shows, and whether that is certain.
func (c Cellule) Montre() (texte string, certain bool) {
	switch c.Genre {
	case Nombre, Jour, Recouverte:
		return c.Format.Montrer(c.Texte)
	case Texte, Echec:
		return c.Texte, true
	}
	return "", false // VRAI or TRUE, and what was never calculated
}

// Rangees goes through the rows of a sheet that are not empty, in their order. Ligne counts from 1, as
// spreadsheets show it; the cells are good until the next row. An error of the reader, or of f, ends it.
type Rangees func(f func(ligne int, cellules []Cellule) error) error

// Feuille is one sheet to read: its rows, and how to name it in a message.
type Feuille struct {
	Fichier string // as it was given
	Nom     string // of the sheet; "" for a file that has none (CSV)
	Rangees Rangees
	// Lignes tells that its rows are lines of a text: a row has as many cells as its line has separators.
	Lignes bool
	// Encodage is that of its text, where it was guessed and is not the usual one; "" otherwise.
	Encodage string
	// Masquees lists the rows that are hidden or filtered away, of those that Rangees last went through or left
	// out; nil for a file that has none.
	Masquees func() []int
	// ColonnesMasquees lists, from 0, the columns that are hidden, as Masquees does for rows.
	ColonnesMasquees func() []int
}
