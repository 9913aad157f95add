package preparation

import (
	"bytes"
	"fmt"
	"math"
	"strconv"
	"strings"

	"guichet/valeur"
)

// date reads a date. A year that nobody meant is refused, however it came there.
func (l *lecteur) date(cell Cellule, t []byte) verdict {
	v := l.dateLue(cell, t)
	if jour, _, existe := valeur.LireDate(bytes.Trim(l.sortie, `"`)); v.refus == aucuneRegle && existe && !v.courte && (jour < 2000_01_01 || jour >= 2100_01_01) {
		return verdict{refus: regleAnnee}
	}
	return v
}

// dateLue reads what stands in a cell. One that is a date for the spreadsheet needs no repair.
func (l *lecteur) dateLue(cell Cellule, t []byte) verdict {
	if jour, _, existe := valeur.LireDate(t); existe {
		l.tel(t)
		if j, m := jour%100, jour/100%100; cell.Genre == Jour || j == m {
			return verdict{}
		} else if j > 12 {
			return verdict{ordres: valeur.JourMois}
		}
		return verdict{ordres: valeur.JourMois | valeur.MoisJour}
	}
	s := string(t)
	if d, m := jourNumerote(cell.Genre, s); d != "" {
		if m == sansMotif && cell.Format.MontreHeure() && !entier(s) {
			m = motifHeure
		}
		v := l.ecrire(d, m)
		if m == sansMotif && d[:2] <= "12" && d[:2] != d[3:5] { // a program may have taken one for the other
			v.ordres = valeur.ToutOrdre
		}
		return v
	}
	e := valeur.LireEcrite(s)
	lectures := e.Lectures()
	switch {
	case e.AParis() != "":
		return verdict{refus: regleInstant}
	case len(lectures) == 0 || !e.Courte && e.Ordres == valeur.MoisJour:
		l.tel(t)
		return verdict{ordres: e.Ordres}
	}
	v := l.ecrire(lectures[0], motifDe(&e))
	switch {
	case e.MoisDabord:
		v.ordres = valeur.MoisJour
	case e.Ordres != valeur.ToutOrdre:
		v.ordres, v.courte = e.Ordres, e.Courte
	}
	if cell.Genre == Jour && !e.Heure {
		v.motif = sansMotif
	}
	return v
}

// motifDe says why a written date is not what stands in its cell: the time of the day is never left out without a word.
func motifDe(e *valeur.Ecrite) motif {
	switch {
	case e.Minuit:
		return motifMinuit
	case e.Heure:
		return motifHeure
	}
	return motifDate
}

// entier tells whether a number of days has no time.
func entier(s string) bool {
	_, fraction := jourEtFraction(s)
	return strings.Trim(fraction, "0") == ""
}

// jourEtFraction takes a number of days apart. Spreadsheets in French write a comma into a text file.
func jourEtFraction(s string) (jour, fraction string) {
	jour, fraction, _ = strings.Cut(strings.Replace(s, ",", ".", 1), ".")
	return jour, fraction
}

// seule reads a value that stands in no column: nothing tells what two figures of a year mean, so that the check
// refuses them.
func (l *lecteur) seule(c *colonne, cell Cellule) ([]byte, verdict) {
	litteral, v := l.lire(c, cell)
	if v.courte {
		l.tel([]byte(cell.Texte))
		return l.sortie, verdict{refus: v.refus}
	}
	return litteral, verdict{refus: v.refus, motif: v.motif}
}

// jourEtHeure writes a number of days with the time that it holds, to a thousandth of a second.
func jourEtHeure(s string) string {
	jour, fraction := jourEtFraction(s)
	f, _ := strconv.ParseFloat("0."+fraction+"0", 64)
	const unJour = 86_400_000
	ms := min(int(math.Round(f*unJour)), unJour-1) // what is less far from midnight is so far for the eye
	t := fmt.Sprintf("%s %02d:%02d", valeur.Jour(jour), ms/3_600_000, ms/60_000%60)
	if s := ms % 60_000; s%1000 != 0 {
		t += fmt.Sprintf(":%02d,%03d", s/1000, s%1000)
	} else if s > 0 {
		t += fmt.Sprintf(":%02d", s/1000)
	}
	return t
}

// jourNumerote reads the number of a day, counted by a spreadsheet; the time of the day stands behind the point. Near
// midnight, what a cell shows as one day may have been meant as the other: that is told, and so is each time that is left
// out of a number, which no cell shows as a day.
func jourNumerote(g Genre, s string) (string, motif) {
	jour, fraction := jourEtFraction(s)
	d := valeur.Jour(jour)
	if d == "" || strings.Trim(fraction, "0123456789") != "" {
		return "", sansMotif
	}
	sansHeure, heureDite, minuit := sansMotif, sansMotif, motifMinuit
	if g != Jour {
		sansHeure, heureDite, minuit = motifJour, motifJourHeure, motifJourMinuit
	}
	f, _ := strconv.ParseFloat("0."+fraction+"0", 64) // figures alone
	secondes := int(math.Round(f * 86_400))
	switch heure := secondes / 3600; {
	case heure == 24: // half a second before midnight is shown as midnight
		n, _ := strconv.Atoi(jour)
		return valeur.Jour(strconv.Itoa(n + 1)), minuit
	case secondes > 0 && (heure < 3 || heure >= 21):
		return d, minuit
	case secondes > 0:
		return d, heureDite
	}
	return d, sansHeure
}
