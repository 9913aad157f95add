package preparation

import (
	"bytes"
	"strconv"
	"strings"

	"guichet/modele"
	"guichet/valeur"
)

// chaine reads a text, or a number of a fixed length.
func (l *lecteur) chaine(ty modele.Type, cell Cellule, t []byte) verdict {
	if ty.Alphabet != modele.Libre && ty.Exact > 0 {
		return l.numero(ty, cell, t)
	}
	if valeur.Abrege(t) {
		e := etendre(string(t), cell.Genre == Nombre)
		if e == "" || cell.Genre != Nombre {
			return verdict{refus: regleAbregee}
		}
		return l.ecrire(e, motifNotation)
	}
	if !ty.Majuscules || valeur.Minuscule(t) < 0 {
		l.tel(t)
		return verdict{}
	}
	if m := valeur.Majuscules(string(t)); valeur.Minuscule([]byte(m)) < 0 {
		return l.ecrire(m, motifMajuscules)
	}
	l.tel(t)
	return verdict{}
}

// numero reads a number of a fixed length, a text of letters and digits.
func (l *lecteur) numero(ty modele.Type, cell Cellule, t []byte) verdict {
	if len(t) == ty.Exact && valeur.HorsAlphabet(t, ty.Alphabet) < 0 {
		l.tel(t)
		return verdict{}
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
		if e := serrer(s); e != s && (len(e) == ty.Exact || groupe(cell, s)) {
			s, m = e, motifBlancs
		}
	}
	if complet := valeur.Zeros(ty, s); len(complet) > len(s) && certain(ty, cell, complet) {
		s, m = complet, avecZeros[m]
	}
	if len(s) != ty.Exact { // half a repair would only hide what was there
		l.tel(t)
		return verdict{}
	}
	return l.ecrire(s, m)
}

// groupe tells whether what stands between the figures of a text divides them, and is not the sign of decimals.
func groupe(cell Cellule, s string) bool {
	return cell.Genre == Texte && (strings.ContainsAny(s, " -/'") || strings.Count(s, ".") > 1)
}

// certain tells whether a number is the one that had its zeros taken away: the check key says so, or, without a
// key, the spreadsheet, where the cell is a number.
func certain(ty modele.Type, cell Cellule, complet string) bool {
	if ty.Cle == modele.SansCle {
		return cell.Genre == Nombre
	}
	return valeur.Cle(ty.Cle, complet)
}

// reference reads what tells orders apart; it is refused where a spreadsheet has shortened it, because two orders may
// look like one, and where a formula gives none.
func (l *lecteur) reference(cell Cellule) (t []byte, v verdict) {
	t, m := epurer(l.copier(cell.Texte))
	switch {
	case cell.Genre == SansValeur:
		return t, verdict{refus: regleSansValeur}
	case cell.Genre == Echec, cell.Genre == Texte && erreurDeTableur(cell.Texte):
		return t, verdict{refus: regleErreur}
	case cell.Genre == Recouverte, cell.Genre == Booleen, cell.Genre == Texte && len(t) > 0 && cell.Format.CacheTextes(), cell.Genre != Texte && cell.Format.TexteSeul(cell.Texte):
		return t, verdict{refus: regleMontre}
	case perdu(cell.Texte): // two orders may look like one
		return t, verdict{refus: regleCaractere}
	case cell.Genre == Nombre && valeur.Abrege(t):
		e := etendre(string(t), true)
		if e == "" || len(e) > chiffresDunTableur {
			return t, verdict{refus: regleAbregee}
		}
		return []byte(e), verdict{}
	case valeur.Abrege(t), cell.Genre == Nombre && len(t) > chiffresDunTableur && bytes.IndexByte(t, '.') < 0:
		return t, verdict{refus: regleAbregee}
	}
	return t, verdict{motif: m}
}

// chiffresDunTableur is how many figures of a number spreadsheets keep: the others become zeros as they are typed.
const chiffresDunTableur = 15

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
