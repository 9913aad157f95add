package classeur

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"os"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"guichet/preparation"
)

// ouvrirTexte finds out how a text was written. Rows are read when they are asked for.
func (c *Classeur) ouvrirTexte(chemin string) error {
	t := &texte{chemin: chemin, fichier: c.fichier}
	var err error
	if t.codage, err = codage(t.octets()); err != nil {
		return illisible(chemin, err)
	}
	if t.separateur, err = separateur(t.caracteres(t.octets())); err != nil {
		return illisible(chemin, err)
	}
	c.Feuilles = []preparation.Feuille{{Fichier: chemin, Rangees: t.rangees}}
	return nil
}

// texte is a file of values between separators.
type texte struct {
	chemin     string
	fichier    *os.File
	codage     encoding.Encoding // nil for UTF-8
	separateur rune
}

// octets reads the file from its start.
func (t *texte) octets() io.Reader { return io.NewSectionReader(t.fichier, 0, 1<<62) }

// caracteres reads bytes as UTF-8 without a byte order mark.
func (t *texte) caracteres(r io.Reader) *bufio.Reader {
	if t.codage != nil {
		r = t.codage.NewDecoder().Reader(r)
	}
	b := bufio.NewReaderSize(r, 64<<10)
	if debut, _ := b.Peek(len(bom)); string(debut) == bom {
		_, _ = b.Discard(len(bom))
	}
	return b
}

const bom = "\ufeff"

// utf16 tells whether bytes start with a byte order mark of UTF-16.
func utf16(debut []byte) bool {
	return bytes.HasPrefix(debut, []byte{0xff, 0xfe}) || bytes.HasPrefix(debut, []byte{0xfe, 0xff})
}

// codage finds out the encoding: a byte order mark says it; else what is valid UTF-8 is UTF-8, and the rest
// comes from a French Windows. It reads the whole file, because the first accent may be in the last line.
func codage(r io.Reader) (encoding.Encoding, error) {
	b := bufio.NewReaderSize(r, 256<<10)
	if debut, _ := b.Peek(2); utf16(debut) {
		return unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), nil
	}
	for {
		debut, err := b.Peek(256 << 10)
		n := entier(debut)
		if !utf8.Valid(debut[:n]) || n < len(debut) && err != nil {
			return charmap.Windows1252, nil
		}
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, err
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

// separateur returns the separator that stands most often in the first line, outside quotes.
func separateur(r *bufio.Reader) (rune, error) {
	ligne, err := r.Peek(r.Size())
	if err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	var nombre [128]int
	cite := false
	for _, b := range bytes.TrimLeft(ligne, "\r\n") {
		if b == '"' {
			cite = !cite
		}
		if !cite && (b == '\n' || b == '\r') {
			break
		}
		if !cite && b < 128 {
			nombre[b]++
		}
	}
	trouve := ';'
	for _, s := range ",\t" {
		if nombre[s] > nombre[trouve] {
			trouve = s
		}
	}
	return trouve, nil
}

// rangees reads the rows, some ahead of the one that f is at.
func (t *texte) rangees(f func(ligne int, cellules []preparation.Cellule) error) error {
	lus, libres, assez := make(chan *passage, 2), make(chan *passage, 2), make(chan struct{})
	for range cap(libres) {
		libres <- &passage{}
	}
	go t.lire(lus, libres, assez)
	defer func() {
		close(assez)
		for range lus { // the reader has ended when this has
		}
	}()
	for p := range lus {
		if err := p.chaque(f); err != nil {
			return err
		}
		libres <- p
	}
	return nil
}

func (t *texte) faute(ligne int, err error) error {
	if errors.Is(err, errRangee) {
		return &Erreur{Fichier: t.chemin, Ligne: ligne, Faute: tropLongue, Err: err}
	}
	return &Erreur{Fichier: t.chemin, Ligne: ligne, Faute: lecture, Err: err}
}
