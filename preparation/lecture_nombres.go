package preparation

import (
	"bytes"
	"math"
	"strconv"
	"strings"

	"guichet/modele"
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

// chaine reads a text, or a number of a fixed length.
func (l *lecteur) chaine(ty modele.Type, cell Cellule, t []byte) motif {
	if ty.Alphabet != modele.Libre && ty.Exact > 0 {
		return l.numero(ty, cell, t)
	}
	if !ty.Majuscules || valeur.Minuscule(t) < 0 {
		l.tel(t)
		return sansMotif
	}
	if m := valeur.Majuscules(string(t)); valeur.Minuscule([]byte(m)) < 0 {
		return l.ecrire(m, motifMajuscules)
	}
	l.tel(t)
	return sansMotif
}

// numero reads a number of a fixed length, a text of letters and digits.
func (l *lecteur) numero(ty modele.Type, cell Cellule, t []byte) motif {
	if len(t) == ty.Exact && valeur.HorsAlphabet(t, ty.Alphabet) < 0 {
		l.tel(t)
		return sansMotif
	}
	s, m := string(t), sansMotif
	switch {
	case valeur.Scientifique(s):
		if e := etendre(s, cell.Genre == Nombre); e != "" {
			s, m = e, motifNotation
		}
	case strings.HasSuffix(s, ".0"):
		if e, _ := strings.CutSuffix(s, ".0"); valeur.HorsAlphabet([]byte(e), modele.Chiffres) < 0 {
			s, m = e, motifDecimales
		}
	default:
		if e := serrer(s); len(e) == ty.Exact && len(e) < len(s) {
			s, m = e, motifBlancs
		}
	}
	if complet := valeur.Zeros(ty, s); len(complet) > len(s) && certain(ty, cell, complet) {
		s, m = complet, motifZeros
	}
	if len(s) != ty.Exact { // half a repair would only hide what was there
		l.tel(t)
		return sansMotif
	}
	return l.ecrire(s, m)
}

// certain tells whether a number is the one that had its zeros taken away: the check key says so, or, without a
// key, the spreadsheet, where the cell is a number.
func certain(ty modele.Type, cell Cellule, complet string) bool {
	if ty.Cle == modele.SansCle {
		return cell.Genre == Nombre
	}
	return valeur.Cle(ty.Cle, complet)
}

// etendre writes a number in scientific notation with all its digits, "" where some are lost. What a number cell
// holds is the number itself; a text shows some of its digits.
func etendre(s string, nombre bool) string {
	mantisse, exposant, _ := strings.Cut(strings.ToUpper(strings.Replace(s, ",", ".", 1)), "E")
	entiers, decimales, _ := strings.Cut(mantisse, ".")
	n, err := strconv.Atoi(strings.TrimPrefix(exposant, "+"))
	switch {
	case err != nil || n > 20 || len(decimales) > n:
		return ""
	case len(decimales) < n && !nombre:
		return ""
	}
	return entiers + decimales + strings.Repeat("0", n-len(decimales))
}

// serrer takes the separators out of a number.
func serrer(s string) string { return separateurs.Replace(s) }

var separateurs = strings.NewReplacer(" ", "", ".", "", "-", "", "/", "", "'", "")

// choix reads one or several values of a short list.
func (l *lecteur) choix(ty modele.Type, t []byte) motif {
	for _, v := range ty.Valeurs {
		if v == string(t) {
			l.tel(t)
			return sansMotif
		}
	}
	if ty.Genre == modele.ChoixMultiple && plusieurs(ty.Valeurs, t) {
		l.tel(t)
		return sansMotif
	}
	if len(t) <= valeur.MaxCompare {
		if v := valeur.Choix(ty, string(t)); v != "" {
			return l.ecrire(v, motifChoix)
		}
	}
	l.tel(t)
	return sansMotif
}

// plusieurs tells whether t is values joined by ", ".
func plusieurs(valeurs []string, t []byte) bool {
	for suite := true; suite; {
		var part []byte
		part, t, suite = bytes.Cut(t, []byte(", "))
		connue := false
		for _, v := range valeurs {
			connue = connue || v == string(part)
		}
		if !connue {
			return false
		}
	}
	return true
}

// code reads a code of a nomenclature, or the label of one. A label that is not exactly one is never guessed:
// the check proposes the nearest.
func (l *lecteur) code(codes *valeur.Codes, t []byte) motif {
	if _, connu := codes.Code(t); connu {
		l.tel(t)
		return sansMotif
	}
	if c := codes.Tolere(t); c != "" {
		return l.ecrire(c, motifCode)
	}
	if len(t) <= 2*valeur.MaxCompare {
		plat := valeur.Plat(string(t))
		if c := codes.DeGraphie(plat); c != "" {
			return l.ecrire(c, motifCode)
		}
		if c := codes.DeLibelle(plat); c != "" {
			return l.ecrire(c, motifLibelle)
		}
	}
	l.tel(t)
	return sansMotif
}
