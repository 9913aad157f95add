// Package essai reads receipts for tests.
package essai

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"golang.org/x/text/encoding/charmap"
)

var (
	flux    = regexp.MustCompile(`(?s)stream\r?\n(.*?)\r?\nendstream`)
	echappe = regexp.MustCompile(`\\(.)`)
	chaine  = regexp.MustCompile(`(?s)\(((?:[^()\\]|\\.)*)\)\s*Tj`)
)

// LirePDF returns what a reader selects of a PDF, without blanks: where lines break is the page's own affair.
func LirePDF(t testing.TB, octets []byte) string {
	t.Helper()
	var b strings.Builder
	for _, m := range flux.FindAllSubmatch(octets, -1) {
		for _, c := range chaine.FindAllSubmatch(m[1], -1) {
			texte := echappe.ReplaceAll(c[1], []byte("$1"))
			lu, err := charmap.Windows1252.NewDecoder().Bytes(texte)
			if err != nil {
				t.Fatal(err)
			}
			b.Write(lu)
		}
	}
	return SansBlancs(b.String())
}

// SansBlancs takes the blanks out of a text.
func SansBlancs(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) {
			return -1
		}
		return c
	}, s)
}
