package classeur_test

import (
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
)

const debutODS = `<?xml version="1.0" encoding="UTF-8"?><office:document-content><office:automatic-styles>
<style:style style:name="ta1" style:family="table"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>
</office:automatic-styles><office:body><office:spreadsheet><table:tracked-changes><table:deletion><table:table-row><table:table-cell><text:p>ôté</text:p></table:table-cell></table:table-row></table:deletion></table:tracked-changes>`

const finODS = `</office:spreadsheet></office:body></office:document-content>`

// classeurODS makes a workbook of LibreOffice with one sheet, and a hidden one before it.
func classeurODS(t testing.TB, rangees string, changees ...string) []byte {
	contenu := debutODS + `<table:table table:name="H" table:style-name="ta2"><table:table-row><table:table-cell><text:p>caché</text:p></table:table-cell></table:table-row></table:table>` +
		`<table:table table:name="F" table:style-name="ta1"><table:shapes><draw:frame><table:table><table:table-row><table:table-cell><text:p>dessin</text:p></table:table-cell></table:table-row></table:table></draw:frame></table:shapes><table:table-column table:number-columns-repeated="1024"/>` +
		rangees + `</table:table>` + finODS
	return paquet(t, "", append([]string{"xl/f.xml", "", "_rels/.rels", "", "xl/workbook.xml", "", "mimetype", "application/vnd.oasis.opendocument.spreadsheet", "content.xml", contenu}, changees...)...)
}

func ligneODS(cellules string) string { return "<table:table-row>" + cellules + "</table:table-row>" }

// What LibreOffice writes is read: what cells hold, and what they show beside it.
func TestODS(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ nom, rangees, want string }{
		{"text", ligneODS(`<table:table-cell office:value-type="string"><text:p>a<text:span>b</text:span><text:s text:c="2"/>c</text:p><text:p>d<text:tab/>e<text:line-break/>f</text:p></table:table-cell>`), "1|ab  c\nd\te\nf\n"},
		{"note", ligneODS(`<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation><text:p>a<text:ruby><text:ruby-base>b</text:ruby-base><text:ruby-text>son</text:ruby-text></text:ruby></text:p></table:table-cell>`), "1|ab\n"},
		{"number", ligneODS(`<table:table-cell office:value-type="float" office:value="3.1" calcext:value-type="float"><text:p>3,10</text:p></table:table-cell>`), "1|n:3.1\n"},
		{"number however it is stored", ligneODS(`<table:table-cell office:value-type="float" office:value="1.99001001E8"><text:p>199001001</text:p></table:table-cell><table:table-cell office:value-type="currency" office:value="2433.50"><text:p>2433,50</text:p></table:table-cell>`), "1|n:199001001|n:2433.5\n"},
		{"currency, percents", ligneODS(`<table:table-cell office:value-type="currency" office:currency="EUR" office:value="2433.33"><text:p>2 433,33 €</text:p></table:table-cell><table:table-cell office:value-type="percentage" office:value="0.5"><text:p>50 %</text:p></table:table-cell>`), "1|n:2433.33|n:0.5\n"},
		{"days", ligneODS(`<table:table-cell office:value-type="date" office:date-value="2023-09-12"><text:p>12/09/2023</text:p></table:table-cell><table:table-cell office:value-type="date" office:date-value="2023-09-12T12:00:00"><text:p>12/09</text:p></table:table-cell>`), "1|j:45181|j:45181.5\n"},
		{"boolean, time", ligneODS(`<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>VRAI</text:p></table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="false"/><table:table-cell office:value-type="time" office:time-value="PT14H30M00S"><text:p>14:30</text:p></table:table-cell>`), "1|b:1|b:0|14:30\n"},
		{"error", ligneODS(`<table:table-cell table:formula="of:=1/0" office:value-type="string" office:string-value="" calcext:value-type="error" table:number-columns-repeated="2"><text:p>#DIV/0 !</text:p></table:table-cell>`), "1|e:#DIV/0 !|e:#DIV/0 !\n"},
		{"formulas", ligneODS(`<table:table-cell table:formula="of:=A2"/><table:table-cell table:formula="of:=&quot;&quot;" office:value-type="string" office:string-value=""/><table:table-cell office:value-type="string" office:string-value="é&amp;"/>`), "1|f:||é&\n"},
		{"repeated cells", ligneODS(`<table:table-cell table:number-columns-repeated="2"/><table:table-cell table:number-columns-repeated="2" office:value-type="string"><text:p>x</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16000"/>`), "1|||x|x\n"},
		{"repeated rows", `<table:table-row table:number-rows-repeated="3"><table:table-cell/></table:table-row><table:table-row table:number-rows-repeated="2"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row><table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>`, "4|x\n5|x\n"},
		{"groups and headings", `<table:table-header-rows>` + ligneODS(`<table:table-cell><text:p>x</text:p></table:table-cell>`) + `</table:table-header-rows><table:table-row-group>` + ligneODS(`<table:table-cell><text:p>y</text:p></table:table-cell>`) + `</table:table-row-group>`, "1|x\n2|y\n"},
		{"covered", ligneODS(`<table:table-cell><text:p>x</text:p></table:table-cell><table:covered-table-cell><text:p>caché</text:p></table:covered-table-cell><table:table-cell><text:p>y</text:p></table:table-cell>`), "1|x|r:caché|y\n"},
		{"nothing", "", ""},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			got, err := lire(t, "f.ods", classeurODS(t, c.rangees))
			if want := "[F]\n" + c.want; err != nil || got != want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, want)
			}
		})
	}
}

