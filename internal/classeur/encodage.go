package classeur

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	utf "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// utf16 tells whether bytes start with a byte order mark of UTF-16.
func utf16(debut []byte) bool {
	return bytes.HasPrefix(debut, []byte{0xff, 0xfe}) || bytes.HasPrefix(debut, []byte{0xfe, 0xff})
}

// deuxOctets returns the kind of UTF-16 that bytes start with, nil for none.
func deuxOctets(debut []byte) encoding.Encoding {
	if utf16(debut) {
		return utf.UTF16(utf.LittleEndian, utf.UseBOM)
	}
	return sansMarque(debut)
}

// sansMarque recognises UTF-16 without its mark: every other byte of French texts is zero, and none of the others.
func sansMarque(debut []byte) encoding.Encoding {
	if len(debut) < 4 {
		return nil
	}
	var zeros [2]int
	for i, b := range debut {
		if b == 0 {
			zeros[i%2]++
		}
	}
	moitie := len(debut) / 2
	switch {
	case zeros[0] == 0 && zeros[1] > moitie*9/10:
		return utf.UTF16(utf.LittleEndian, utf.IgnoreBOM)
	case zeros[1] == 0 && zeros[0] > moitie*9/10:
		return utf.UTF16(utf.BigEndian, utf.IgnoreBOM)
	}
	return nil
}

// codage finds out the encoding of what is no UTF-16. What is valid UTF-8 is UTF-8. The rest comes from a French
// Windows, a Mac of before or DOS: what makes French of it says which, where that is certain. It reads the whole file,
// because the first accent may be in the last line.
func codage(ouvrir func() io.Reader) (encoding.Encoding, error) {
	valide, err := estUTF8(ouvrir())
	if valide || err != nil {
		return nil, err
	}
	return plausible(ouvrir())
}

// estUTF8 tells whether all that is read is UTF-8.
func estUTF8(r io.Reader) (bool, error) {
	b := bufio.NewReaderSize(r, 256<<10)
	for {
		debut, err := b.Peek(256 << 10)
		n := entier(debut)
		if !utf8.Valid(debut[:n]) || n < len(debut) && err != nil {
			return false, nil
		}
		if errors.Is(err, io.EOF) {
			return true, nil
		}
		if err != nil {
			return false, err
		}
		_, _ = b.Discard(n)
	}
}

// entier returns the length of b without a last character of which bytes are missing.
func entier(b []byte) int {
	for i := len(b) - 1; i >= max(0, len(b)-utf8.UTFMax); i-- {
		if utf8.RuneStart(b[i]) {
			if !utf8.FullRune(b[i:]) {
				return i
			}
			break
		}
	}
	return len(b)
}

// huitBits are the encodings of one byte for each character that French tables come in.
var huitBits = [...]*charmap.Charmap{charmap.Windows1252, charmap.Macintosh, charmap.CodePage850}

// What a byte costs that an encoding makes a character of, by how little French would have it there.
const (
	francaise  = 0
	etrangere  = 3
	inconnue   = 5 // no character at all
	impossible = 10
	marge      = 2 // how much better than the second best the best one must be
)

// plausible returns the encoding that makes French of what is no UTF-8. Where two do, or the file has UTF-8 besides, no
// byte beyond ASCII is certain: each becomes U+FFFD, for which its cell is refused.
func plausible(r io.Reader) (encoding.Encoding, error) {
	var couts [len(huitBits)]int
	b := bufio.NewReaderSize(r, 64<<10)
	avant := byte(' ')
	for {
		c, err := b.ReadByte()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		if c >= utf8.RuneSelf {
			suite, _ := b.Peek(utf8.UTFMax - 1)
			if lettre, n := utf8.DecodeRune(append([]byte{c}, suite...)); n > 1 && strings.ContainsRune(lettres+signes, lettre) {
				return douteux{}, nil // UTF-8 after all
			}
			apres := byte(' ')
			if len(suite) > 0 {
				apres = suite[0]
			}
			for i, e := range huitBits {
				couts[i] += cout(e.DecodeByte(c), avant, apres)
			}
		}
		avant = c
	}
	meilleur, second := 0, -1
	for i := 1; i < len(couts); i++ {
		switch {
		case couts[i] < couts[meilleur]:
			meilleur, second = i, meilleur
		case second < 0 || couts[i] < couts[second]:
			second = i
		}
	}
	if couts[second]-couts[meilleur] < marge {
		return douteux{}, nil
	}
	return sur{huitBits[meilleur]}, nil
}

