package valeur

import (
	"bytes"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

// Forme is a form of Unicode with two or four bytes to a character. Its zero value is none of these: UTF-8, or an
// encoding of before Unicode.
type Forme struct {
	Octets int  // 2 or 4
	Gros   bool // the high byte first
	Marque bool // a byte order mark tells it
}

// marques are the byte order marks; the longer ones come first, since a shorter one begins one of them.
var marques = []struct {
	octets string
	forme  Forme
}{
	{"\xff\xfe\x00\x00", Forme{4, false, true}}, {"\x00\x00\xfe\xff", Forme{4, true, true}},
	{"\xff\xfe", Forme{2, false, true}}, {"\xfe\xff", Forme{2, true, true}},
}

// debutForme is how much of a text shows its form.
const debutForme = 64 << 10

// FormeDe recognises the form that a text begins in, by its mark or by the zeros of its bytes.
func FormeDe(texte []byte) Forme {
	for _, m := range marques {
		if bytes.HasPrefix(texte, []byte(m.octets)) {
			return m.forme
		}
	}
	if len(texte) < 4 || bytes.IndexByte(texte[:4], 0) < 0 {
		return Forme{}
	}
	return sansMarque(texte[:min(len(texte), debutForme)])
}

// sansMarque tells a form by where zeros stand: nearly all characters of a French text are below U+0100, none is zero.
func sansMarque(texte []byte) Forme {
	var zeros [4]int
	for i, b := range texte {
		if b == 0 {
			zeros[i%4]++
		}
	}
	quart := len(texte) / 4
	presque := func(n int) bool { return n*10 > quart*9 }
	switch {
	case zeros[0] == 0 && presque(zeros[1]) && zeros[2] >= quart && zeros[3] >= quart:
		return Forme{Octets: 4}
	case zeros[3] == 0 && presque(zeros[2]) && zeros[1] >= quart && zeros[0] >= quart:
		return Forme{Octets: 4, Gros: true}
	case zeros[0]+zeros[2] == 0 && presque((zeros[1]+zeros[3])/2):
		return Forme{Octets: 2}
	case zeros[1]+zeros[3] == 0 && presque((zeros[0]+zeros[2])/2):
		return Forme{Octets: 2, Gros: true}
	}
	return Forme{}
}

// Multiple tells whether there is such a form.
func (f Forme) Multiple() bool { return f.Octets > 0 }

// Nom is its name for people: UTF-16, UTF-32; "" for none.
func (f Forme) Nom() string {
	return map[int]string{2: "UTF-16", 4: "UTF-32"}[f.Octets]
}

// NomPrecis is its name for programs that are not told the order of bytes by a mark: UTF-16LE.
func (f Forme) NomPrecis() string {
	switch {
	case !f.Multiple() || f.Marque:
		return f.Nom()
	case f.Gros:
		return f.Nom() + "BE"
	}
	return f.Nom() + "LE"
}

// Encodage reads the form, a mark as the character U+FEFF; nil for none.
func (f Forme) Encodage() encoding.Encoding {
	switch f {
	case Forme{2, f.Gros, f.Marque}:
		return unicode.UTF16(map[bool]unicode.Endianness{false: unicode.LittleEndian, true: unicode.BigEndian}[f.Gros], unicode.IgnoreBOM)
	case Forme{4, f.Gros, f.Marque}:
		return utf32.UTF32(map[bool]utf32.Endianness{false: utf32.LittleEndian, true: utf32.BigEndian}[f.Gros], utf32.IgnoreBOM)
	}
	return nil
}

// enUTF8 returns a text of the form without its mark. Half a character at the end is none.
func (f Forme) enUTF8(octets []byte) []byte {
	lus, err := f.Encodage().NewDecoder().Bytes(octets[:len(octets)/f.Octets*f.Octets])
	if err != nil {
		return octets // no byte is an error in these encodings
	}
	return bytes.TrimPrefix(lus, []byte("\ufeff"))
}
