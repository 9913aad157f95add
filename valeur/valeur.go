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
	"time"

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

// Majuscules writes a text in upper case; ß, which has no capital of its own, becomes two letters.
func Majuscules(t string) string { return strings.ToUpper(strings.ReplaceAll(t, "ß", "SS")) }

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

// Montant rewrites an amount with exactly two decimals: 2920, 2920.0, "2 920,00 €". Three decimals
// may be thousands ("2,920"), and a third one is not rounded away: that is the supplier's decision.
func Montant(t string) string {
	t = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "€", "", ",", ".").Replace(t)
	t, _, _ = strings.Cut(t, "EUR")
	entiers, decimales, _ := strings.Cut(t, ".")
	if len(decimales) == 3 {
		return ""
	}
	decimales = strings.TrimRight(decimales, "0")
	if entiers = strings.TrimLeft(entiers, "0"); entiers == "" {
		entiers = "0"
	}
	if !estEntier(entiers) || len(decimales) > 2 || decimales != "" && !estEntier(decimales) {
		return ""
	}
	propose := entiers + "." + (decimales + "00")[:2]
	if !positif([]byte(propose)) {
		return ""
	}
	return propose
}

// The ways that spreadsheets and databases write dates: those that start with the year leave no doubt about
// which number is the month.
var (
	datesCertaines = []string{"2006-01-02", "2006-01-02T15:04:05Z07:00", "2006-01-02 15:04:05", "2006/01/02", "20060102"}
	datesProbables = []string{"02-01-2006", "02.01.2006", "2/1/2006"}
)

// Jour returns the date of a spreadsheet's day number, counted from 30/12/1899, "" if t is none.
func Jour(t string) string {
	if n, ok := Entier([]byte(t)); ok && n >= 40_000 && n < 60_000 {
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(n)).Format("02/01/2006")
	}
	return ""
}

// Date rewrites a date as JJ/MM/AAAA; certaine is true when nothing else can have been meant.
func Date(t string) (propose string, certaine bool) {
	for i, formes := range [][]string{datesCertaines, datesProbables} {
		for _, forme := range formes {
			if d, err := time.Parse(forme, t); err == nil {
				return d.Format("02/01/2006"), i == 0
			}
		}
	}
	return "", false
}

// Telephone gives a French national number its prefix: 01 99 00 45 67 → +33 1 99 00 45 67. certain is
// true when nothing else can have been meant.
func Telephone(t string) (propose string, certain bool) {
	t = strings.NewReplacer("(0)", "", "\u00a0", " ", "\u202f", " ", "/", " ").Replace(t)
	switch {
	case strings.HasPrefix(t, "00"):
		t = "+" + strings.TrimLeft(t[2:], " ")
	case strings.HasPrefix(t, "0"):
		t = indicatifNational(t) + " " + t[1:]
	case strings.HasPrefix(t, "33"):
		t = "+" + t
	}
	t = strings.Join(strings.Fields(t), " ")
	if !strings.HasPrefix(t, "+") || HorsTelephone([]byte(t)) >= 0 {
		return "", false
	}
	ok, francais := Plausible([]byte(t))
	if !ok {
		return "", false
	}
	return t, francais
}

// indicatifs are the prefixes of the territories that share France's national numbers, by the first four
// digits of these.
var indicatifs = map[string]string{
	"0262": "+262", "0263": "+262", "0269": "+262", "0639": "+262", "0692": "+262", "0693": "+262",
	"0590": "+590", "0690": "+590", "0691": "+590", "0594": "+594", "0694": "+594",
	"0596": "+596", "0696": "+596", "0697": "+596",
}

func indicatifNational(t string) string {
	chiffres := strings.Map(func(c rune) rune {
		if c < '0' || c > '9' {
			return -1
		}
		return c
	}, t)
	if len(chiffres) > 4 && indicatifs[chiffres[:4]] != "" {
		return indicatifs[chiffres[:4]]
	}
	return "+33"
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
