package preparation

import (
	"bytes"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

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
