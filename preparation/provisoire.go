package preparation

import (
	"bytes"
	"regexp"
	"strings"

	"guichet/valeur"
)

// aCompleter tells whether a text stands in the place of one that nobody has yet.
func aCompleter(r valeur.Remplissage) bool { return r == valeur.AVenir || r == valeur.Inconnu }

// sansSens tells whether a reference says only that there is none yet, or repeats the one above: it tells no orders apart.
func sansSens(reference []byte) bool {
	if len(reference) > maxVaine || bytes.ContainsAny(reference, "123456789") { // most are told apart by a number
		return false
	}
	for partie := range bytes.SplitSeq(reference, []byte(" / ")) {
		if r := valeur.Remplir(partie); r == valeur.Plein || r == valeur.Essai {
			return false
		}
	}
	return true
}

// maxVaine bounds such a reference, of several columns, in bytes.
const maxVaine = 64

// moisDeTableur is what spreadsheets show of the days that they make of 3.1 and 1.3: "mars-01", "01-mars".
var moisDeTableur = regexp.MustCompile(`^(?i:(?:\d{1,2}-)?(?:janv?|févr?|fevr?|feb|mars?|avr|apr|mai|may|juin|jun|juil?|jul|août|aout|aug|sept?|oct|nov|déc|dec)\.?(?:-\d{2})?)$`)

// datee tells whether a text is such a day.
func datee(t []byte) bool {
	return len(t) >= 5 && len(t) <= 10 && strings.IndexByte("0123456789ADFJMNOSadfjmnos", t[0]) >= 0 && bytes.IndexByte(t, '-') >= 0 && moisDeTableur.Match(t)
}
