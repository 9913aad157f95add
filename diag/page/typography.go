package page

import (
	"bytes"
	"strings"

	"guichet/modele"
)

// french puts no-break spaces where French wants them, so that no line starts with a colon. Reports keep
// ordinary spaces everywhere else: people search them, and programs compare them.
var french = strings.NewReplacer(" :", "\u00a0:", " ;", "\u00a0;", " ?", "\u00a0?", " !", "\u00a0!", "« ", "«\u00a0", " »", "\u00a0»")

// typeset applies the typography of the language to the body of a page, but not to extracts of files,
// which stand in pre elements, nor to the head, whose style is known by its hash.
func typeset(page []byte, l modele.Langue) []byte {
	head, body, found := bytes.Cut(page, []byte("<body>"))
	if l != modele.Francais || !found {
		return page
	}
	var b bytes.Buffer
	b.Write(head)
	b.WriteString("<body>")
	for len(body) > 0 {
		text, rest, _ := bytes.Cut(body, []byte("<pre>"))
		b.WriteString(french.Replace(string(text)))
		extract, after, found := bytes.Cut(rest, []byte("</pre>"))
		if found {
			b.WriteString("<pre>")
			b.Write(extract)
			b.WriteString("</pre>")
		}
		body = after
	}
	return b.Bytes()
}
