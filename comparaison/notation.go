package comparaison

import (
	"strconv"
	"strings"
)

// Notation tells whether both values are the same number, written otherwise: 100.00, 100.0, 1e2.
func (e Ecart) Notation() bool {
	avant, ok := lireNombre(e.Avant.Litteral)
	apres, aussi := lireNombre(e.Apres.Litteral)
	return ok && aussi && avant == apres
}

// nombre is a JSON number as ±0.chiffres × 10^rang, without zeros around the digits; 0 has none.
type nombre struct {
	negatif  bool
	chiffres string
	rang     int64
}

// lireNombre reads the literal of a JSON number, exactly. One whose exponent cannot be held equals none.
func lireNombre(litteral string) (n nombre, ok bool) {
	reste, negatif := strings.CutPrefix(litteral, "-")
	if reste == "" || reste[0] < '0' || reste[0] > '9' { // a text, a word, nothing
		return n, false
	}
	exposant := int64(0)
	if i := strings.IndexAny(reste, "eE"); i >= 0 {
		e, err := strconv.ParseInt(reste[i+1:], 10, 32)
		if err != nil {
			return n, false
		}
		reste, exposant = reste[:i], e
	}
	entiers, decimales, _ := strings.Cut(reste, ".")
	tous := entiers + decimales
	chiffres := strings.TrimLeft(tous, "0")
	if chiffres == "" {
		return nombre{}, true
	}
	zeros := len(tous) - len(chiffres)
	return nombre{negatif, strings.TrimRight(chiffres, "0"), exposant + int64(len(entiers)-zeros)}, true
}
