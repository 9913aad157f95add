package classeur_test

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"

	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
)

// lire writes a file, reads it, and shows one row a line: its number, then kind and text of each cell.
func lire(t *testing.T, nom string, octets []byte) (string, error) {
	t.Helper()
	chemin := filepath.Join(t.TempDir(), nom)
	if err := os.WriteFile(chemin, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	c, err := classeur.Ouvrir(chemin, classeur.Options{})
	if err != nil {
		return "", err
	}
	defer c.Close()
	var b strings.Builder
	for _, f := range c.Feuilles {
		if f.Nom != "" {
			fmt.Fprintf(&b, "[%s]\n", f.Nom)
		}
		err := f.Rangees(func(ligne int, cellules []preparation.Cellule) error {
			fmt.Fprintf(&b, "%d", ligne)
			for _, c := range cellules {
				fmt.Fprintf(&b, "|%s%s", []string{"", "n:", "j:", "b:", "e:", "f:", "r:"}[c.Genre], c.Texte)
			}
			b.WriteByte('\n')
			return nil
		})
		if err != nil {
			return b.String(), err
		}
	}
	return b.String(), nil
}

// classeurDe makes a workbook with excelize, as a file.
func classeurDe(t *testing.T, remplir func(f *excelize.File)) []byte {
	t.Helper()
	f := excelize.NewFile()
	defer f.Close()
	remplir(f)
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func devoir(t *testing.T, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

// Texts are read whatever wrote them: marks, encodings, separators, quotes, blank lines, uneven rows.
func TestTextes(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, octets, want string }{
		{"comma", "a,b\n1,é\n", "1|a|b\n2|1|é\n"},
		{"semicolon", "a;b,c\r\n1;2\r\n", "1|a|b,c\n2|1|2\n"},
		{"tab", "a\tb\n1\t2", "1|a|b\n2|1|2\n"},
		{"separators inside quotes", "\"a,b,c\";d\n", "1|a,b,c|d\n"},
		{"one column", "a\n1\n", "1|a\n2|1\n"},
		{"mark", "\ufeffa;b\n", "1|a|b\n"},
		{"Windows-1252", "nom;\x80\nH\xe9l\xe8ne;x\n", "1|nom|€\n2|Hélène|x\n"},
		{"an accent cut off is Windows-1252", "a;\xc3", "1|a|Ã\n"},
		{"UTF-16 little", "\xff\xfea\x00;\x00\xe9\x00\n\x00", "1|a|é\n"},
		{"UTF-16 big", "\xfe\xff\x00a\x00;\x00\xe9", "1|a|é\n"},
		{"empty rows", "a;b\n\n;;\n1;2\n", "1|a|b\n4|1|2\n"},
		{"uneven rows", "a;b\n1\n1;2;3\n", "1|a|b\n2|1\n3|1|2|3\n"},
		{"loose quotes", "a;b\n5\" écran;\"x\"\n", "1|a|b\n2|5\" écran|x\n"},
		{"line break inside quotes", "a;b\n\"1\n2\";3\n4;5\n", "1|a|b\n2|1\n2|3\n3|4|5\n"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			got, err := lire(t, "f.csv", []byte(c.octets))
			if err != nil || got != c.want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, c.want)
			}
		})
	}
}

// A cell is what the workbook says it is: number, date by its format, boolean, text, result of a formula.
func TestTypes(t *testing.T) {
	t.Parallel()
	octets := classeurDe(t, func(f *excelize.File) {
		const s = "Sheet1"
		propre, heure, couleur := `yyyy\-mm\-dd;@`, `[h]:mm`, `[Red]0.00" days"`
		styles := []*excelize.Style{{NumFmt: 14}, {CustomNumFmt: &propre}, {CustomNumFmt: &heure}, {CustomNumFmt: &couleur}}
		for i, st := range styles {
			id, err := f.NewStyle(st)
			cell := fmt.Sprintf("%c1", 'A'+i)
			devoir(t, err, f.SetCellValue(s, cell, 45184), f.SetCellStyle(s, cell, cell, id))
		}
		devoir(t, f.SetCellValue(s, "A3", true), f.SetCellValue(s, "B3", " 0012\u00a0"), f.SetCellValue(s, "D3", 2920.5),
			f.SetCellFormula(s, "E3", "1+1"),
			f.SetCellRichText(s, "F3", []excelize.RichTextRun{{Text: "gras "}, {Text: "& <fin>"}}))
	})
	got, err := lire(t, "f.xlsx", octets)
	if want := "[Sheet1]\n1|j:45184|j:45184|n:45184|n:45184\n3|b:1| 0012\u00a0||n:2920.5|f:|gras & <fin>\n"; err != nil || got != want {
		t.Errorf("%v\n%q\nwant\n%q", err, got, want)
	}
}

// Dates of a workbook that counts from 1904 are told in the days of all others.
func TestDepuis1904(t *testing.T) {
	t.Parallel()
	octets := classeurDe(t, func(f *excelize.File) {
		oui := true
		id, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		devoir(t, err, f.SetWorkbookProps(&excelize.WorkbookPropsOptions{Date1904: &oui}),
			f.SetCellValue("Sheet1", "A1", 43722), f.SetCellStyle("Sheet1", "A1", "A1", id), f.SetCellValue("Sheet1", "B1", 43722))
	})
	if got, err := lire(t, "f.xlsx", octets); err != nil || got != "[Sheet1]\n1|j:45184|n:43722\n" {
		t.Errorf("%q, %v", got, err)
	}
}

