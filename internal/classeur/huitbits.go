package classeur

import (
	"bufio"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/transform"

	"guichet/valeur"
)

// indices is what the bytes of a file that is no UTF-8 say of its encoding.
type indices struct {
	latin, mac, dos int  // what it costs to take them for these
	hauts           int  // bytes that only Windows-1252 has among its signs and letters
	quinze          int  // bytes that only ISO-8859-15 makes a word or an amount of
	ouverts         bool // some are of Windows-1252 or of ISO-8859-15
	utf8            bool
}

// What a byte costs that an encoding makes a character of, by how little French would have it there.
const (
	francaise  = 0
	possible   = 1
	etrangere  = 3
	inconnue   = 5 // no character at all
	impossible = 10
	marge      = 2          // how much better than the second best the best one must be
	solide     = impossible // how much better than Windows what few people write with today
)

// plausible returns the encoding that makes French of what is no UTF-8. A French Windows is where such tables come from:
// for another one, it must make nonsense of them. Where nothing is certain, or the file has UTF-8 besides, no byte
// beyond ASCII is: each stays a byte (valeur.Octet), for which its cell is refused.
func plausible(r io.Reader) (encoding.Encoding, error) {
	x, err := indiquer(r)
	autre, nom, second := x.mac, macRoman, x.dos
	if x.dos < x.mac {
		autre, nom, second = x.dos, cp850, x.mac
	}
	switch {
	case err != nil:
		return nil, err
	case x.utf8:
		return douteux{}, nil
	case x.latin+marge <= autre:
		return latin{windows: x.hauts > 0, quinze: x.quinze > 0, dit: !x.ouverts && x.latin > 0 && autre < x.latin+solide}, nil
	case autre+solide <= x.latin && autre+marge <= second:
		return ancien{nom}, nil
	}
	return douteux{}, nil
}

// indiquer reads a file for what its bytes beyond ASCII say.
func indiquer(r io.Reader) (x indices, err error) {
	b := bufio.NewReaderSize(r, 64<<10)
	var v voisins
	for {
		c, err := b.ReadByte()
		if errors.Is(err, io.EOF) {
			return x, nil
		}
		if err != nil {
			return x, err
		}
		if c >= utf8.RuneSelf {
			suite, _ := b.Peek(utf8.UTFMax - 1)
			if lettre, n := utf8.DecodeRune(append([]byte{c}, suite...)); n > 1 && strings.ContainsRune(lettres+rares+signes, lettre) {
				x.utf8 = true
				return x, nil
			}
			v.suivent(suite)
			x.noter(c, v)
		}
		v.passer(c)
	}
}

func (x *indices) noter(c byte, v voisins) {
	x.mac += cout(charmap.Macintosh.DecodeByte(c), v)
	x.dos += cout(charmap.CodePage850.DecodeByte(c), v)
	un, quinze := charmap.Windows1252.DecodeByte(c), charmap.ISO8859_15.DecodeByte(c)
	switch lu := cout(un, v); {
	case un == quinze:
		x.latin += lu
	case c < 0xa0:
		x.latin += lu
		if lu < inconnue {
			x.hauts++
		}
	case v.ecriture(c) == enQuinze:
		x.quinze++
	default:
		x.latin += min(lu, cout(quinze, v))
		x.ouverts = x.ouverts || v.ecriture(c) == incertaine
	}
}

// Letters that French writes, but for those without accents, and its signs.
const (
	lettres       = "éèàùçêâîôûëïœÉÈÀÙÇÊÂÎÔÛËÏŒ"
	rares         = "üöäÿÜÖÄŸ"
	deTouche      = "éèàùç" // which have a key
	seules        = "àÀ"    // which are words
	signes        = "’‘“”«»–—…€°²³§·®™©\u00a0\u202f×"
	marques       = "€°®™©"              // which follow a letter or a figure at once, as often as letters have accents
	signesApresUn = "’»…²³§\u00a0\u202f" // which do so now and then
	derniers      = "²³§"                // of which no letter follows
	lointaines    = "ðÐþÞıﬁﬂ"            // letters of no neighbour
)

