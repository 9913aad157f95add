package classeur_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"testing"

	"guichet/internal/classeur"
)

// parties are the least that a workbook has; its sheet is the fuzzer's.
var parties = map[string]string{
	"_rels/.rels":                `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
	"xl/workbook.xml":            `<workbook xmlns:r="r"><sheets><sheet name="F" r:id="f"/></sheets></workbook>`,
	"xl/_rels/workbook.xml.rels": `<Relationships><Relationship Id="f" Type="x/worksheet" Target="/xl/f.xml"/><Relationship Id="s" Type="x/sharedStrings" Target="s.xml"/></Relationships>`,
	"xl/s.xml":                   `<sst><si><t>un</t><rPh><t>son</t></rPh></si><si><r><t>de</t></r><r><t>ux_x000A_</t></r></si></sst>`,
}

func empaqueter(t testing.TB, feuille string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	ajouter := func(nom, texte string) {
		w, err := z.Create(nom)
		if err == nil {
			_, err = w.Write([]byte(texte))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for nom, texte := range parties {
		ajouter(nom, texte)
	}
	ajouter("xl/f.xml", feuille)
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Rows and cells without references stand where the last one ended; phonetic texts are left out.
func TestFeuilleMinimale(t *testing.T) {
	t.Parallel()
	octets := empaqueter(t, `<x:worksheet xmlns:x="x"><x:sheetData><x:row><x:c t="s"><x:v>0</x:v></x:c><x:c/><x:c t="s"><x:v>1</x:v></x:c></x:row><x:row r="4"><x:c r="B4" t="e"><x:v>#N/A</x:v></x:c></x:row></x:sheetData></x:worksheet>`)
	if got, err := lire(t, "f.xlsx", octets); err != nil || got != "[F]\n1|un||deux\n\n4||e:#N/A\n" {
		t.Errorf("%q, %v", got, err)
	}
}

// Whatever a sheet holds, it is read or refused in our own words.
func FuzzFeuille(f *testing.F) {
	f.Add(`<worksheet><sheetData><row r="2"><c r="A2" t="s"><v>0</v></c></row></sheetData></worksheet>`)
	f.Add(`<worksheet><sheetData><row r="-1"><c r="ZZZZ2" t="s"><v>9</v></c></row></sheetData>`)
	f.Add(`<sheetData><row><c t="inlineStr"><is><t>_xD800__x0041_</t></is></c>`)
	f.Fuzz(func(t *testing.T, feuille string) {
		_, err := lire(t, "f.xlsx", empaqueter(t, feuille))
		var e *classeur.Erreur
		if err != nil && !errors.As(err, &e) {
			t.Fatal(err)
		}
	})
}
