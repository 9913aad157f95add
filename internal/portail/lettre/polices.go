package lettre

import (
	"fmt"
	"strings"
	"sync"

	"codeberg.org/go-pdf/fpdf"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/gobolditalic"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// famille is the font of letters. It has the letters of all languages that are written with Latin, Greek or Cyrillic ones, and is
// embedded: it reads everywhere.
const famille = "Go"

func polices(f *fpdf.Fpdf) {
	f.AddUTF8FontFromBytes(famille, "", goregular.TTF)
	f.AddUTF8FontFromBytes(famille, "B", gobold.TTF)
	f.AddUTF8FontFromBytes(famille, "I", goitalic.TTF)
	f.AddUTF8FontFromBytes(famille, "BI", gobolditalic.TTF)
}

var reguliere = sync.OnceValues(func() (*sfnt.Font, error) { return sfnt.Parse(goregular.TTF) })

// enPolice is a text for that font: characters that it has not are shown by their number.
func enPolice(t string) string {
	f, err := reguliere()
	if err != nil {
		return t
	}
	var tampon sfnt.Buffer
	var b strings.Builder
	for _, c := range t {
		if c == '\u202f' {
			c = '\u00a0'
		}
		if i, err := f.GlyphIndex(&tampon, c); (err != nil || i == 0) && c != '\u00a0' {
			fmt.Fprintf(&b, "<U+%04X>", c)
			continue
		}
		b.WriteRune(c)
	}
	return b.String()
}
