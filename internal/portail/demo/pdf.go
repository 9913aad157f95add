package demo

import (
	"bytes"
	"fmt"
	"strings"

	"golang.org/x/text/encoding/charmap"
)

// pdf makes a document of one A4 page that shows these lines, the first of them as a title.
func pdf(lignes ...string) []byte {
	var texte strings.Builder
	texte.WriteString("BT\n/F1 20 Tf\n72 760 Td\n")
	for i, l := range lignes {
		if i == 1 {
			texte.WriteString("/F1 12 Tf\n0 -16 Td\n")
		}
		fmt.Fprintf(&texte, "(%s) Tj\n0 -20 Td\n", echapper.Replace(latin1(l)))
	}
	texte.WriteString("ET\n0.6 G\n72 740 m 523 740 l S\n")
	objets := []string{
		"<< /Type /Catalog /Pages 2 0 R >>",
		"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
		"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
		fmt.Sprintf("<< /Length %d >>\nstream\n%s\nendstream", texte.Len(), texte.String()),
		"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
	}
	var b bytes.Buffer
	b.WriteString("%PDF-1.4\n")
	places := make([]int, len(objets))
	for i, o := range objets {
		places[i] = b.Len()
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, o)
	}
	table := b.Len()
	fmt.Fprintf(&b, "xref\n0 %d\n0000000000 65535 f \n", len(objets)+1)
	for _, p := range places {
		fmt.Fprintf(&b, "%010d 00000 n \n", p)
	}
	fmt.Fprintf(&b, "trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n", len(objets)+1, table)
	return b.Bytes()
}

var echapper = strings.NewReplacer(`\`, `\\`, "(", `\(`, ")", `\)`)

// latin1 writes a text in the encoding of the page's font; what it lacks becomes a question mark.
func latin1(s string) string {
	var b strings.Builder
	for _, c := range s {
		o, ok := charmap.Windows1252.EncodeRune(c)
		if !ok {
			o = '?'
		}
		b.WriteByte(o)
	}
	return b.String()
}
