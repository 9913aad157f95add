package web

import (
	"bytes"
	"io"
	"mime"
)

// parLignes is a multipart body whose heads can be read: a browser writes the name of a file there as it is, and one with a
// control character in it makes the head, and with it all that follows, unreadable. Such a character becomes a byte that is
// no character, so that the name of that file alone is found unusable.
type parLignes struct {
	io.ReadCloser
	limite []byte // what a head follows, at the beginning of a line
	tete   bool   // a head is being read
	debut  bool   // what follows tells whether it is one
	vus    int    // bytes of limite that were read last, -1 for a line that is none
	ligne  int    // bytes of the line of the head so far
}

// illisibleEnUTF8 is part of no character.
const illisibleEnUTF8 = 0xff

// lisible has the heads of a multipart body be read; what is none is left as it is.
func lisible(genre string, corps io.ReadCloser) io.ReadCloser {
	_, p, err := mime.ParseMediaType(genre)
	if err != nil || p["boundary"] == "" {
		return corps
	}
	return &parLignes{ReadCloser: corps, limite: []byte("--" + p["boundary"])}
}

func (l *parLignes) Read(b []byte) (int, error) {
	n, err := l.ReadCloser.Read(b)
	for reste := b[:n]; len(reste) > 0; {
		switch {
		case l.tete:
			reste = l.lireTete(reste)
		case l.vus < 0:
			reste = l.finirLigne(reste)
		default:
			reste = l.comparer(reste)
		}
	}
	return n, err
}

// finirLigne passes over the rest of a line of a file, and over the lines behind it that are no limit: a file is mostly that. It looks for
// the limit itself, for lines are many and limits few.
func (l *parLignes) finirLigne(b []byte) []byte {
	for depuis := 0; ; {
		i := bytes.Index(b[depuis:], l.limite)
		if i < 0 {
			return l.finirBloc(b[max(depuis, len(b)-len(l.limite)):])
		}
		if i += depuis; i > 0 && b[i-1] == '\n' {
			l.vus = 0
			return b[i:]
		}
		depuis = i + 1
	}
}

// finirBloc passes over the end of what was read, where a limit may begin, up to its last line.
func (l *parLignes) finirBloc(b []byte) []byte {
	if n := bytes.IndexByte(b, '\n'); n >= 0 {
		l.vus = 0
		return b[n+1:]
	}
	return nil
}

// comparer looks at the beginning of a line.
func (l *parLignes) comparer(b []byte) []byte {
	n := min(len(b), len(l.limite)-l.vus)
	if !bytes.Equal(b[:n], l.limite[l.vus:l.vus+n]) {
		l.vus = -1
		return b // its end may be in it
	}
	if l.vus += n; l.vus == len(l.limite) {
		l.tete, l.debut, l.ligne = true, true, 1 // the rest of this line is not yet the head
	}
	return b[n:]
}

// lireTete makes a head readable, up to the blank line that ends it.
func (l *parLignes) lireTete(b []byte) []byte {
	if l.debut && bytes.IndexByte([]byte("\r\n \t"), b[0]) < 0 { // more than limite: a line of a file, or the last limit
		l.tete, l.debut, l.vus = false, false, -1
		return b
	}
	l.debut = false
	for i, c := range b {
		switch {
		case c == '\n' && l.ligne == 0:
			l.tete, l.vus = false, 0
			return b[i+1:]
		case c == '\n':
			l.ligne = 0
		case c == '\r':
		default:
			if l.ligne++; c < ' ' && c != '\t' || c == 0x7f {
				b[i] = illisibleEnUTF8
			}
		}
	}
	return nil
}
