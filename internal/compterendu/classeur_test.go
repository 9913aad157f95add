package compterendu_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"guichet/internal/compterendu"
	"guichet/modele"
	"guichet/preparation"
)

// classeur is a workbook as a person has it: layout, formulas, filters, notes, other sheets.
func classeur(t *testing.T) string {
	t.Helper()
	f := excelize.NewFile()
	must := func(errs ...error) {
		t.Helper()
		if err := errors.Join(errs...); err != nil {
			t.Fatal(err)
		}
	}
	gras, err := f.NewStyle(&excelize.Style{
		Font: &excelize.Font{Bold: true, Color: "0000FF"}, NumFmt: 14, Border: []excelize.Border{{Type: "left", Color: "000000", Style: 2}},
		Alignment: &excelize.Alignment{Horizontal: "center"},
	})
	must(err, f.SetSheetName("Sheet1", "Commandes"))
	_, err = f.NewSheet("Calculs d'été")
	must(err,
		f.SetSheetRow("Commandes", "A1", &[]any{"referenceCommande", "dateCommande", "montantSegurHT"}),
		f.SetSheetRow("Commandes", "A2", &[]any{"BC-1", 45184, "beaucoup"}),
		f.SetSheetRow("Commandes", "A3", &[]any{"BC-2", 45185, 2433.33}),
		f.SetCellStyle("Commandes", "B2", "C3", gras),
		f.SetColWidth("Commandes", "A", "A", 33), f.SetRowHeight("Commandes", 2, 40),
		f.AutoFilter("Commandes", "A1:C3", nil),
		f.SetCellFormula("Calculs d'été", "A1", "=SUM(Commandes!C2:C3)"), f.SetCellValue("Calculs d'été", "A2", 12.5),
		f.SetDefinedName(&excelize.DefinedName{Name: "Zone", RefersTo: "'Calculs d''été'!$A$1", Scope: "Calculs d'été"}),
		f.AddComment("Commandes", excelize.Comment{Cell: "C2", Author: "Claire", Paragraph: []excelize.RichTextRun{{Text: "à demander"}}}),
		f.AddComment("Commandes", excelize.Comment{Cell: "A3", Author: "Claire", Paragraph: []excelize.RichTextRun{{Text: "urgent"}}}),
	)
	chemin := filepath.Join(t.TempDir(), "commandes.xlsx")
	must(f.SaveAs(chemin), f.Close())
	return chemin
}

func lieu(fichier, feuille string, ligne int, colonne string) preparation.Lieu {
	return preparation.Lieu{Fichier: fichier, Feuille: feuille, Ligne: ligne, Colonne: colonne, Balise: "montantSegurHT"}
}

func rendu(source, feuille string) *compterendu.CompteRendu {
	return &compterendu.CompteRendu{
		Sources: []string{source}, Commande: "guichet prepare commandes.xlsx", Sortie: "depots", Commandes: 2, Bloque: true,
		Fautes: []preparation.Faute{
			{
				Lieu: lieu(source, feuille, 2, "C"), Code: "T009", Gravite: modele.Erreur,
				Message: modele.Texte{Fr: "« beaucoup » ne se lit pas comme un montant", En: "\"beaucoup\" does not read as an amount"},
				Aide:    modele.Texte{Fr: "écrivez par exemple 2433.33", En: "write for instance 2433.33"},
			},
			{
				Lieu: lieu(source, feuille, 3, "A"), Code: "A511", Gravite: modele.Alerte,
				Message: modele.Texte{Fr: "=1+1 est déjà demandé", En: "=1+1 is claimed"},
			},
		},
		Reparations: []preparation.Reparation{
			{Lieu: lieu(source, feuille, 3, "B"), Avant: "2023-09-16", Apres: "16/09/2023", Motif: modele.Texte{Fr: "date", En: "date"}},
		},
		Reference: func(l preparation.Lieu) string { return fmt.Sprintf("BC-%d", l.Ligne-1) },
	}
}

func annoter(t *testing.T, c *compterendu.CompteRendu, source string) (*excelize.File, []byte) {
	t.Helper()
	var b bytes.Buffer
	if err := c.EcrireClasseur(&b, source, modele.Francais); err != nil {
		t.Fatal(err)
	}
	f, err := excelize.OpenReader(bytes.NewReader(b.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = f.Close() })
	bienFormee(t, b.Bytes())
	return f, b.Bytes()
}

