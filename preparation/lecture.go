package preparation

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// motif says why a value was repaired.
type motif uint8

const (
	sansMotif motif = iota
	motifBlancs
	motifMajuscules
	motifZeros
	motifNotation
	motifDecimales
	motifMontant
	motifArrondi
	motifBooleen
	motifDate
	motifJour
	motifTelephone
	motifChoix
	motifCode
	motifLibelle
	motifNul
	motifSansPiece
)

var motifs = [...]modele.Texte{
	motifBlancs:     {Fr: "espaces de trop retirées", En: "needless blanks taken away"},
	motifMajuscules: {Fr: "mis en majuscules", En: "put in upper case"},
	motifZeros:      {Fr: "zéros de tête perdus dans un tableur", En: "leading zeros that a spreadsheet lost"},
	motifNotation:   {Fr: "nombre en notation scientifique dont tous les chiffres sont là", En: "number in scientific notation, with all its digits"},
	motifDecimales:  {Fr: "décimales ajoutées par un programme à un numéro", En: "decimals that a program added to a number"},
	motifMontant:    {Fr: "montant écrit avec un point et deux décimales", En: "amount written with a point and two decimals"},
	motifArrondi:    {Fr: "reste de calcul d'un tableur", En: "remainder of a spreadsheet's computation"},
	motifBooleen:    {Fr: "oui ou non écrit autrement", En: "yes or no written otherwise"},
	motifDate:       {Fr: "date mise au format JJ/MM/AAAA", En: "date put in the format JJ/MM/AAAA"},
	motifJour:       {Fr: "numéro de jour d'un tableur", En: "day number of a spreadsheet"},
	motifTelephone:  {Fr: "indicatif international", En: "international prefix"},
	motifChoix:      {Fr: "graphie de la valeur admise", En: "spelling of the accepted value"},
	motifCode:       {Fr: "graphie du code", En: "spelling of the code"},
	motifLibelle:    {Fr: "code de ce libellé", En: "code of this label"},
	motifNul:        {Fr: "null si %s", En: "null if %s"},
	motifSansPiece:  {Fr: "aucune pièce de ce type si %s", En: "no document of this kind if %s"},
}

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
	l.texte = append(l.texte[:0], cell.Texte...)
	t, m := epurer(l.texte)
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

// mot returns the JSON word that a text stands for. In a column of free text only null and n/a are words: the
// others may be names.
func mot(c *colonne, t []byte) string {
	if len(t) > 5 {
		return ""
	}
	if c.ty.Genre == modele.Chaine && c.ty.Alphabet == modele.Libre {
		if bytes.EqualFold(t, []byte("null")) || bytes.EqualFold(t, []byte("n/a")) {
			return "null"
		}
		return ""
	}
	return valeur.Mot(string(t))
}

// booleens are the ways to say yes and no that are not plain words.
var booleens = map[string]string{
	"x": "true", "1": "true", "o": "true", "y": "true", "yes": "true", "v": "true", "✓": "true", "✔": "true", "☑": "true", "☒": "true",
	"0": "false", "n": "false", "no": "false", "f": "false", "☐": "false",
}

func (l *lecteur) booleen(cell Cellule, t []byte) motif {
	if len(t) > 8 {
		l.tel(t)
		return sansMotif
	}
	if m := valeur.Mot(string(t)); m == "true" || m == "false" {
		return l.brut(m, sansMotif) // the words of a spreadsheet, and of its lists
	}
	b, connu := booleens[strings.ToLower(string(t))]
	switch {
	case !connu:
		l.tel(t)
		return sansMotif
	case cell.Genre == Booleen:
		return l.brut(b, sansMotif)
	}
	return l.brut(b, motifBooleen)
}
