package classeur_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"guichet/internal/classeur"
	"guichet/modele"
	"guichet/preparation"
)

// paquet makes a workbook of parts: the least that one has, and what changes.
func paquet(t testing.TB, feuille string, changees ...string) []byte {
	t.Helper()
	toutes := maps.Clone(parties)
	toutes["xl/f.xml"] = feuille
	for i := 0; i < len(changees); i += 2 {
		if toutes[changees[i]] = changees[i+1]; changees[i+1] == "" {
			delete(toutes, changees[i])
		}
	}
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, nom := range slices.Sorted(maps.Keys(toutes)) {
		w, err := z.Create(nom)
		if err == nil {
			_, err = w.Write([]byte(toutes[nom]))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func rangs(rangees string) string {
	return `<worksheet><sheetData>` + rangees + `</sheetData></worksheet>`
}

func enUTF16(t string) string {
	var b bytes.Buffer
	for _, u := range append([]uint16{0xfeff}, utf16.Encode([]rune(t))...) {
		b.Write([]byte{byte(u), byte(u >> 8)})
	}
	return b.String()
}

const relationsDeux = `<Relationships>
<Relationship Id="f" Type="http://purl.oclc.org/ooxml/officeDocument/relationships/worksheet" Target="f.xml"/>
<Relationship Id="g" Type="x/chartsheet" Target="chartsheets/g.xml"/>
<Relationship Id="d" Type="x/dialogsheet" Target="d.xml"/></Relationships>`

// The legal forms of a workbook that other programs write are all read.
func TestFormes(t *testing.T) {
	t.Parallel()
	un := rangs(`<row r="1"><c r="A1" t="s"><v>0</v></c></row>`)
	for _, c := range []struct{ nom, want, octets string }{
		{"own text beside a value", "1|V3.2|V3\n", string(paquet(t, rangs(`<row><c t="inlineStr"><v>V3.2</v><is><t>V3.2</t></is></c><c t="inlineStr"><is><r><t>V</t></r><r><t>3</t></r><rPh><t>x</t></rPh></is><v>V3</v></c></row>`)))},
		{"own text without its element", "1|V3.2\n", string(paquet(t, rangs(`<row><c t="inlineStr"><v>V3.2</v></c></row>`)))},
		{"formulas", "1|f:|f:||n:3|f:\n", string(paquet(t, rangs(`<row><c><f>A2</f><v></v></c><c><f>A2</f></c><c t="str"><f>A2</f><v></v></c><c><f>1+2</f><v>3</v></c><c t="str"><f>A2</f></c></row>`)))},
		{"formulas to be calculated", "1|f:0|n:3|n:0\n", string(paquet(t, rangs(`<row><c><f>A2</f><v>0</v></c><c><f>1+2</f><v>3</v></c><c><v>0</v></c></row>`),
			"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="F" r:id="f"/></sheets><calcPr fullCalcOnLoad="1"/></workbook>`))},
		{"error, boolean, empty", "1|e:#N/A|b:1|b:0||b:1|n:-1500\n", string(paquet(t, rangs(`<row><c t="e"><v>#N/A</v></c><c t="b"><v>1</v></c><c t="b"><v>false</v></c><c t="s"/><c t="b"><v>true</v></c><c> <v> -1.5E3 </v></c></row>`)))},
		{"numbers however they are stored", "1|n:199001001|n:45181|n:199001001|n:2433.5|n:12|n:0.5|n:0.00015|n:0|n:0|n:1|n:-1.5|n:10|n:1E300\n", string(paquet(t, rangs(`<row><c><v>1.99001001E8</v></c><c><v>4.5181e+04</v></c><c><v>199001001.0</v></c><c><v>2433.50</v></c><c><v>+12</v></c><c><v>.5</v></c><c><v>1.5E-4</v></c><c><v>-0</v></c><c><v>0.0</v></c><c><v>1.</v></c><c><v>-1.5</v></c><c><v>010</v></c><c><v>1E300</v></c></row>`)))},
		{"booleans and formulas however they are stored", "1|b:1|n:1001|j:45182.5\n", string(paquet(t, rangs(`<row><c t="b"><v>1</v></c><c t="n"><f>A2</f><v>1.001E3</v></c><c t="d"><v>2023-09-13T12:00</v></c></row>`)))},
		{"dates of the strict form", "1|j:45181|j:45181.5|maintenant\n", string(paquet(t, rangs(`<row><c t="d"><v>2023-09-12</v></c><c t="d"><v>2023-09-12T12:00:00</v></c><c t="d"><v>maintenant</v></c></row>`)))},
		{"charts and dialogs are no sheets", "1|un\n", string(paquet(t, un, "xl/chartsheets/g.xml", `<chartsheet/>`,
			"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="G" r:id="g"/><sheet name="F" r:id="f"/><sheet name="D" r:id="d"/></sheets></workbook>`,
			"xl/_rels/workbook.xml.rels", strings.Replace(relationsDeux, "</Relationships>", `<Relationship Id="s" Type="x/sharedStrings" Target="s.xml"/></Relationships>`, 1)))},
		{"names of Windows and from the root", "1|un\n", string(paquet(t, "", "xl/f.xml", "", `xl\f.xml`, un, "xl/workbook.xml", "", "/xl/Workbook.xml", parties["xl/workbook.xml"]))},
		{"prefixes, notes, CDATA, entities", "1|a<b&c>d\"'é€\n", string(paquet(t, `<?xml version="1.0"?><!-- <row> --><x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t><![CDATA[a<b&c]]>&gt;d&quot;&apos;&#233;&#x20AC;</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`))},
		{"what only other programs understand", "1|de\n", string(paquet(t, `<worksheet><mc:AlternateContent><mc:Choice><sheetData><row><c t="str"><v>un</v></c></row></sheetData></mc:Choice><mc:Fallback/></mc:AlternateContent><sheetData><row><c t="str"><v>de</v><extLst><ext><v>x</v></ext></extLst></c></row></sheetData></worksheet>`))},
		{"UTF-16", "1|é\n", string(paquet(t, enUTF16(`<worksheet><sheetData><row><c t="str"><v>é</v></c></row></sheetData></worksheet>`)))},
		{"its mark of UTF-8", "1|é\n", string(paquet(t, "\ufeff"+rangs(`<row><c t="str"><v>é</v></c></row>`)))},
		{"no shared texts, no styles", "1|n:1\n", string(paquet(t, rangs(`<row><c s="7"><v>1</v></c></row>`), "xl/s.xml", "", "xl/_rels/workbook.xml.rels", relationsDeux))},
		{"line ends and hidden characters", "1|a\nb\nc\nd_xD800_\n", string(paquet(t, rangs("<row><c t=\"inlineStr\"><is><t>a\r\nb_x000A_c\rd_xD800_</t></is></c></row>")))},
		{"small letters, and cells out of order", "1|b|a\n", string(paquet(t, rangs(`<row><c r="b1" t="str"><v>a</v></c><c r="A1" t="str"><v>b</v></c></row>`)))},
		{"nothing", "", string(paquet(t, `<worksheet><sheetData/></worksheet>`))},
	} {
		t.Run(c.nom, func(t *testing.T) {
			t.Parallel()
			got, err := lire(t, "f.xlsx", []byte(c.octets))
			if want := "[F]\n" + c.want; err != nil || got != want {
				t.Errorf("%v\n%q\nwant\n%q", err, got, want)
			}
		})
	}
}

// What is no workbook by its own rules is refused, whole.
// ASVS 1.5.1: what has entities of its own is refused, whole.
func TestFormesRefusees(t *testing.T) {
	t.Parallel()
	for nom, feuille := range map[string]string{
		"cut short":          `<worksheet><sheetData><row><c t="str"><v>a</v></c></row>`,
		"cut in a tag":       `<worksheet><sheetData><row`,
		"cut in a text":      `<worksheet><sheetData><row><c t="str"><v>a`,
		"own entities":       `<!DOCTYPE x [<!ENTITY a "b">]><worksheet><sheetData/></worksheet>`,
		"unknown entity":     rangs(`<row><c t="str"><v>&a;</v></c></row>`),
		"entity without end": rangs(`<row><c t="str"><v>&amp</v></c></row>`),
		"not UTF-8":          rangs("<row><c t=\"str\"><v>\xe9</v></c></row>"),
		"text for a number":  rangs(`<row><c><v>1,5</v></c></row>`),
		"no shared text":     rangs(`<row><c t="s"><v>2</v></c></row>`),
		"shared text below":  rangs(`<row><c t="s"><v>-1</v></c></row>`),
		"a tag in a tag":     rangs(`<row <c></row>`),
		"row zero":           rangs(`<row r="0"><c><v>1</v></c></row>`),
		"row too far":        rangs(`<row r="1048577"><c><v>1</v></c></row>`),
		"column too far":     rangs(`<row><c r="BXY1"><v>1</v></c></row>`),
		"no column":          rangs(`<row><c r="11"><v>1</v></c></row>`),
		"a long text":        rangs(`<row><c t="str"><v>` + strings.Repeat("é", 32_768) + `</v></c></row>`),
	} {
		t.Run(nom, func(t *testing.T) {
			t.Parallel()
			_, err := lire(t, "f.xlsx", paquet(t, feuille))
			var e *classeur.Erreur
			if !errors.As(err, &e) || e.Feuille != "F" || e.Faute == (modele.Texte{}) {
				t.Errorf("%v", err)
			}
		})
	}
	for _, limite := range []string{`<row r="1048576"><c><v>1</v></c></row>`, `<row><c r="BXX1"><v>1</v></c></row>`, `<row><c t="str"><v>` + strings.Repeat("é", 32_767) + `</v></c></row>`} {
		if _, err := lire(t, "f.xlsx", paquet(t, rangs(limite))); err != nil {
			t.Errorf("%.60s: %v", limite, err)
		}
	}
}

// Hidden rows and sheets are told; the settings say whether they are read.
func TestMasquees(t *testing.T) {
	t.Parallel()
	chemin := filepath.Join(t.TempDir(), "f.xlsx")
	devoir(t, os.WriteFile(chemin, paquet(t, rangs(`<row><c><v>1</v></c></row><row hidden="1"><c><v>2</v></c></row><row hidden="true"/><row ht="0" customHeight="1"><c><v>4</v></c></row><row hidden="0" ht="10"><c><v>5</v></c></row>`),
		"xl/workbook.xml", `<workbook xmlns:r="r"><sheets><sheet name="F" r:id="f"/><sheet name="H" state="hidden" r:id="f"/><sheet name="V" state="veryHidden" r:id="f"/></sheets></workbook>`), 0o600))
	for _, c := range []struct {
		options  classeur.Options
		feuilles int
		lues     string
	}{
		{classeur.Options{}, 1, "1245"},
		{classeur.Options{SansLignesMasquees: true}, 1, "15"},
		{classeur.Options{FeuillesMasquees: true}, 3, "1245"},
	} {
		book, err := classeur.Ouvrir(chemin, c.options)
		devoir(t, err)
		if len(book.Feuilles) != c.feuilles || strings.Join(book.Masquees, "") != "HV" {
			t.Errorf("%+v: %d sheets, %q hidden", c.options, len(book.Feuilles), book.Masquees)
		}
		for range 2 { // a second reading begins again
			lues := ""
			devoir(t, book.Feuilles[0].Rangees(func(_ int, cellules []preparation.Cellule) error { lues += cellules[0].Texte; return nil }))
			if lues != c.lues || !slices.Equal(book.Feuilles[0].Masquees(), []int{2, 4}) {
				t.Errorf("%+v: rows %s, hidden %v", c.options, lues, book.Feuilles[0].Masquees())
			}
		}
		devoir(t, book.Close())
	}
}