// bienFormee reads each part of a package as XML.
func bienFormee(t *testing.T, octets []byte) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(octets), int64(len(octets)))
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		for err == nil {
			_, err = d.Token()
		}
		if !errors.Is(err, io.EOF) && (strings.HasSuffix(e.Name, ".xml") || strings.HasSuffix(e.Name, ".rels") || strings.HasSuffix(e.Name, ".vml")) {
			t.Errorf("%s: %v", e.Name, err)
		}
	}
}

func couleur(t *testing.T, f *excelize.File, feuille, cellule string) (string, *excelize.Style) {
	t.Helper()
	s, err := f.GetCellStyle(feuille, cellule)
	if err != nil {
		t.Fatal(err)
	}
	style, err := f.GetStyle(s)
	if err != nil {
		t.Fatal(err)
	}
	return strings.Join(style.Fill.Color, ""), style
}

func notes(t *testing.T, f *excelize.File, feuille string) map[string]string {
	t.Helper()
	list, err := f.GetComments(feuille)
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]string{}
	for _, c := range list {
		all[c.Cell] += c.Author + ": " + c.Text
		for _, p := range c.Paragraph {
			all[c.Cell] += p.Text
		}
	}
	return all
}

// The copy has the cells in colour with their notes, a list in front, and all else as it was; the source is not touched.
func TestEcrireClasseur(t *testing.T) {
	t.Parallel()
	source := classeur(t)
	avant, err := os.ReadFile(source)
	if err != nil {
		t.Fatal(err)
	}
	f, _ := annoter(t, rendu(source, "Commandes"), source)
	if apres, err := os.ReadFile(source); err != nil || !bytes.Equal(avant, apres) {
		t.Errorf("the source has changed: %v", err)
	}
	if got := strings.Join(f.GetSheetList(), "|"); got != "À corriger|Commandes|Calculs d'été" {
		t.Errorf("sheets %s", got)
	}
	for cellule, want := range map[string]string{"C2": "FFA8A8", "A3": "FFF3BF", "B3": "FFD8A8", "A2": "", "C3": ""} {
		if got, _ := couleur(t, f, "Commandes", cellule); !strings.HasSuffix(got, want) || want == "" && got != "" {
			t.Errorf("%s is %q", cellule, got)
		}
	}
	if _, s := couleur(t, f, "Commandes", "C2"); !s.Font.Bold || s.NumFmt != 14 || len(s.Border) != 1 || s.Alignment.Horizontal != "center" {
		t.Errorf("the style of C2 is lost: %+v", s)
	}
	n := notes(t, f, "Commandes")
	if len(n) != 3 || n["C2"] != "Claire: à demander\n— Guichet —\nerreur T009 : « beaucoup » ne se lit pas comme un montant\nÀ faire : écrivez par exemple 2433.33" {
		t.Errorf("notes %q", n)
	}
	if !strings.HasPrefix(n["A3"], "Claire: urgent\n— Guichet —\nalerte A511") || !strings.Contains(n["B3"], "Guichet: — Guichet —\nréparé : « 2023-09-16 » est écrit 16/09/2023") {
		t.Errorf("notes %q", n)
	}
	gardes(t, f)
}

// gardes looks for what the person had.
func gardes(t *testing.T, f *excelize.File) {
	t.Helper()
	if w, err := f.GetColWidth("Commandes", "A"); err != nil || w != 33 {
		t.Errorf("width %v, %v", w, err)
	}
	if h, err := f.GetRowHeight("Commandes", 2); err != nil || h != 40 {
		t.Errorf("height %v, %v", h, err)
	}
	if formule, err := f.GetCellFormula("Calculs d'été", "A1"); err != nil || formule != "SUM(Commandes!C2:C3)" && formule != "=SUM(Commandes!C2:C3)" {
		t.Errorf("formula %q, %v", formule, err)
	}
	if v, err := f.GetCellValue("Commandes", "C2"); err != nil || v != "beaucoup" {
		t.Errorf("value %q, %v", v, err)
	}
	scopes := map[string]string{}
	for _, d := range f.GetDefinedName() {
		scopes[d.Name] = d.Scope
	}
	if scopes["Zone"] != "Calculs d'été" || scopes["_xlnm._FilterDatabase"] != "Commandes" {
		t.Errorf("names %v", scopes)
	}
	if i := f.GetActiveSheetIndex(); f.GetSheetName(i) != "Commandes" {
		t.Errorf("sheet %d is open", i)
	}
}

