package preparation

import (
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// neant tells whether a text says that there is nothing to say. In a column of names only those do that are no names.
func neant(c *colonne, r valeur.Remplissage) bool {
	return r == valeur.Rien || r == valeur.RienOuNom && (c.Piece != "" || c.ty.Genre != modele.Chaine || c.ty.Alphabet != modele.Libre || !c.ty.Majuscules)
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
