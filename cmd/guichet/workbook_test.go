package main

import (
	"archive/zip"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// The parts of a workbook but its sheet: what other programs write, in short.
var workbookParts = map[string]string{
	"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="Commandes" r:id="f"/><sheet name="Archives" state="hidden" r:id="h"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="f" Type="x/worksheet" Target="f.xml"/><Relationship Id="h" Type="x/worksheet" Target="h.xml"/><Relationship Id="y" Type="x/styles" Target="y.xml"/></Relationships>`,
	"xl/h.xml":                   `<worksheet><sheetData><row><c t="str"><v>notes</v></c></row></sheetData></worksheet>`,
	"xl/y.xml": `<styleSheet><numFmts><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd h:mm:ss"/><numFmt numFmtId="165" formatCode="mmm\-yy"/></numFmts>
		<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="2"/></cellXfs></styleSheet>`,
}

// workbook makes a workbook of a table: workbook c.xlsx table.csv Q2='<c s="3"><v>3.1</v></c>' 3='<row hidden="1">'. Its
// styles: 1 a day with its time, 2 a month, 3 two decimals.
func workbook(ts *testscript.TestScript, _ bool, args []string) {
	replaced := map[string]string{}
	for _, a := range args[2:] {
		at, xml, _ := strings.Cut(a, "=")
		replaced[at] = xml
	}
	var sheet strings.Builder
	sheet.WriteString(`<worksheet><sheetData>`)
	for i, line := range strings.Split(strings.TrimSuffix(ts.ReadFile(args[1]), "\n"), "\n") {
		row := replaced[fmt.Sprint(i+1)]
		if row == "" {
			row = "<row>"
		}
		sheet.WriteString(row)
		for j, cell := range strings.Split(line, ";") {
			xml := replaced[fmt.Sprintf("%c%d", 'A'+j, i+1)]
			if xml == "" {
				xml = `<c t="str"><v>` + cell + `</v></c>`
			}
			sheet.WriteString(xml)
		}
		sheet.WriteString(`</row>`)
	}
	sheet.WriteString(`</sheetData></worksheet>`)
	parts := maps.Clone(workbookParts)
	parts["xl/f.xml"] = sheet.String()
	pack(ts, args[0], parts)
}

// opendocument makes a workbook of LibreOffice of a table: opendocument c.ods table.csv Q2='<table:table-cell …/>'.
func opendocument(ts *testscript.TestScript, _ bool, args []string) {
	replaced := map[string]string{}
	for _, a := range args[2:] {
		at, xml, _ := strings.Cut(a, "=")
		replaced[at] = xml
	}
	var sheet strings.Builder
	sheet.WriteString(`<office:document-content><office:body><office:spreadsheet><table:table table:name="Commandes">`)
	for i, line := range strings.Split(strings.TrimSuffix(ts.ReadFile(args[1]), "\n"), "\n") {
		sheet.WriteString(`<table:table-row>`)
		for j, cell := range strings.Split(line, ";") {
			xml := replaced[fmt.Sprintf("%c%d", 'A'+j, i+1)]
			if xml == "" {
				xml = `<table:table-cell office:value-type="string"><text:p>` + cell + `</text:p></table:table-cell>`
			}
			sheet.WriteString(xml)
		}
		sheet.WriteString(`</table:table-row>`)
	}
	sheet.WriteString(`</table:table></office:spreadsheet></office:body></office:document-content>`)
	pack(ts, args[0], map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": sheet.String()})
}

// pack writes parts to a .zip.
func pack(ts *testscript.TestScript, name string, parts map[string]string) {
	f, err := os.Create(ts.MkAbs(name))
	ts.Check(err)
	z := zip.NewWriter(f)
	for name, text := range parts {
		w, err := z.Create(name)
		ts.Check(err)
		_, err = w.Write([]byte(text))
		ts.Check(err)
	}
	ts.Check(z.Close())
	ts.Check(f.Close())
}
