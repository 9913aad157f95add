package preparation

import (
	"regexp"
	"strings"
)

// erreurDeTableur tells whether a text is what a spreadsheet shows for a formula that failed or waits, in French or English,
// with or without the blank that French puts before a sign.
func erreurDeTableur(t string) bool {
	t = strings.TrimSpace(t)
	switch debut := t[:min(3, len(t))]; {
	case strings.HasPrefix(debut, "#"):
		serre := capitales(t)
		return erreurs[strings.TrimRight(serre, "!?.")] || motErreur.MatchString(serre)
	case strings.EqualFold(debut, "err"):
		return numeroErreur.MatchString(capitales(t))
	case strings.EqualFold(debut, "loa"), strings.EqualFold(debut, "cha"):
		return enAttente.MatchString(capitales(t))
	}
	return false
}

// capitales writes a text in capitals without blanks and accents.
func capitales(t string) string { return strings.ToUpper(blancs.Replace(t)) }

var blancs = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "É", "E", "é", "E", "È", "E", "è", "E", "…", "...")

// motErreur is a word as only errors are written: of capitals, with a sign at its end, or with words behind #N/A.
var motErreur = regexp.MustCompile(`^#([A-Z_/]+[0A-Z_/]*[!?]$|N/A[^0-9])`)

// numeroErreur is an error of LibreOffice, which numbers them from 501 on.
var numeroErreur = regexp.MustCompile(`^(ERR|ERREUR|ERROR)(:\d+|5\d\d)$`)

// enAttente is what Google Sheets shows for what it has not had yet.
var enAttente = regexp.MustCompile(`^(LOADING|CHARGEMENT(ENCOURS)?)\.+$`)

// erreurs are the words that stand without a sign as well, or with other characters, of Excel, LibreOffice and Google Sheets.
var erreurs = map[string]bool{
	"#N/A": true, "#N/D": true, "#REF": true, "#VALUE": true, "#VALEUR": true, "#NAME": true, "#NOM": true, "#DIV/0": true,
	"#NULL": true, "#NUL": true, "#NUM": true, "#NOMBRE": true, "#SPILL": true, "#PROPAGATION": true, "#CALC": true,
	"#GETTING_DATA": true, "#OBTENTION_DONNEES": true, "#OBTENTION_DES_DONNEES": true, "#CHARGEMENT_DONNEES": true,
}
