package preparation

import (
	"math"
	"strconv"
	"strings"

	"guichet/valeur"
)

// montant reads an amount. A number cell has no decimals of its own to keep: writing them is no repair.
func (l *lecteur) montant(cell Cellule, t []byte) motif {
	if c, ok := valeur.Centimes(t); ok && c > 0 && (t[0] != '0' || t[1] == '.') {
		return l.brut(string(t), sansMotif)
	}
	if cell.Genre == Nombre {
		return l.montantCalcule(t)
	}
	if m := valeur.Montant(string(t)); m != "" {
		return l.brut(m, motifMontant)
	}
	l.tel(t)
	return sansMotif
}

// maxMontant is what a float64 holds to the cent with room for what is left of a computation: 10¹⁰ €.
const maxMontant = 1e10

// montantCalcule reads the number of a cell, which may be off by what binary computations leave behind; a third
// decimal is not rounded away: that is the supplier's decision.
func (l *lecteur) montantCalcule(t []byte) motif {
	f, err := strconv.ParseFloat(string(t), 64)
	cents := math.Round(f * 100)
	if err != nil || f <= 0 || f > maxMontant || math.Abs(f*100-cents) > 1e-4 {
		l.tel(t)
		return sansMotif
	}
	n := int64(cents)
	l.sortie = append(strconv.AppendInt(l.sortie, n/100, 10), '.', byte('0'+n/10%10), byte('0'+n%10))
	if len(t) > 15 {
		return motifArrondi
	}
	return sansMotif
}

// telephone reads a number: a national one gets its prefix. Nine figures are those of a national one whose zero a
// spreadsheet took away.
func (l *lecteur) telephone(t []byte) motif {
	if t[0] == '+' && len(t) > 1 && t[1]-'0' <= 9 && valeur.HorsTelephone(t) < 0 && !valeur.ZeroNational(t) {
		l.tel(t)
		return sansMotif
	}
	s := string(t)
	if neufChiffres(t) {
		s = "0" + s
	}
	if n, francais := valeur.Telephone(s); n != "" && (francais || strings.HasPrefix(s, "00") || t[0] == '+') {
		l.sortie = citer(l.sortie, []byte(n))
		return motifTelephone
	}
	l.tel(t)
	return sansMotif
}

// neufChiffres tells whether a text is nine figures that do not begin with a zero, and what stands between them.
func neufChiffres(t []byte) bool {
	n := 0
	for _, b := range t {
		if b-'0' <= 9 {
			n++
		}
	}
	return n == 9 && t[0]-'1' <= 8
}
