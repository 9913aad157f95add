package classeur

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"guichet/valeur"
)

// nommee is an encoding that is worth a word in a report: it was guessed, and is not that of most tables.
type nommee interface{ nom() string }

const (
	macRoman    = "Mac Roman"
	cp850       = "CP850 (DOS)"
	iso15       = "ISO-8859-15"
	windows1252 = "Windows-1252"
)

// ancien is an encoding of before Windows, that was recognised; what it makes nonsense of stays a byte (valeur.Octet).
type ancien struct{ table string }

func (a ancien) nom() string                   { return a.table }
func (a ancien) NewEncoder() *encoding.Encoder { return nil }
func (a ancien) NewDecoder() *encoding.Decoder {
	table := charmap.Macintosh
	if a.table == cp850 {
		table = charmap.CodePage850
	}
	return &encoding.Decoder{Transformer: &octets{lire: func(b byte, v voisins) rune {
		if c := table.DecodeByte(b); cout(c, v) < inconnue || (unicode.IsLetter(c) || strings.ContainsRune(marques, c)) && cout(c, v) < impossible {
			return c
		}
		return valeur.Octet(b)
	}}}
}

// latin is Windows-1252 or ISO-8859-15. They differ in what Windows has from 0x80 to 0x9f, and in eight bytes beyond: what
// stands around those says which is meant, or what else the file has.
type latin struct {
	windows, quinze bool
	dit             bool // by letters of neighbours alone
}

func (l latin) nom() string {
	switch {
	case l.quinze && !l.windows:
		return iso15
	case l.dit:
		return windows1252
	}
	return ""
}

func (l latin) NewEncoder() *encoding.Encoder { return nil }
func (l latin) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: &octets{lire: l.lire}}
}

func (l latin) lire(b byte, v voisins) rune {
	un, quinze := charmap.Windows1252.DecodeByte(b), charmap.ISO8859_15.DecodeByte(b)
	switch {
	case b < 0xa0 && (un == utf8.RuneError || unicode.IsControl(un) || absurde(un, v)), b >= 0xc0 && unicode.IsUpper(un) && v.dedans():
		return valeur.Octet(b) // that of another encoding
	case un == quinze || b < 0xa0:
		return un
	}
	switch e := v.ecriture(b); {
	case l.windows && e == enQuinze, l.quinze && e == enWindows, l.windows && l.quinze:
		return valeur.Indecis(b)
	case l.windows, e == enWindows:
		return un
	case l.quinze, e == enQuinze:
		return quinze
	}
	return valeur.Indecis(b)
}

// absurde tells whether a sign or letter of Windows-1252 stands where French has none: another encoding has a letter there.
func absurde(c rune, v voisins) bool {
	avant, apres := estLettre(v.avant), estLettre(v.apres)
	switch {
	case unicode.IsUpper(c):
		return v.dedans()
	case strings.ContainsRune("‚ƒ†‡ˆ‰‹›˜„", c):
		return avant || apres
	case strings.ContainsRune("“”™•", c):
		return avant && apres
	}
	return false
}

// ecriture is which of two encodings a byte is certainly written in.
type ecriture uint8

const (
	incertaine ecriture = iota
	enWindows
	enQuinze
)

// ecriture tells how one of the eight bytes is read for certain, by what stands around it: ligatures stand in words, fractions
// behind figures, the euro beside figures. What stands alone may be an initial as well as a sign.
func (v voisins) ecriture(b byte) ecriture {
	avant, apres := lettreLatine(v.avant), lettreLatine(v.apres)
	switch b {
	case 0xbc, 0xbd, 0xbe: // Œ œ Ÿ, or ¼ ½ ¾
		switch {
		case avant, apres && !estChiffre(v.avant) && b != 0xbe && bytes.IndexByte([]byte("UIDSCNEuidscne"), v.apres) >= 0:
			return enQuinze
		case estChiffre(v.avant) && !apres:
			return enWindows
		}
	case 0xa4: // €, or ¤
		if estChiffre(v.avant) || estChiffre(v.apres) || blancLatin(v.avant) && estChiffre(v.avant2) || blancLatin(v.apres) && estChiffre(v.apres2) {
			return enQuinze
		}
	}
	return incertaine // as Š š Ž ž and ¦ ¨ ´ ¸ always are
}

func lettreLatine(b byte) bool { return estLettre(b) || b >= 0xc0 && b != 0xd7 && b != 0xf7 }
func blancLatin(b byte) bool   { return b == ' ' || b == 0xa0 }

// octets makes a character of each byte beyond ASCII, by its neighbours.
type octets struct {
	lire    func(byte, voisins) rune
	voisins voisins
}

func (o *octets) Reset() { o.voisins = voisins{} }

func (o *octets) Transform(dst, src []byte, fin bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		b := src[nSrc]
		switch {
		case nDst+utf8.UTFMax > len(dst):
			return nDst, nSrc, transform.ErrShortDst
		case b < utf8.RuneSelf:
			dst[nDst] = b
			nDst++
		case nSrc+3 > len(src) && !fin: // two more tell what it is
			return nDst, nSrc, transform.ErrShortSrc
		default:
			o.voisins.suivent(src[nSrc+1:])
			nDst += utf8.EncodeRune(dst[nDst:], o.lire(b, o.voisins))
		}
		o.voisins.passer(b)
		nSrc++
	}
	return nDst, nSrc, nil
}