// What a cell of OpenDocument shows is in the file itself; hidden rows and sheets are told.
func TestODSMontre(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), "f.ods")
	devoir(t, os.WriteFile(chemin, classeurODS(t, ligneODS(`<table:table-cell office:value-type="float" office:value="3.1"><text:p>3,10</text:p></table:table-cell>`)+
		`<table:table-row table:visibility="filter" table:number-rows-repeated="2"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row><table:table-row table:visibility="collapse"><table:table-cell><text:p>x</text:p></table:table-cell></table:table-row>`), 0o600))
	c, err := classeur.Ouvrir(chemin, classeur.Options{SansLignesMasquees: true})
	devoir(t, err)
	defer c.Close()
	lues := 0
	devoir(t, c.Feuilles[0].Rangees(func(_ int, cellules []preparation.Cellule) error {
		if t2, certain := cellules[0].Montre(); t2 != "3,10" || !certain {
			t.Errorf("shown %q", t2)
		}
		lues++
		return nil
	}))
	if lues != 1 || !slices.Equal(c.Feuilles[0].Masquees(), []int{2, 3, 4}) || !slices.Equal(c.Masquees, []string{"H"}) {
		t.Errorf("%d rows, hidden %v, sheets %q", lues, c.Feuilles[0].Masquees(), c.Masquees)
	}
	tous, err := classeur.Ouvrir(chemin, classeur.Options{FeuillesMasquees: true})
	devoir(t, err)
	defer tous.Close()
	if len(tous.Feuilles) != 2 || tous.Feuilles[0].Nom != "H" {
		t.Errorf("%d sheets", len(tous.Feuilles))
	}
	devoir(t, tous.Feuilles[0].Rangees(func(_ int, cellules []preparation.Cellule) error {
		if cellules[0].Texte != "caché" {
			t.Errorf("%q", cellules[0].Texte)
		}
		return nil
	}))
}

func TestODSRefuses(t *testing.T) {
	t.Parallel()
	x := `<table:table-cell%s><text:p>x</text:p></table:table-cell>`
	for nom, c := range map[string]struct {
		octets []byte
		faute  string
	}{
		"password":           {classeurODS(t, "", "META-INF/manifest.xml", `<m><manifest:encryption-data/></m>`), "mot de passe"},
		"no content":         {classeurODS(t, "", "content.xml", ""), "abîmé"},
		"columns":            {classeurODS(t, ligneODS(strings.Replace(x, "%s", ` table:number-columns-repeated="2001"`, 1))), "2 000 colonnes"},
		"columns later":      {classeurODS(t, ligneODS(`<table:table-cell table:number-columns-repeated="2000"/>`+strings.Replace(x, "%s", "", 1))), "2 000 colonnes"},
		"rows":               {classeurODS(t, `<table:table-row table:number-rows-repeated="1048577">`+strings.Replace(x, "%s", "", 1)+`</table:table-row>`), "1 048 576 lignes"},
		"rows of many cells": {classeurODS(t, `<table:table-row table:number-rows-repeated="1000000">`+strings.Replace(x, "%s", ` table:number-columns-repeated="2000"`, 1)+`</table:table-row>`), "1 048 576 lignes"},
		"blanks":             {classeurODS(t, ligneODS(`<table:table-cell><text:p><text:s text:c="16000000"/><text:s text:c="16000000"/></text:p></table:table-cell>`)), "32 767"},
		"no number":          {classeurODS(t, ligneODS(strings.Replace(x, "%s", ` table:number-columns-repeated="-1"`, 1))), "abîmé"},
		"cut":                {classeurODS(t, "", "content.xml", debutODS+`<table:table table:name="F"><table:table-row>`), "abîmé"},
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			_, err := lire(t, "f.ods", c.octets)
			var e *classeur.Erreur
			if !errors.As(err, &e) || !strings.Contains(e.In(modele.Francais), c.faute) {
				t.Errorf("%v", err)
			}
		})
	}
}

// Whatever stands in a sheet of OpenDocument, it is read or refused in our own words.
func FuzzODS(f *testing.F) {
	f.Add(ligneODS(`<table:table-cell office:value-type="date" office:date-value="2023-09-12"><text:p>12/09/2023</text:p></table:table-cell>`))
	f.Add(`<table:table-row table:number-rows-repeated="9"><table:table-cell table:number-columns-repeated="9"><text:p>x<text:s text:c="3"/></text:p></table:table-cell></table:table-row>`)
	f.Fuzz(func(t *testing.T, rangees string) {
		_, err := lire(t, "f.ods", classeurODS(t, rangees))
		var e *classeur.Erreur
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
	})
}