// The list says each cell with a link to it, what must be mended first; a text is never a formula.
func TestListe(t *testing.T) {
	t.Parallel()
	source := classeur(t)
	f, _ := annoter(t, rendu(source, "Commandes"), source)
	rows, err := f.GetRows("À corriger")
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"Feuille|Cellule|Balise|Commande|Gravité|Code|Ce qui a été trouvé|À faire",
		"Commandes|C2|montantSegurHT|BC-1|erreur|T009|« beaucoup » ne se lit pas comme un montant|écrivez par exemple 2433.33",
		"Commandes|A3|montantSegurHT|BC-2|alerte|A511|=1+1 est déjà demandé",
		"Commandes|B3|montantSegurHT|BC-2|réparé||« 2023-09-16 » est écrit 16/09/2023 dans le fichier : date",
		"Rouge : à corriger. Jaune : à vérifier. Orange : réparé dans le fichier à déposer.",
	}
	for i, w := range want {
		if got := strings.Join(rows[i], "|"); got != w {
			t.Errorf("row %d: %q", i+1, got)
		}
	}
	if ok, lien, err := f.GetCellHyperLink("À corriger", "B2"); !ok || lien != "'Commandes'!C2" || err != nil {
		t.Errorf("link %q, %v", lien, err)
	}
	if formule, _ := f.GetCellFormula("À corriger", "G3"); formule != "" {
		t.Errorf("formula %q", formule)
	}
}

// A copy that was mended and is copied again has no trace of the former run, and keeps what the person wrote.
func TestAgain(t *testing.T) {
	t.Parallel()
	source := classeur(t)
	_, octets := annoter(t, rendu(source, "Commandes"), source)
	copie := filepath.Join(t.TempDir(), "copie.xlsx")
	if err := os.WriteFile(copie, octets, 0o600); err != nil {
		t.Fatal(err)
	}
	c := rendu(copie, "Commandes")
	c.Fautes, c.Reparations, c.Bloque = c.Fautes[1:], nil, false
	f, _ := annoter(t, c, copie)
	if got := strings.Join(f.GetSheetList(), "|"); got != "À corriger|Commandes|Calculs d'été" {
		t.Errorf("sheets %s", got)
	}
	if got, s := couleur(t, f, "Commandes", "C2"); got != "" || !s.Font.Bold {
		t.Errorf("C2 is %q still", got)
	}
	n := notes(t, f, "Commandes")
	if len(n) != 2 || n["C2"] != "Claire: à demander" || strings.Count(n["A3"], "Guichet") != 1 {
		t.Errorf("notes %q", n)
	}
	gardes(t, f)
}

