package classeur

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	utf "golang.org/x/text/encoding/unicode"
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
// Windows, an old Linux, a Mac of before or DOS: what makes French of it says which, where that is certain. It reads the
// whole file, because the first accent may be in the last line.
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