// Hidden sheets are named, not read; empty rows are left out, and rows keep their numbers.
func TestFeuillesMasquees(t *testing.T) {
	t.Parallel()
	octets := classeurDe(t, func(f *excelize.File) {
		_, err := f.NewSheet("Secret")
		devoir(t, err, f.SetCellValue("Secret", "A1", "x"), f.SetSheetVisible("Secret", false), f.SetCellValue("Sheet1", "B4", "y"))
	})
	if got, err := lire(t, "f.xlsm", octets); err != nil || got != "[Sheet1]\n4||y\n" {
		t.Errorf("%q, %v", got, err)
	}
}

// What is no spreadsheet that we read is refused with what to do, in both languages.
func TestRefus(t *testing.T) {
	t.Parallel()
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	xlsx := string(classeurDe(t, func(*excelize.File) {}))
	for _, c := range []struct{ nom, octets, fr, en string }{
		{"vieux.xls", ole, "Enregistrer sous, au format .xlsx", "save it as .xlsx"},
		{"vieux.xlsx", ole, "Enregistrer sous, au format .xlsx", "old format"},
		{"secret.xlsx", ole + "E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00", "mot de passe", "password"},
		{"libre.ods", "PK\x03\x04____mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "abîmé", "damaged"},
		{"libre.xlsx", "PK\x03\x04____mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "renommez-le en .ods", "rename it to .ods"},
		{"faux.csv", xlsx, "renommez-le en .xlsx", "rename it to .xlsx"},
		{"faux.xlsx", "a;b\n1;2\n", "renommez-le en .csv", "rename it to .csv"},
		{"coupe.xlsx", xlsx[:len(xlsx)/2], "abîmé", "damaged"},
		{"f.pdf", "%PDF-1.4", "c'est un PDF, et non un tableau", "it is a PDF, not a table"},
		{"f.csv", "%PDF-1.4", "c'est un PDF", "it is a PDF"},
		{"vide.csv", "", "le fichier est vide", "the file is empty"},
		{"vide.xlsx", "", "le fichier est vide", "the file is empty"},
		{"rempli.csv", strings.Repeat("\x00", 9000), "le fichier est vide", "the file is empty"},
		{"nul.csv", "a;b\x00c", "ce n'est pas du texte", "no text"},
		{"long.csv", "a;\"" + strings.Repeat("x", 40_000) + "\"", "ligne 1 : une cellule de plus de 32 767", "row 1: a cell of more than 32,767"},
		{"ouvert.csv", "a;b\n1;\"" + strings.Repeat("x;y\n", 5<<20), "ligne 2 : une cellule de plus de 32 767", "row 2: a cell of more than 32,767"},
		{"large.csv", strings.Repeat("a;", 3000), "plus de 2 000 colonnes", "more than 2,000 columns"},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			_, err := lire(t, c.nom, []byte(c.octets))
			var e *classeur.Erreur
			if !errors.As(err, &e) || !strings.Contains(e.In(modele.Francais), c.fr) || !strings.Contains(e.In(modele.Anglais), c.en) {
				t.Errorf("%v", err)
			}
		})
	}
	if _, err := classeur.Ouvrir(filepath.Join(t.TempDir(), "rien.csv"), classeur.Options{}); err == nil || !strings.Contains(err.Error(), "does not exist") {
		t.Errorf("a missing file: %v", err)
	}
}

var tableau = classeur.Tableau{
	Nom: "Suivi", Entete: []string{"numeroEditeur", "montant", "jour", "rang"},
	Lignes: [][]any{
		{"00001", classeur.Centimes(292000), time.Date(2023, 9, 15, 0, 0, 0, 0, time.UTC), 1},
		{"=1+1", classeur.Centimes(-5), nil, 2},
	},
}

// What is written is read back with its types, and the same table gives the same bytes.
func TestEcrireXLSX(t *testing.T) {
	t.Parallel()
	var a, b bytes.Buffer
	devoir(t, classeur.EcrireXLSX(&a, tableau, classeur.Tableau{Nom: "Vide", Entete: []string{"x"}}), classeur.EcrireXLSX(&b, tableau, classeur.Tableau{Nom: "Vide", Entete: []string{"x"}}))
	if !bytes.Equal(a.Bytes(), b.Bytes()) {
		t.Error("other bytes for the same table")
	}
	got, err := lire(t, "f.xlsx", a.Bytes())
	want := "[Suivi]\n1|numeroEditeur|montant|jour|rang\n2|00001|n:2920|j:45184|n:1\n3|=1+1|n:-0.05||n:2\n[Vide]\n1|x\n"
	if err != nil || got != want {
		t.Errorf("%v\n%q\nwant\n%q", err, got, want)
	}
}

func TestEcrireCSV(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	devoir(t, classeur.EcrireCSV(&b, tableau))
	if want := "\ufeffnumeroEditeur;montant;jour;rang\r\n00001;2920,00;15/09/2023;1\r\n'=1+1;-0,05;;2\r\n"; b.String() != want {
		t.Errorf("%q\nwant\n%q", b.String(), want)
	}
}
