package classeur_test

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/xuri/excelize/v2"

	"guichet/internal/classeur"
	"guichet/preparation"
)

// fichiers writes a table of 5,000 rows and 40 columns in both formats.
func fichiers(b *testing.B) (xlsx, csv string) {
	b.Helper()
	t := classeur.Tableau{Nom: "Commandes"}
	for c := range 40 {
		t.Entete = append(t.Entete, fmt.Sprintf("colonne%d", c))
	}
	for n := range 5_000 {
		ligne := make([]any, 40)
		for c := range ligne {
			if ligne[c] = fmt.Sprintf("val%d", (n*c)%5000); c%4 == 0 {
				ligne[c] = classeur.Centimes(n * c)
			}
		}
		t.Lignes = append(t.Lignes, ligne)
	}
	dir := b.TempDir()
	xlsx, csv = filepath.Join(dir, "t.xlsx"), filepath.Join(dir, "t.csv")
	for name, write := range map[string]func(*os.File) error{
		xlsx: func(f *os.File) error { return classeur.EcrireXLSX(f, t) },
		csv:  func(f *os.File) error { return classeur.EcrireCSV(f, t) },
	} {
		f, err := os.Create(name)
		if err != nil {
			b.Fatal(err)
		}
		if err := write(f); err != nil {
			b.Fatal(err)
		}
		if err := f.Close(); err != nil {
			b.Fatal(err)
		}
	}
	return xlsx, csv
}

func BenchmarkLire(b *testing.B) {
	xlsx, csv := fichiers(b)
	for name, chemin := range map[string]string{"xlsx": xlsx, "csv": csv} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c, err := classeur.Ouvrir(chemin, classeur.Options{})
				if err != nil {
					b.Fatal(err)
				}
				n := 0
				if err := c.Feuilles[0].Rangees(func(int, []preparation.Cellule) error { n++; return nil }); err != nil || n != 5_001 {
					b.Fatal(n, err)
				}
				_ = c.Close()
			}
		})
	}
	b.Run("excelize", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			f, err := excelize.OpenFile(xlsx)
			if err != nil {
				b.Fatal(err)
			}
			rows, err := f.Rows("Commandes")
			if err != nil {
				b.Fatal(err)
			}
			for rows.Next() {
				if _, err := rows.Columns(excelize.Options{RawCellValue: true}); err != nil {
					b.Fatal(err)
				}
			}
			_ = rows.Close()
			_ = f.Close()
		}
	})
}
