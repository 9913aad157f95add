package preparation

import (
	"regexp"
	"strings"
)

// erreurDeTableur tells whether a text is what a spreadsheet shows for a formula that failed or waits, in French or English,
// with or without the blank that French puts before a sign.
func erreurDeTableur(t string) bool {
	t = strings.TrimSpace(t)
	if len(t) < 3 || len(t) > 40 || strings.IndexByte("#eElLcC", t[0]) < 0 {
		return false
	}
	serre := strings.ToUpper(blancs.Replace(t))
	if t[0] != '#' {
		return numeroErreur.MatchString(serre) || enAttente[strings.TrimRight(serre, ".")] && serre[len(serre)-1] == '.'
	}
	return erreurs[strings.TrimRight(serre, "!?.")] || motErreur.MatchString(serre) || strings.HasPrefix(serre, "#N/A") && serre[4]-'0' > 9
}

var blancs = strings.NewReplacer(" ", "", "\u00a0", "", "\u202f", "", "É", "E", "é", "E", "È", "E", "è", "E", "…", "...")

// motErreur is a word as only errors are written: of capitals, with a sign at its end.
var motErreur = regexp.MustCompile(`^#[A-Z_/]+[0A-Z_/]*[!?]$`)

// numeroErreur is an error of LibreOffice, which numbers them from 501 on.
var numeroErreur = regexp.MustCompile(`^(ERR|ERREUR|ERROR)(:\d+|5\d\d)$`)

// enAttente are the words of Google Sheets for what it has not had yet; three points stand behind them.
var enAttente = map[string]bool{"LOADING": true, "CHARGEMENT": true, "CHARGEMENTENCOURS": true}

// erreurs are the words that stand without a sign as well, or with other characters, of Excel, LibreOffice and Google Sheets.
var erreurs = map[string]bool{
	"#N/A": true, "#N/D": true, "#REF": true, "#VALUE": true, "#VALEUR": true, "#NAME": true, "#NOM": true, "#DIV/0": true,
	"#NULL": true, "#NUL": true, "#NUM": true, "#NOMBRE": true, "#SPILL": true, "#PROPAGATION": true, "#CALC": true,
	"#GETTING_DATA": true, "#OBTENTION_DONNEES": true, "#OBTENTION_DES_DONNEES": true, "#CHARGEMENT_DONNEES": true,
}
