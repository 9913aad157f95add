// Package affichage tells what a spreadsheet shows for the number that a cell holds, by the number format of the
// cell (ISO/IEC 29500-1, 18.8.30 and 18.8.31). Where that depends on the machine, or on the width of the column, it
// says that it is not known, rather than guess.
package affichage

import (
	"slices"
	"strings"
	"unicode"
)

// Format is how a cell shows its number. The zero value is not known. One serves all cells of a style.
type Format struct {
	Code     string // as the file has it, for messages
	sections []section
	// Depuis1904 tells that the workbook counts its days from 1904.
	Depuis1904 bool
	tel        string // the shown text itself, where the file keeps it
	estTel     bool
}

// Tel is the format of one cell of which the file keeps the shown text.
func Tel(texte string) *Format { return &Format{tel: texte, estTel: true} }

// section is what a format says of some numbers: the positive ones, the negative ones, zero, or those of a condition.
type section struct {
	genre     genre
	jetons    []jeton
	operateur string // of its condition, "" for none
	borne     float64
	francais  bool // it names months in French
	opaque    bool // what it shows is not the same everywhere, or not known here

	// of a number
	entiers, decimales  int // places of digits before and after the point
	fixes               int // of those after the point, shown even when they are zero
	milliers, pourcents int
	groupes             bool // digits in groups of three
}

type genre uint8

const (
	general genre = iota
	nombre
	jour  // it shows a year, a month or a day
	heure // it shows a time only
	texte // a text alone: the number does not show
)

// jeton is a piece of a section.
type jeton struct {
	genre lettre
	texte string // a literal; or the letters of a date, in lower case
}

type lettre uint8

const (
	litteral lettre = iota
	chiffre         // 0, # or ?
	point
	tout  // General, or @: the number as it is
	temps // yyyy, mm, dd, hh, ss
)

// Lire reads the code of a format.
func Lire(code string) *Format {
	f := &Format{Code: code}
	for i, s := range diviser(code) {
		if i == 4 {
			break
		}
		f.sections = append(f.sections, lireSection(s))
	}
	return f
}

// diviser divides a code at its semicolons that are no part of a text.
func diviser(code string) (sections []string) {
	debut := 0
	for i := 0; i < len(code); i++ {
		switch code[i] {
		case '\\', '_', '*':
			i++
		case '"':
			i += saut(code[i+1:], '"')
		case '[':
			i += saut(code[i+1:], ']')
		case ';':
			sections, debut = append(sections, code[debut:i]), i+1
		}
	}
	return append(sections, code[min(debut, len(code)):])
}

// saut returns how many bytes lead up to the end of what was opened, the closing one included.
func saut(reste string, fin byte) int {
	if i := strings.IndexByte(reste, fin); i >= 0 {
		return i + 1
	}
	return len(reste)
}

// EstJour tells whether it shows a number as a day: a year, a month or a day. The section of positive numbers says so.
func (f *Format) EstJour() bool {
	return f != nil && len(f.sections) > 0 && f.sections[0].genre == jour
}

// JourEntier tells whether day, month and year are all shown.
func (f *Format) JourEntier() bool {
	if f != nil && f.estTel {
		return jourEcrit(f.tel)
	}
	jour, mois, annee := f.PartiesDuJour()
	return jour && mois && annee
}

// PartiesDuJour tells which parts of a day are shown. Of a text that the file keeps, it knows what four figures and a name
// are.
func (f *Format) PartiesDuJour() (jour, mois, annee bool) {
	if f != nil && f.estTel {
		if jourEcrit(f.tel) {
			return true, true, true
		}
		return false, strings.ContainsFunc(f.tel, unicode.IsLetter), slices.ContainsFunc(strings.FieldsFunc(f.tel, horsChiffre), func(n string) bool { return len(n) == 4 })
	}
	if !f.EstJour() {
		return false, false, false
	}
	vus := map[byte]bool{}
	for _, j := range f.sections[0].jetons {
		if j.genre == temps {
			vus[j.texte[0]] = true
		}
	}
	return vus['d'], vus['M'], vus['y']
}

func horsChiffre(c rune) bool { return c < '0' || c > '9' }

// jourEcrit tells whether a shown text has the three parts of a day, the month in figures or by its name.
func jourEcrit(t string) bool {
	chiffres := len(strings.FieldsFunc(t, horsChiffre))
	mots := strings.FieldsFunc(t, func(c rune) bool { return !unicode.IsLetter(c) })
	nomme := slices.ContainsFunc(mots, func(m string) bool { return len(m) > 2 })
	return chiffres > 2 || chiffres == 2 && nomme
}

// General tells whether numbers are shown as they are, without a format of their own.
func (f *Format) General() bool {
	return f != nil && len(f.sections) == 1 && f.sections[0].genre == general && len(f.sections[0].jetons) == 1
}

// Simple tells whether all that it shows is the number, its decimals rounded.
func (f *Format) Simple() (decimales int, simple bool) {
	if f == nil || len(f.sections) != 1 || f.sections[0].genre != nombre || f.sections[0].operateur != "" {
		return 0, false
	}
	s := &f.sections[0]
	for _, j := range s.jetons {
		if j.genre == litteral && j.texte != "" {
			return 0, false
		}
	}
	return s.decimales, s.pourcents == 0 && s.milliers == 0 && !s.opaque
}
