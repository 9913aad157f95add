package reprise

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
)

// enUTF8 returns the bytes without their byte order mark, and what is not UTF-8 as Windows writes it: a file
// that someone has opened and saved. The retry file is in UTF-8.
func (r *Retour) enUTF8(octets []byte) []byte {
	octets = bytes.TrimPrefix(octets, []byte("\uFEFF"))
	if utf8.Valid(octets) {
		return octets
	}
	lus, err := charmap.Windows1252.NewDecoder().Bytes(octets)
	if err != nil {
		return octets // no byte is an error in this encoding
	}
	r.remarquer("fichier en Windows-1252, lu comme tel", "file in Windows-1252, read as such")
	return lus
}
