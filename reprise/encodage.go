package reprise

import (
	"bytes"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"guichet/modele"
)

// enUTF8 returns the bytes without their byte order mark, and what is not UTF-8 as the programs of Windows write
// it: a file that someone has opened and saved. The retry file is in UTF-8.
func (r *Retour) enUTF8(octets []byte) []byte {
	if ordre, oui := utf16(octets); oui {
		return r.decoder(octets, unicode.UTF16(ordre, unicode.UseBOM), "UTF-16")
	}
	octets = bytes.TrimPrefix(octets, []byte("\uFEFF"))
	if utf8.Valid(octets) {
		return octets
	}
	return r.decoder(octets, charmap.Windows1252, "Windows-1252")
}

func (r *Retour) decoder(octets []byte, e encoding.Encoding, nom string) []byte {
	lus, err := e.NewDecoder().Bytes(octets)
	if err != nil {
		return octets // no byte is an error in these encodings
	}
	r.Remarques = append(r.Remarques, modele.Texte{
		Fr: "fichier en " + nom + ", lu comme tel", En: "file in " + nom + ", read as such",
	})
	return lus
}

// utf16 tells whether a text of JSON, which begins with ASCII, is in UTF-16: by its mark or its zero bytes.
func utf16(octets []byte) (unicode.Endianness, bool) {
	if len(octets) < 2 {
		return unicode.LittleEndian, false
	}
	switch a, b := octets[0], octets[1]; {
	case a == 0xFE && b == 0xFF, a == 0 && b != 0:
		return unicode.BigEndian, true
	case a == 0xFF && b == 0xFE, a != 0 && b == 0:
		return unicode.LittleEndian, true
	}
	return unicode.LittleEndian, false
}
