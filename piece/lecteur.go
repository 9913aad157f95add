package piece

import "bytes"

// lecteurPDF reads the few tokens that the skeleton of a PDF is made of (ISO 32000-1, 7.2 and 7.3).
type lecteurPDF struct {
	b []byte
	i int
}

// blancs passes over blanks and comments.
func (l *lecteurPDF) blancs() {
	for l.i < len(l.b) {
		switch c := l.b[l.i]; {
		case c == '%':
			for l.i < len(l.b) && l.b[l.i] != '\n' && l.b[l.i] != '\r' {
				l.i++
			}
		case !blanc(c):
			return
		default:
			l.i++
		}
	}
}

func blanc(c byte) bool {
	return c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0
}

func delimiteur(c byte) bool { return bytes.IndexByte([]byte("()<>[]{}/%"), c) >= 0 }

// mot passes over a word, if it comes next.
func (l *lecteurPDF) mot(word string) bool {
	if !hasPrefix(l.b[l.i:], word) {
		return false
	}
	l.i += len(word)
	return true
}

// entier reads a whole number that fits in a file.
func (l *lecteurPDF) entier() (n int, ok bool) {
	l.blancs()
	start := l.i
	for ; l.i < len(l.b) && l.b[l.i] >= '0' && l.b[l.i] <= '9'; l.i++ {
		if n = n*10 + int(l.b[l.i]-'0'); n > 1<<30 {
			return 0, false
		}
	}
	return n, l.i > start
}

// dictionnaire reads the names of a dictionary, each with the first token of its value. What is inside
// values stays closed: a string may say /Encrypt without meaning it.
func (l *lecteurPDF) dictionnaire() (map[string][]byte, bool) {
	if l.blancs(); !l.mot("<<") {
		return nil, false
	}
	cles := map[string][]byte{}
	for nom := ""; ; {
		l.blancs()
		switch {
		case l.i >= len(l.b):
			return nil, false
		case l.mot(">>"):
			return cles, true
		}
		key := l.b[l.i] == '/' && (nom == "" || cles[nom] != nil)
		token, ok := l.jeton()
		switch {
		case !ok:
			return nil, false
		case key:
			nom = string(token[1:])
			delete(cles, nom) // the last one counts
		case nom == "":
			return nil, false
		case cles[nom] == nil:
			cles[nom] = token
		}
	}
}

// jeton passes over one token; a string, an array or a dictionary is one.
func (l *lecteurPDF) jeton() (token []byte, ok bool) {
	start := l.i
	switch c := l.b[l.i]; c {
	case '(', '<', '[':
		ok = l.ferme()
	case '/':
		l.i++
		l.regulier()
		ok = true
	default:
		l.regulier()
		ok = l.i > start
	}
	return l.b[start:l.i], ok
}

func (l *lecteurPDF) regulier() {
	for l.i < len(l.b) && !blanc(l.b[l.i]) && !delimiteur(l.b[l.i]) {
		l.i++
	}
}

// ferme passes over what an opening mark holds, up to the mark that closes it.
func (l *lecteurPDF) ferme() bool {
	for depth := 0; l.i < len(l.b); {
		switch c := l.b[l.i]; {
		case c == '(':
			if !l.texte() {
				return false
			}
		case c == '%':
			l.blancs()
		case l.mot("<<"), l.mot("["):
			depth++
		case l.mot(">>"), l.mot("]"):
			depth--
		case c == '<':
			n := bytes.IndexByte(l.b[l.i:], '>')
			if n < 0 {
				return false
			}
			l.i += n + 1
		default:
			l.i++
		}
		if depth <= 0 {
			return depth == 0
		}
	}
	return false
}

// texte passes over a string: parentheses go in pairs, unless a backslash comes before them.
func (l *lecteurPDF) texte() bool {
	for depth := 0; l.i < len(l.b); {
		switch l.b[l.i] {
		case '\\':
			l.i++
		case '(':
			depth++
		case ')':
			depth--
		}
		if l.i++; depth == 0 {
			l.i = min(l.i, len(l.b))
			return true
		}
	}
	l.i = len(l.b)
	return false
}