// What is no workbook becomes one, of texts, row by row.
func TestCSV(t *testing.T) {
	t.Parallel()
	source := filepath.Join(t.TempDir(), "commandes d'été.csv")
	if err := os.WriteFile(source, []byte("referenceCommande;dateCommande;montantSegurHT\n\nBC-1;15/09/2023;\"=1+1\"\n010000016;;2920,00\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := rendu(source, "")
	f, _ := annoter(t, c, source)
	if got := strings.Join(f.GetSheetList(), "|"); got != "À corriger|commandes d-été" {
		t.Errorf("sheets %s", got)
	}
	for cellule, want := range map[string]string{"A1": "referenceCommande", "B3": "15/09/2023", "C3": "=1+1", "A4": "010000016", "C4": "2920,00"} {
		if got, err := f.GetCellValue("commandes d-été", cellule); got != want || err != nil {
			t.Errorf("%s is %q, %v", cellule, got, err)
		}
	}
	if got, s := couleur(t, f, "commandes d-été", "C2"); !strings.HasSuffix(got, "FFA8A8") || s.NumFmt != 49 {
		t.Errorf("C2: %q, %+v", got, s)
	}
}

// Many faults: the cells beyond the limit are coloured without a note, and the list says so.
func TestLimit(t *testing.T) {
	t.Parallel()
	source := classeur(t)
	c := rendu(source, "Commandes")
	for i := range 2100 {
		f := c.Fautes[0]
		f.Lieu.Ligne = 10 + i
		c.Fautes = append(c.Fautes, f)
	}
	f, _ := annoter(t, c, source)
	if n := len(notes(t, f, "Commandes")); n != 2001 { // and one of the person, which is never taken
		t.Errorf("%d notes", n)
	}
	if got, _ := couleur(t, f, "Commandes", "C2109"); !strings.HasSuffix(got, "FFA8A8") {
		t.Errorf("C2109 is %q", got)
	}
	rows, err := f.GetRows("À corriger")
	if err != nil || !strings.Contains(fmt.Sprint(rows), "premières cellules ont une note") {
		t.Errorf("the list does not say so: %v", err)
	}
}

// A sheet with buttons takes no notes: they would be written in their place.
func TestButtons(t *testing.T) {
	t.Parallel()
	source := classeur(t)
	f, err := excelize.OpenFile(source)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(f.AddFormControl("Commandes", excelize.FormControl{Cell: "E5", Type: excelize.FormControlButton, Text: "Calculer"}), f.Save(), f.Close()); err != nil {
		t.Fatal(err)
	}
	f, octets := annoter(t, rendu(source, "Commandes"), source)
	if n := notes(t, f, "Commandes"); len(n) != 2 || strings.Contains(fmt.Sprint(n), "Guichet") {
		t.Errorf("notes %q", n)
	}
	if got, _ := couleur(t, f, "Commandes", "C2"); !strings.HasSuffix(got, "FFA8A8") {
		t.Errorf("C2 is %q", got)
	}
	if controles, err := f.GetFormControls("Commandes"); err != nil || len(controles) != 1 || len(octets) == 0 {
		t.Errorf("controls %v, %v", controles, err)
	}
	rows, _ := f.GetRows("À corriger")
	if !strings.Contains(fmt.Sprint(rows), "Feuille Commandes : cellules colorées, sans note") {
		t.Errorf("the list does not say so: %v", rows)
	}
}

// sansStyles is the workbook with the part of its styles written anew, or left out when it is empty.
func sansStyles(t *testing.T, styles string) string {
	t.Helper()
	z, err := zip.OpenReader(classeur(t))
	if err != nil {
		t.Fatal(err)
	}
	defer z.Close()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, e := range z.File {
		r, err := e.Open()
		if err != nil {
			t.Fatal(err)
		}
		octets, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		if e.Name == "xl/_rels/workbook.xml.rels" && styles == "" {
			octets = regexp.MustCompile(`<Relationship [^>]*styles.xml"[^>]*>(</Relationship>)?`).ReplaceAll(octets, nil)
		}
		if e.Name == "xl/styles.xml" {
			if octets = []byte(styles); styles == "" {
				continue
			}
		}
		part, err := w.Create(e.Name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(octets); err != nil {
			t.Fatal(err)
		}
	}
	chemin := filepath.Join(t.TempDir(), "commandes.xlsx")
	if err := errors.Join(w.Close(), os.WriteFile(chemin, b.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return chemin
}

// Programs leave out of the styles what the norm lets them leave out: such a workbook is annotated like others.
func TestEcrireClasseurSansStyles(t *testing.T) {
	t.Parallel()
	const debut = `<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">`
	for nom, styles := range map[string]string{
		"no part":           "",
		"no font":           debut + `</styleSheet>`,
		"empty list":        debut + `<fonts count="0"/><cellXfs count="0"/></styleSheet>`,
		"font without name": debut + `<fonts><font/></fonts><fills><fill/></fills><borders><border/></borders><cellXfs><xf/><xf/></cellXfs></styleSheet>`,
		"name without text": debut + `<fonts><font><name/></font></fonts></styleSheet>`,
		"no xf":             debut + `<fonts><font><sz val="11"/></font></fonts><fills/><borders/></styleSheet>`,
		"other root":        `<html></html>`,
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			source := sansStyles(t, styles)
			f, _ := annoter(t, rendu(source, "Commandes"), source)
			if c, _ := couleur(t, f, "Commandes", "C2"); !strings.HasSuffix(c, "FFA8A8") {
				t.Errorf("colour of C2: %q", c)
			}
			if n := notes(t, f, "Commandes")["C2"]; !strings.Contains(n, "ne se lit pas comme un montant") {
				t.Errorf("note of C2: %q", n)
			}
		})
	}
}
