package classeur

import (
	"io"

	"guichet/modele"
)

// Format is one way to write a table.
type Format struct {
	Code  string // the end of a file's name
	Genre string // its media type
	Nom   modele.Texte
	// Ecrire writes the table; one that is too large for a workbook is an error.
	Ecrire func(io.Writer, Tableau) error
}

// Formats lists them.
func Formats() []Format {
	return []Format{
		{"csv", "text/csv; charset=utf-8", modele.Texte{Fr: "CSV", En: "CSV"}, EcrireCSV},
		{"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", modele.Texte{Fr: "Excel (XLSX)", En: "Excel (XLSX)"}, func(w io.Writer, t Tableau) error { return EcrireXLSX(w, t) }},
	}
}

// FormatDe finds a format by its code.
func FormatDe(code string) (Format, bool) {
	for _, f := range Formats() {
		if f.Code == code {
			return f, true
		}
	}
	return Format{}, false
}
