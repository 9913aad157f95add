package classeur

import (
	"bufio"
	"bytes"
	"errors"
	"io"

	"guichet/valeur"
)

// jetons reads XML piece by piece. Most of the time of a workbook goes into that: encoding/xml takes four times as
// long, because it makes strings of all names. The pieces are good until the next one.
type jetons struct {
	r         io.Reader
	tampon    []byte // what was read and is not done with
	pos       int
	octets    int64 // read before the buffer
	debut     int64 // of what must fit in memory: a row, a text
	err       error // that ended the reading
	nom       []byte
	attributs attributs
	texte     []byte // as it stands in the file: decoder makes the text of it
	vide      bool   // the element has its end in its start
}

type piece uint8

const (
	ouverture piece = iota
	fermeture
	contenu
)

var (
	errXML    = errors.New("not well-formed")
	errEntite = errors.New("a document type or an entity of its own")
)

// nouveauxJetons starts reading. Parts are UTF-8, UTF-16 or UTF-32.
func nouveauxJetons(r io.Reader) *jetons {
	b := bufio.NewReader(r)
	debut, _ := b.Peek(64)
	if forme := valeur.FormeDe(debut); forme.Multiple() {
		b = bufio.NewReader(forme.Encodage().NewDecoder().Reader(b))
		debut, _ = b.Peek(len(bom))
	}
	if bytes.HasPrefix(debut, []byte(bom)) {
		_, _ = b.Discard(len(bom))
	}
	return &jetons{r: b} // which passes on what is asked for in large pieces
}

// ici is how far reading has come.
func (j *jetons) ici() int64 { return j.octets + int64(j.pos) }

// lire reads more of the file behind what the buffer has.
func (j *jetons) lire() error {
	if j.err != nil {
		return j.err
	}
	if j.pos > 0 {
		j.octets += int64(j.pos)
		j.tampon = j.tampon[:copy(j.tampon, j.tampon[j.pos:])]
		j.pos = 0
	}
	if j.octets+int64(len(j.tampon))-j.debut > maxRangee {
		return errRangee
	}
	if len(j.tampon) == cap(j.tampon) {
		j.tampon = append(make([]byte, 0, max(64<<10, 2*cap(j.tampon))), j.tampon...)
	}
	var n int
	n, j.err = j.r.Read(j.tampon[len(j.tampon):cap(j.tampon)])
	j.tampon = j.tampon[:len(j.tampon)+n]
	if n > 0 {
		return nil
	}
	return j.err
}

// jusqua returns how many bytes from the place at hand lead to the end of what fin ends, reading on as needed.
func (j *jetons) jusqua(de int, fin string) (int, error) {
	for {
		if i := bytes.Index(j.tampon[min(j.pos+de, len(j.tampon)):], []byte(fin)); i >= 0 {
			return de + i, nil
		}
		de = max(de, len(j.tampon)-j.pos-len(fin)+1)
		if err := j.lire(); err != nil {
			return 0, fini(err)
		}
	}
}

// fini tells an end that comes too early from other errors.
func fini(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// suivant reads the next piece; io.EOF after the last.
func (j *jetons) suivant() (piece, error) {
	if j.vide {
		j.vide = false
		return fermeture, nil
	}
	for {
		if j.pos == len(j.tampon) {
			if err := j.lire(); err != nil {
				return 0, err
			}
			continue
		}
		if j.tampon[j.pos] != '<' {
			return contenu, j.caracteres()
		}
		if len(j.tampon)-j.pos < 2 {
			if err := j.lire(); err != nil {
				return 0, fini(err)
			}
			continue
		}
		switch j.tampon[j.pos+1] {
		case '?':
			if err := j.passer("?>"); err != nil {
				return 0, err
			}
		case '!':
			if cdata, err := j.declaration(); cdata || err != nil {
				return contenu, err
			}
		default:
			return j.balise()
		}
	}
}

// caracteres reads a text up to the next tag, or to where the buffer ends.
func (j *jetons) caracteres() error {
	n, err := j.jusqua(0, "<")
	if errors.Is(err, io.ErrUnexpectedEOF) {
		n, err = len(j.tampon)-j.pos, nil // blanks after the last tag
	}
	if err != nil {
		return err
	}
	j.texte = j.tampon[j.pos : j.pos+n]
	j.pos += n
	return nil
}

func (j *jetons) passer(fin string) error {
	n, err := j.jusqua(2, fin)
	if err == nil {
		j.pos += n + len(fin)
	}
	return err
}

const (
	debutCDATA = "<![CDATA["
	debutNote  = "<!--"
)

// declaration reads what starts with `<!`: a note is passed over, a text between marks given; workbooks have no other.
func (j *jetons) declaration() (cdata bool, err error) {
	for len(j.tampon)-j.pos < len(debutCDATA) {
		if err := j.lire(); err != nil {
			return false, fini(err)
		}
	}
	switch {
	case bytes.HasPrefix(j.tampon[j.pos:], []byte(debutNote)):
		j.pos += 2
		return false, j.passer("-->")
	case !bytes.HasPrefix(j.tampon[j.pos:], []byte(debutCDATA)):
		return false, errEntite
	}
	n, err := j.jusqua(len(debutCDATA), "]]>")
	if err != nil {
		return false, err
	}
	j.texte = bytes.ReplaceAll(j.tampon[j.pos+len(debutCDATA):j.pos+n], []byte("&"), []byte("&amp;"))
	j.pos += n + len("]]>")
	return true, nil
}

// balise reads a tag.
func (j *jetons) balise() (piece, error) {
	n, err := j.finBalise()
	if err != nil {
		return 0, err
	}
	b := j.tampon[j.pos+1 : j.pos+n]
	j.pos += n + 1
	p := ouverture
	switch {
	case len(b) > 0 && b[0] == '/':
		p, b = fermeture, b[1:]
	case len(b) > 0 && b[len(b)-1] == '/':
		j.vide, b = true, b[:len(b)-1]
	}
	i := 0
	for i < len(b) && b[i] > ' ' {
		i++
	}
	j.nom, j.attributs = b[:i], b[i:]
	if d := bytes.IndexByte(j.nom, ':'); d >= 0 {
		j.nom = j.nom[d+1:]
	}
	if len(j.nom) == 0 {
		return 0, errXML
	}
	return p, nil
}

// finBalise returns where the tag at hand ends: a value may have its sign.
func (j *jetons) finBalise() (int, error) {
	var guillemet byte
	for i := 1; ; i++ {
		for j.pos+i >= len(j.tampon) {
			if err := j.lire(); err != nil {
				return 0, fini(err)
			}
		}
		switch c := j.tampon[j.pos+i]; {
		case guillemet != 0:
			if c == guillemet {
				guillemet = 0
			}
		case c == '"' || c == '\'':
			guillemet = c
		case c == '>':
			return i, nil
		case c == '<':
			return 0, errXML
		}
	}
}

// reste is what was not read yet.
func (j *jetons) reste() io.Reader { return io.MultiReader(bytes.NewReader(j.tampon[j.pos:]), j.r) }

// sauter passes over all that the element at hand has.
func (j *jetons) sauter() error {
	for dedans := 1; dedans > 0; {
		p, err := j.suivant()
		j.debut = j.ici() // nothing of it is kept
		if err != nil {
			return fini(err)
		}
		switch p {
		case ouverture:
			dedans++
		case fermeture:
			dedans--
		}
	}
	return nil
}
