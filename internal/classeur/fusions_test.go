package classeur_test

import "testing"

// Merged cells show one value over several rows: each row has it. Those within a row show it once.
func TestFusions(t *testing.T) {
	t.Parallel()
	rangees := `<row r="1"><c t="str"><v>titre</v></c></row><row r="2"><c t="str"><v>CMD-1</v></c><c><v>1</v></c></row><row r="3"><c/><c><v>2</v></c></row><row r="4"><c r="B4"><v>3</v></c></row><row r="5"><c r="B5"><v>4</v></c></row><row r="6"/>`
	for fusions, want := range map[string]string{
		"": "1|titre\n2|CMD-1|n:1\n3||n:2\n4||n:3\n5||n:4\n",
		`<mergeCells count="2"><mergeCell ref="A1:F1"/><mergeCell ref="A2:A4"/></mergeCells>`:                                                          "1|titre\n2|CMD-1|n:1\n3|CMD-1|n:2\n4|CMD-1|n:3\n5||n:4\n",
		`<x:mergeCells><x:mergeCell ref="$A$2:$C$9"/></x:mergeCells>`:                                                                                  "1|titre\n2|CMD-1|r:1\n3|CMD-1|r:2\n4|CMD-1|r:3\n5|CMD-1|r:4\n",
		`<mergeCells><mergeCell ref="B2:B3"/><mergeCell ref="Z3:Z4"/><mergeCell ref="2:3"/><mergeCell ref="A5"/><mergeCell ref="A5:A4"/></mergeCells>`: "1|titre\n2|CMD-1|n:1\n3||r:2\n4||n:3\n5||n:4\n",
		`<mergeCells><mergeCell ref="A2:B2"/></mergeCells>`:                                                                                            "1|titre\n2|CMD-1|r:1\n3||n:2\n4||n:3\n5||n:4\n",
		`<mergeCells><mergeCell ref="A3:B4"/></mergeCells>`:                                                                                            "1|titre\n2|CMD-1|n:1\n3||r:2\n4||r:3\n5||n:4\n",
	} {
		got, err := lire(t, "f.xlsx", paquet(t, `<worksheet><sheetData>`+rangees+`</sheetData>`+fusions+`</worksheet>`))
		if want = "[F]\n" + want; err != nil || got != want {
			t.Errorf("%s: %v\n%q\nwant\n%q", fusions, err, got, want)
		}
	}
	x := func(attributs, texte string) string {
		return `<table:table-cell` + attributs + ` office:value-type="string"><text:p>` + texte + `</text:p></table:table-cell>`
	}
	got, err := lire(t, "f.ods", classeurODS(t, ligneODS(x(` table:number-rows-spanned="2"`, "a")+x("", "1"))+ligneODS(`<table:covered-table-cell/>`+x("", "2"))+ligneODS(`<table:table-cell/>`+x("", "3"))))
	if want := "[F]\n1|a|1\n2|a|2\n3||3\n"; err != nil || got != want {
		t.Errorf("%v\n%q\nwant\n%q", err, got, want)
	}
}
