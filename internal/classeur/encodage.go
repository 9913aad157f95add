package classeur

import (
	"bufio"
	"errors"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
)

// codage finds out the encoding of what has one byte to a letter. What is valid UTF-8 is UTF-8. The rest comes from a French
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
