package jsondoc

import (
	"strings"
	"unicode/utf8"
)

// Excerpt is a part of a line, for people to read.
type Excerpt struct {
	Text   string // without line break; bytes that are not UTF-8 are replaced
	Column int    // of its first character, from 1
	More   bool   // the line goes on after it
}

// Excerpt returns the line that holds offset, cut to about reach bytes on each side of it, between
// characters.
func (d *Document) Excerpt(offset, reach int) Excerpt {
	offset = min(offset, len(d.Source))
	start, end := d.LineRange(offset, reach)
	for start < offset && start > 0 && !utf8.RuneStart(d.Source[start]) {
		start++
	}
	for end > offset && end < len(d.Source) && !utf8.RuneStart(d.Source[end]) {
		end--
	}
	return Excerpt{
		Text:   strings.TrimSuffix(strings.ToValidUTF8(string(d.Source[start:end]), "�"), "\r"),
		Column: d.Position(start).Column,
		More:   end < len(d.Source) && d.Source[end] != '\n' && d.Source[end] != '\r',
	}
}