// Letters that French writes, but for those without accents, and its signs.
const (
	lettres       = "éèàùçêâîôûëïüöäœæÿÉÈÀÙÇÊÂÎÔÛËÏÜÖÄŒÆŸ"
	deTouche      = "éèàùç" // which have a key
	signes        = "’‘“”«»–—…€°²³§·\u00a0\u202f×"
	signesApresUn = "’»…°²³§€\u00a0\u202f" // which follow a letter or a figure at once
)

// cout tells how little a character is expected between two bytes.
func cout(c rune, avant, apres byte) int {
	voisines := estLettre(avant) || estLettre(apres)
	switch {
	case strings.ContainsRune(lettres, c):
		return coutLettre(c, avant, apres)
	case strings.ContainsRune(signesApresUn, c), strings.ContainsRune(signes, c) && !voisines:
		return marge
	case c == utf8.RuneError || unicode.IsControl(c):
		return inconnue
	case !unicode.IsLetter(c):
		return impossible
	case unicode.IsUpper(c) && dedans(avant, apres), unicode.IsLower(c) && enCapitales(avant, apres):
		return impossible
	}
	return etrangere
}

// coutLettre tells how little a letter of French is expected there: capitals stand among capitals or begin a word, and small
// ones do not stand among capitals, but for those that have a key.
func coutLettre(c rune, avant, apres byte) int {
	switch {
	case unicode.IsUpper(c) && dedans(avant, apres):
		return impossible
	case unicode.IsLower(c) && enCapitales(avant, apres) && !strings.ContainsRune(deTouche, c):
		return impossible
	}
	return francaise
}

// dedans tells whether a capital would stand inside a word of small letters.
func dedans(avant, apres byte) bool { return petite(avant) || grande(avant) && petite(apres) }

// enCapitales tells whether a small letter would stand among capitals.
func enCapitales(avant, apres byte) bool {
	return grande(avant) && !petite(apres) || !estLettre(avant) && grande(apres)
}

func petite(b byte) bool    { return b >= 'a' && b <= 'z' }
func grande(b byte) bool    { return b >= 'A' && b <= 'Z' }
func estLettre(b byte) bool { return petite(b) || grande(b) }

// sur is an encoding that was recognised; the bytes that it has no character for become U+FFFD.
type sur struct{ *charmap.Charmap }

func (s sur) NewDecoder() *encoding.Decoder {
	return &encoding.Decoder{Transformer: octets(func(b byte) rune {
		if c := s.DecodeByte(b); !unicode.IsControl(c) {
			return c
		}
		return utf8.RuneError
	})}
}

// douteux is an encoding that nobody knows: what is UTF-8 stands, and what is not becomes U+FFFD.
type douteux struct{ encoding.Encoding }

func (douteux) NewDecoder() *encoding.Decoder { return utf.UTF8.NewDecoder() }

// octets makes a character of each byte beyond ASCII.
type octets func(byte) rune

func (octets) Reset() {}

func (f octets) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	for _, b := range src {
		if b < utf8.RuneSelf {
			if nDst == len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			dst[nDst] = b
			nDst++
		} else {
			if nDst+utf8.UTFMax > len(dst) {
				return nDst, nSrc, transform.ErrShortDst
			}
			nDst += utf8.EncodeRune(dst[nDst:], f(b))
		}
		nSrc++
	}
	return nDst, nSrc, nil
}
