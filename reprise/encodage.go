package reprise

import (
	"bytes"
	"unicode/utf8"
)

// haut are the characters of Windows-1252 from 0x80 to 0x9F; the other bytes are those of Latin-1. The five
// that it leaves open are read as Latin-1 too.
var haut = [32]rune{
	'€', 0x81, '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', 0x8D, 'Ž', 0x8F,
	0x90, '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', 0x9D, 'ž', 'Ÿ',
}

// enUTF8 returns the bytes without their byte order mark, and what is not UTF-8 as Windows writes it: a file
// that someone has opened and saved. The retry file is in UTF-8.
func (r *Retour) enUTF8(octets []byte) []byte {
	octets = bytes.TrimPrefix(octets, []byte("\uFEFF"))
	if utf8.Valid(octets) {
		return octets
	}
	r.remarquer("fichier en Windows-1252, lu comme tel", "file in Windows-1252, read as such")
	var b bytes.Buffer
	b.Grow(len(octets) + len(octets)/16)
	for _, c := range octets {
		if c >= 0x80 && c < 0xA0 {
			b.WriteRune(haut[c-0x80])
		} else {
			b.WriteRune(rune(c))
		}
	}
	return b.Bytes()
}
