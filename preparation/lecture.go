package preparation

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

// lecteur reads cells by the tag of their column, into JSON literals.
type lecteur struct {
	texte  []byte // the text at hand, scratch
	sortie []byte // the literal at hand, scratch
}

// lire reads a cell. Right as it is, it is copied between quotes; else it is repaired where nothing else can
// have been meant, and kept as it is, for the check to refuse, where something else can. The literal is good
// until the next call; it is empty for an empty cell.
func (l *lecteur) lire(c *colonne, cell Cellule) (litteral []byte, m motif) {
	l.sortie = l.sortie[:0]
	t, m := epurer(l.copier(cell.Texte))
	switch {
	case len(t) == 0:
		return nil, sansMotif
	case mot(c, t) == "null":
		return append(l.sortie, "null"...), sansMotif
	case c.Piece != "":
		l.sortie = append(l.sortie, t...)
		return l.sortie, m
	}
	if repare := l.valeur(c, cell, t); repare != sansMotif {
		m = repare
	}
	return l.sortie, m
}

// copier returns the text of a cell, to work on.
func (l *lecteur) copier(t string) []byte {
	l.texte = append(l.texte[:0], t...)
	return l.texte
}

// valeur writes the literal of a text without blanks around it, and tells why it is not the text itself.
func (l *lecteur) valeur(c *colonne, cell Cellule, t []byte) motif {
	switch c.ty.Genre {
	case modele.Booleen:
		return l.booleen(cell, t)
	case modele.Montant:
		return l.montant(cell, t)
	case modele.Date:
		return l.date(cell, t)
	case modele.Telephone:
		return l.telephone(cell, t)
	case modele.Choix, modele.ChoixMultiple:
		return l.choix(c.ty, t)
	case modele.Code:
		return l.code(c.codes, t)
	case modele.Chaine:
		return l.chaine(c.ty, cell, t)
	}
	l.tel(t)
	return sansMotif
}

// tel writes a text as it is, between quotes.
func (l *lecteur) tel(t []byte) { l.sortie = citer(l.sortie, t) }

// ecrire writes a repaired text.
func (l *lecteur) ecrire(t string, m motif) motif {
	l.sortie = citer(l.sortie, []byte(t))
	return m
}

// brut writes a literal that is no text.
func (l *lecteur) brut(litteral string, m motif) motif {
	l.sortie = append(l.sortie, litteral...)
	return m
}

// citer appends t as a JSON string.
func citer(b, t []byte) []byte {
	b = append(b, '"')
	debut := 0
	for i, c := range t {
		if c >= ' ' && c != '"' && c != '\\' {
			continue
		}
		b = append(b, t[debut:i]...)
		switch c {
		case '"', '\\':
			b = append(b, '\\', c)
		case '\n':
			b = append(b, '\\', 'n')
		case '\r':
			b = append(b, '\\', 'r')
		case '\t':
			b = append(b, '\\', 't')
		default:
			b = append(b, '\\', 'u', '0', '0', "0123456789abcdef"[c>>4], "0123456789abcdef"[c&15])
		}
		debut = i + 1
	}
	return append(append(b, t[debut:]...), '"')
}

// epurer takes away the blanks around a text, and makes ordinary ones of those inside that do not break.
func epurer(t []byte) ([]byte, motif) {
	n := len(t)
	if n > 0 && t[0] > ' ' && t[0] < utf8.RuneSelf && t[n-1] > ' ' && t[n-1] < utf8.RuneSelf && !bytes.Contains(t, insecable) && !bytes.Contains(t, fine) {
		return t, sansMotif
	}
	t = bytes.TrimFunc(t, func(c rune) bool { return unicode.IsSpace(c) || c == '\ufeff' || c == '\u200b' })
	if bytes.Contains(t, insecable) || bytes.Contains(t, fine) {
		t = bytes.ReplaceAll(bytes.ReplaceAll(t, insecable, []byte(" ")), fine, []byte(" "))
		return t, motifBlancs
	}
	if len(t) < n {
		return t, motifBlancs
	}
	return t, sansMotif
}

var insecable, fine = []byte("\u00a0"), []byte("\u202f")
