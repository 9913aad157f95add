// Package valeur reads what spreadsheets, scripts and people write as what it was meant to be: amounts, dates,
// telephone numbers, choices, codes, numbers that lost their zeros. It tells what can be told from one value
// and its type, in both ways that the counter sees values: right as the table asks for (LireDate, Centimes,
// Courriel …), or what to write instead (Date, Montant, Telephone …).
package valeur

import (
	"bytes"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/language"

	"guichet/modele"
)

// Litteral writes a text as a JSON literal, as a person would: without escapes that JSON can do without.
func Litteral(t string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(t) != nil {
		return ""
	}
	return strings.TrimSuffix(b.String(), "\n")
}

// Majuscules writes a text in upper case; ß, ﬁ and the like, which have no capital of their own, become the letters that
// they stand for.
func Majuscules(t string) string {
	if strings.ContainsAny(t, plusieursMajuscules) {
		return cases.Upper(language.Und).String(t)
	}
	return strings.ToUpper(t)
}

// mots are texts that scripts write in place of the JSON words.
var mots = map[string]string{
	"null": "null", "none": "null", "nil": "null", "n/a": "null",
	"true": "true", "false": "false", "vrai": "true", "faux": "false", "oui": "true", "non": "false",
}

// Mot returns the JSON word (null, true, false) that a text stands for, in any case, "" for none.
func Mot(t string) string { return mots[strings.ToLower(t)] }

// notation is a number as spreadsheets show large ones: 2,601E+13.
var notation = regexp.MustCompile(`^\d+([.,]\d+)?[eE]\+?\d+$`)

// Scientifique tells whether t is a number as spreadsheets show large ones: 2,601E+13.
func Scientifique(t string) bool { return notation.MatchString(t) }

// abrege is a number that a spreadsheet has shortened, with the sign and the two figures that it always writes: 12E3
// may be a name.
var abrege = regexp.MustCompile(`^-?\d([.,]\d+)?[eE][+-]\d{2,3}$`)

// Abrege tells whether t is a number that a spreadsheet has shortened: 2,02309E+11.
func Abrege(t []byte) bool {
	return len(t) >= 5 && len(t) <= 24 && (t[0] == '-' || t[0]-'0' <= 9) && abrege.Match(t)
}

func estEntier(t string) bool {
	_, ok := Entier([]byte(t))
	return ok
}

// maxZeros bounds the leading zeros that are put back.
const maxZeros = 4

// Zeros puts back the leading zeros, four at most, that a spreadsheet took away from a number of a fixed
// length; "" where t is not such a number.
func Zeros(ty modele.Type, t string) string {
	manquants := ty.Exact - len(t)
	if ty.Alphabet == modele.Libre || manquants < 0 || manquants > maxZeros || !estEntier(t) {
		return ""
	}
	return "0000"[:manquants] + t
}

// Cle tells whether a number passes its check key; one without a key always does.
func Cle(c modele.Cle, t string) bool {
	switch c {
	case modele.CleFINESS:
		return CleFINESS([]byte(t))
	case modele.CleSIRET:
		return CleSIRET([]byte(t))
	}
	return true
}

// Choix reads a choice written in another case, with other separators or around blanks.
func Choix(ty modele.Type, t string) string {
	if ty.Genre == modele.Choix {
		for _, v := range ty.Valeurs {
			if Plat(v) == Plat(t) {
				return v
			}
		}
		return ""
	}
	var choisis []string
	for _, part := range strings.FieldsFunc(t, func(c rune) bool { return strings.ContainsRune(",;/|+ ", c) }) {
		i := slices.Index(ty.Valeurs, strings.ToUpper(part))
		if i < 0 {
			return ""
		}
		choisis = append(choisis, ty.Valeurs[i])
	}
	return strings.Join(choisis, ", ")
}
