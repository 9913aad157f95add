package main

import (
	"encoding/csv"
	"errors"
	"os"
	"path/filepath"

	"github.com/xuri/excelize/v2"

	"guichet/appariement"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// project is the project file of the desk that races.
const project = "numeroAns: ANS0000001\nSIRET: \"00000000100008\"\n"

func ordersCSV(dir string, rows int) (err error) {
	f, err := os.Create(filepath.Join(dir, "commandes.csv"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := csv.NewWriter(f)
	w.Comma = ';'
	if err := w.Write(corpus.TitresCommandes()); err != nil {
		return err
	}
	if err := corpus.Commandes(rows, w.Write); err != nil {
		return err
	}
	w.Flush()
	return errors.Join(w.Error(), os.WriteFile(filepath.Join(dir, "guichet.yaml"), []byte(project), 0o600))
}

func ordersXLSX(dir string, rows int) (err error) {
	f := excelize.NewFile()
	defer func() { err = errors.Join(err, f.Close()) }()
	if err := f.SetSheetName("Sheet1", "Commandes"); err != nil {
		return err
	}
	w, err := f.NewStreamWriter("Commandes")
	if err != nil {
		return err
	}
	row := 0
	write := func(line []string) error {
		row++
		cells := make([]any, len(line))
		for i, text := range line {
			cells[i] = text
		}
		at, err := excelize.CoordinatesToCellName(1, row)
		return errors.Join(err, w.SetRow(at, cells))
	}
	if err := errors.Join(write(corpus.TitresCommandes()), corpus.Commandes(rows, write), w.Flush()); err != nil {
		return err
	}
	return errors.Join(f.SaveAs(filepath.Join(dir, "commandes.xlsx")), os.WriteFile(filepath.Join(dir, "guichet.yaml"), []byte(project), 0o600))
}

const packed = "JSON-ANS0000001-20231002-001.json"

// documents makes a file of 50 demandes and the documents that it names, 195 million bytes together.
func documents(dir string) error {
	octets := corpus.Fichier(corpus.Forme{Demandes: 50, OGs: 1, ESMS: 1, Indente: true})
	expected, err := appariement.Lire(ms1dui.Courante(), octets, jsondoc.Limits{})
	if err != nil {
		return err
	}
	err = errors.Join(os.Mkdir(filepath.Join(dir, "bons"), 0o777), os.WriteFile(filepath.Join(dir, packed), octets, 0o600))
	for _, p := range expected.Pieces {
		err = errors.Join(err, os.WriteFile(filepath.Join(dir, "bons", p.Nom), corpus.PDF(195_000_000/len(expected.Pieces)), 0o600))
	}
	return err
}

const finessName = "finess/etalab-cs1100502-stock-20231002-0400.csv"

func finess(dir string, rows int) error {
	extract := corpus.Extrait{Etablissements: rows, ParOG: 3, Latin1: true}
	return errors.Join(
		os.Mkdir(filepath.Join(dir, "finess"), 0o777),
		os.WriteFile(filepath.Join(dir, finessName), extract.Octets(), 0o600),
	)
}
