package preparation

import (
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// neant tells whether a text says that there is nothing to say. In a column of names only those do that are no names.
func neant(c *colonne, t []byte) bool {
	if len(t) > maxNeant || strings.IndexByte(debutsNeant, t[0]) < 0 { // most cells
		return false
	}
	libre, connu := neants[strings.ToLower(string(t))]
	return connu && (libre || c.Piece != "" || c.ty.Genre != modele.Chaine || c.ty.Alphabet != modele.Libre || !c.ty.Majuscules)
}

// neants are the words for nothing, and whether they are no names.
var neants = map[string]bool{
	"null": true, "n/a": true, "none": false, "nil": false, "na": false, "n.a.": false, "n.a": false, "-": true, "--": true, "---": true, "–": true, "—": true,
	"/": true, ".": true, "…": true, "...": true, "néant": false, "neant": false, "rien": false, "aucun": true, "aucune": true, "vide": false,
	"sans objet": true, "s.o.": false, "s.o": false, "so": false, "s/o": true, "nc": false, "n.c.": false, "n.c": false, "n/c": true, "nr": false, "n/r": true,
	"non concerné": true, "non concernée": true, "non applicable": true, "non renseigné": true, "non communiqué": true,
	"not applicable": true, "nothing": false, "empty": false,
}

// How long they are at most, and what they begin with, in bytes.
const (
	maxNeant    = 17
	debutsNeant = "nNaArRvVsSeE-./\xe2"
)

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