// cout tells how little a character is expected between its neighbours.
func cout(c rune, v voisins) int {
	voisines := estLettre(v.avant) || estLettre(v.apres)
	switch {
	case strings.ContainsRune(lettres, c):
		return coutLettre(c, v, francaise)
	case strings.ContainsRune(rares, c):
		return coutLettre(c, v, possible)
	case c == '’' && estLettre(v.avant) && estLettre(v.apres): // the apostrophe of word processors
		return francaise
	case strings.ContainsRune(marques, c) && estLettre(v.avant) && estLettre(v.apres), strings.ContainsRune(derniers, c) && estLettre(v.apres):
		return inconnue
	case strings.ContainsRune(marques, c):
		return francaise
	case strings.ContainsRune(signesApresUn, c), strings.ContainsRune(signes, c) && !voisines:
		return marge
	case c == utf8.RuneError || unicode.IsControl(c):
		return inconnue
	case !unicode.IsLetter(c):
		return impossible
	case unicode.IsUpper(c) && v.dedans(), unicode.IsLower(c) && v.enCapitales():
		return impossible
	case strings.ContainsRune(lointaines, c):
		return inconnue
	}
	return etrangere
}

// coutLettre tells how little a letter of French is expected there: capitals stand among capitals or begin a word, and small
// ones do not stand among capitals, but for those that have a key.
func coutLettre(c rune, v voisins, ordinaire int) int {
	switch {
	case !v.mot() && !strings.ContainsRune(seules, c):
		return etrangere
	case unicode.IsUpper(c) && v.dedans():
		return impossible
	case unicode.IsLower(c) && v.enCapitales() && !strings.ContainsRune(deTouche, c):
		return impossible
	}
	return ordinaire
}

// voisins are the bytes around one.
type voisins struct{ avant2, avant, apres, apres2 byte }

// passer moves on by one byte.
func (v *voisins) passer(c byte) { v.avant2, v.avant = v.avant, c }

// suivent takes the bytes that follow.
func (v *voisins) suivent(suite []byte) {
	v.apres, v.apres2 = ' ', ' '
	if len(suite) > 0 {
		v.apres = suite[0]
	}
	if len(suite) > 1 {
		v.apres2 = suite[1]
	}
}

// dedans tells whether a capital would stand inside a word of small letters.
func (v voisins) dedans() bool { return petite(v.avant) || grande(v.avant) && petite(v.apres) }

// enCapitales tells whether a small letter would stand among capitals.
func (v voisins) enCapitales() bool {
	return grande(v.avant) && !petite(v.apres) || !estLettre(v.avant) && grande(v.apres)
}

// mot tells whether a letter would be part of a word.
func (v voisins) mot() bool {
	return estLettre(v.avant) || v.avant >= utf8.RuneSelf || estLettre(v.apres) || v.apres >= utf8.RuneSelf
}

func petite(b byte) bool    { return b >= 'a' && b <= 'z' }
func grande(b byte) bool    { return b >= 'A' && b <= 'Z' }
func estLettre(b byte) bool { return petite(b) || grande(b) }

// douteux is an encoding that nobody knows: what is UTF-8 stands, and what is not stays a byte (valeur.Octet).
type douteux struct{ encoding.Encoding }

func (douteux) NewDecoder() *encoding.Decoder { return &encoding.Decoder{Transformer: restes{}} }

// restes hands UTF-8 on, and the bytes that are none.
type restes struct{ transform.NopResetter }

func (restes) Transform(dst, src []byte, fin bool) (nDst, nSrc int, err error) {
	for nSrc < len(src) {
		c, n := utf8.DecodeRune(src[nSrc:])
		switch {
		case nDst+utf8.UTFMax > len(dst):
			return nDst, nSrc, transform.ErrShortDst
		case c == utf8.RuneError && n == 1 && !fin && !utf8.FullRune(src[nSrc:]):
			return nDst, nSrc, transform.ErrShortSrc
		case c == utf8.RuneError && n == 1:
			c = valeur.Octet(src[nSrc])
		}
		nDst += utf8.EncodeRune(dst[nDst:], c)
		nSrc += n
	}
	return nDst, nSrc, nil
}
