package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Neutralize makes visible all that does not print: control characters, escape sequences, direction
// marks, zero-width characters, bytes that are not UTF-8. A checked file is written by a stranger, and
// nothing in it may drive the terminal or reorder the page that shows it.
func Neutralize(s string) string {
	s = strings.ToValidUTF8(s, "\ufffd")
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		b.WriteString(visible(r))
	}
	return b.String()
}

// neutralizeLines neutralises a text of several lines and leaves them apart.
func neutralizeLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = Neutralize(lines[i])
	}
	return strings.Join(lines, "\n")
}

func unprintable(r rune) bool { return !unicode.IsGraphic(r) }

// visible writes a control character as its picture (␛, ␊) and what has none by its number.
func visible(r rune) string {
	switch {
	case !unprintable(r):
		return string(r)
	case r < ' ':
		return string('␀' + r)
	case r == 0x7f:
		return "␡"
	}
	return fmt.Sprintf("<U+%04X>", r)
}
