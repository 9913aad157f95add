package preparation

import (
	"bytes"
	"regexp"
	"strings"
)

// provisoires are what people write in the place of a text that they have not yet.
var provisoires = func() map[string]bool {
	m := map[string]bool{}
	for t := range strings.SplitSeq("?|??|???|tbd|tbc|todo|to do|à compléter|a compléter|a completer|à definir|à définir|a définir|a definir|à préciser|a préciser|a preciser|à renseigner|a renseigner|à remplir|a remplir|à voir|a voir|à venir|a venir|xxx|xxxx|inconnu|inconnue|unknown|en attente", "|") {
		m[t] = true
	}
	return m
}()

// maxProvisoire is how long they are at most, in bytes.
const maxProvisoire = 16

func aCompleter(t []byte) bool {
	return len(t) <= maxProvisoire && strings.IndexByte("?tTaA\xc3xXiIuUeE", t[0]) >= 0 && provisoires[strings.ToLower(string(t))]
}

// sansSens tells whether a reference says only that there is none yet, or repeats the one above: it tells no orders apart.
func sansSens(reference []byte) bool {
	if len(reference) > maxVaine || bytes.ContainsAny(reference, "123456789") { // most are told apart by a number
		return false
	}
	for partie := range strings.SplitSeq(strings.ToLower(string(reference)), " / ") {
		if _, rien := neants[partie]; !rien && !provisoires[partie] && !vaine.MatchString(partie) {
			return false
		}
	}
	return true
}

// maxVaine bounds such a reference, of several columns, in bytes.
const maxVaine = 64

// vaine is what people write for the line above, or to fill a cell in.
var vaine = regexp.MustCompile(`^(?:|[0#?*_.&=+"'’»«-]+|x+|idem\.?|id\.?|ditto|dito|[aà] attribuer|sans|sans (?:référence|reference|numéro|numero|n°)|ras|r\.a\.s\.?)$`)

// moisDeTableur is what spreadsheets show of the days that they make of 3.1 and 1.3: "mars-01", "01-mars".
var moisDeTableur = regexp.MustCompile(`^(?i:(?:\d{1,2}-)?(?:janv?|févr?|fevr?|feb|mars?|avr|apr|mai|may|juin|jun|juil?|jul|août|aout|aug|sept?|oct|nov|déc|dec)\.?(?:-\d{2})?)$`)

// datee tells whether a text is such a day.
func datee(t []byte) bool {
	return len(t) >= 5 && len(t) <= 10 && strings.IndexByte("0123456789ADFJMNOSadfjmnos", t[0]) >= 0 && bytes.IndexByte(t, '-') >= 0 && moisDeTableur.Match(t)
}
