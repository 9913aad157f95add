package diag

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// csvHeader names the columns in both languages alike: they are the words of the JSON contract.
var csvHeader = []string{
	"fichier", "verdict", "numLigne", "numeroEditeur", "code", "gravite", "balise", "ligne", "colonne",
	"valeur", "message", "aide", "source", "premiere", "pointeur", "doute",
}

// WriteCSV writes one line for each anomaly, as a French Excel opens it: semicolons and a byte order mark.
func WriteCSV(w io.Writer, r *Rapport, _ Options) error {
	if _, err := io.WriteString(w, "\ufeff"); err != nil {
		return err
	}
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	_ = c.Write(csvHeader) // kept by the writer, as all others, and returned by Error
	for o := range r.All() {
		_ = c.Write(csvRecord(o))
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return fmt.Errorf("write CSV: %w", err)
	}
	return nil
}

func csvRecord(o Occurrence) []string {
	numLigne, numeroEditeur, valeur := "", "", ""
	if d := o.Demande; d != nil {
		numLigne = strconv.Itoa(d.NumLigne)
		if d.NumeroEditeur != nil {
			numeroEditeur = *d.NumeroEditeur
		}
	}
	if o.Valeur != nil {
		valeur = *o.Valeur
	}
	record := []string{
		o.Fichier.Fichier, string(o.Fichier.Verdict), numLigne, numeroEditeur, o.Code, o.Gravite.String(), o.Balise,
		place(o, o.Ligne), place(o, o.Colonne), valeur, o.Message, o.Aide, o.Source, strconv.FormatBool(o.Premiere), o.Pointeur, o.Doute,
	}
	for i := range record {
		record[i] = CSVCell(record[i])
	}
	return record
}

// place leaves the cell empty where the anomaly is not in the bytes.
func place(o Occurrence, n int) string {
	if !o.Placed() {
		return ""
	}
	return strconv.Itoa(n)
}

// CSVCell keeps a spreadsheet from taking a text for a formula: those start with one of these characters,
// in the full-width forms too. What does not print is made visible.
func CSVCell(s string) string {
	if strings.IndexAny(s, "=+-@\t\r\n＝＋－＠") == 0 {
		s = "'" + s
	}
	return Neutralize(s)
}
