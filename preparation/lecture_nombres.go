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

// date reads a date. A cell that is one for the spreadsheet needs no repair.
func (l *lecteur) date(cell Cellule, t []byte) motif {
	if _, _, existe := valeur.LireDate(t); existe {
		l.tel(t)
		return sansMotif
	}
	s := string(t)
	jour, _, _ := strings.Cut(s, ".") // the time of the day stands behind the point
	if d := valeur.Jour(jour); d != "" {
		if cell.Genre == Jour {
			return l.ecrire(d, sansMotif)
		}
		return l.ecrire(d, motifJour)
	}
	d, _ := valeur.Date(s)
	if d == "" {
		if d, _ = valeur.Date(sansHeure(s)); d == "" {
			l.tel(t)
			return sansMotif
		}
	}
	return l.ecrire(d, motifDate)
}

// sansHeure takes midnight away from a date.
func sansHeure(s string) string {
	d, heure, _ := strings.Cut(s, " ")
	if strings.Trim(heure, "0:.") != "" {
		return s
	}
	return d
}

// telephone reads a number: a national one gets its prefix. A number cell has lost the zero of a national one.
func (l *lecteur) telephone(cell Cellule, t []byte) motif {
	if t[0] == '+' && len(t) > 1 && t[1]-'0' <= 9 && valeur.HorsTelephone(t) < 0 {
		l.tel(t)
		return sansMotif
	}
	s := string(t)
	if cell.Genre == Nombre && len(t) == 9 {
		s = "0" + s
	}
	if n, francais := valeur.Telephone(s); n != "" && (francais || strings.HasPrefix(s, "00") || t[0] == '+') {
		return l.ecrire(n, motifTelephone)
	}
	l.tel(t)
	return sansMotif
}
