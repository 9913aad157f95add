package preparation

import (
	"bytes"

	"guichet/modele"
	"guichet/valeur"
)

// lecteur reads cells by the tag of their column, into JSON literals.
type lecteur struct {
	texte  []byte // the text at hand, scratch
	sortie []byte // the literal at hand, scratch
}

// verdict is what is to be said of a value that was read.
type verdict struct {
	motif  motif        // why it is not the text of the cell
	refus  regle        // the rule that it breaks, aucuneRegle for none: nothing is written
	ordres valeur.Ordre // of a date: those in which it can be read, 0 where all say the same day
	courte bool         // of a date: its year has two figures
}

// lire reads a cell. Right as it is, it is copied between quotes; else it is repaired where nothing else can
// have been meant, and kept as it is, for the check to refuse, where something else can. The literal is good
// until the next call; it is empty for an empty cell.
func (l *lecteur) lire(c *colonne, cell Cellule) (litteral []byte, v verdict) {
	l.sortie = l.sortie[:0]
	t, m := epurer(l.copier(cell.Texte))
	if len(t) == 0 {
		return nil, verdict{}
	}
	switch r := valeur.Remplir(t); {
	case neant(c, r):
		return append(l.sortie, "null"...), verdict{motif: motifNeant}
	case c.texte() && aCompleter(r):
		return nil, verdict{refus: regleAComplete}
	case c.texte() && !c.ty.Majuscules && cell.Genre == Texte && datee(t):
		return nil, verdict{refus: regleDatee}
	case t[0] == '=' || t[0] == '#' && len(t) > 1 && len(bytes.Trim(t, "#")) == 0:
		return nil, verdict{refus: regleMasquee}
	case c.Piece != "":
		l.sortie = append(l.sortie, t...)
		return l.sortie, verdict{motif: m}
	}
	if v = l.valeur(c, cell, t); v.motif == sansMotif && v.refus == aucuneRegle {
		v.motif = m
	}
	return l.sortie, v
}

// copier returns the text of a cell, to work on.
func (l *lecteur) copier(t string) []byte {
	l.texte = append(l.texte[:0], t...)
	return l.texte
}

// valeur writes the literal of a text without blanks around it, and tells why it is not the text itself.
func (l *lecteur) valeur(c *colonne, cell Cellule, t []byte) verdict {
	switch c.ty.Genre {
	case modele.Booleen:
		return verdict{motif: l.booleen(cell, t)}
	case modele.Montant:
		return verdict{motif: l.montant(cell, t)}
	case modele.Date:
		return l.date(cell, t)
	case modele.Telephone:
		return verdict{motif: l.telephone(t)}
	case modele.Choix, modele.ChoixMultiple:
		return verdict{motif: l.choix(c.ty, t)}
	case modele.Code:
		return verdict{motif: l.code(c.codes, t)}
	case modele.Chaine:
		return l.chaine(c.ty, cell, t)
	}
	l.tel(t)
	return verdict{}
}

// tel writes a text as it is, between quotes.
func (l *lecteur) tel(t []byte) { l.sortie = citer(l.sortie[:0], t) }

// ecrire writes a repaired text.
func (l *lecteur) ecrire(t string, m motif) verdict {
	l.sortie = citer(l.sortie, []byte(t))
	return verdict{motif: m}
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
