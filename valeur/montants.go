package valeur

import (
	"regexp"
	"strings"
)

// An amount has its thousands in threes, parted by one separator, or none; then two decimals at most. What else
// stands beside it but the currency is never dropped.
var (
	montantSimple   = regexp.MustCompile(`^(\d+)(?:[.,](\d*))?$`)
	montantEspace   = regexp.MustCompile(`^(\d{1,3}(?: \d{3})+)(?:[.,](\d*))?$`)
	montantPoints   = regexp.MustCompile(`^(\d{1,3}(?:\.\d{3})+),(\d*)$`)
	montantVirgules = regexp.MustCompile(`^(\d{1,3}(?:,\d{3})+)\.(\d*)$`)
	montantSuisse   = regexp.MustCompile(`^(\d{1,3}(?:'\d{3})+)(?:[.,](\d*))?$`)
	milliersSeuls   = regexp.MustCompile(`^(\d{1,3}(?:\.\d{3}){2,}|\d{1,3}(?:,\d{3}){2,})$`)
	formesMontants  = []*regexp.Regexp{montantSimple, montantEspace, montantPoints, montantVirgules, montantSuisse, milliersSeuls}
	deviseDuMontant = regexp.MustCompile(`^(?:(?i:€|eur|euros?) ?)?([\d].*?)(?: ?(?i:€|eur|euros?))?$`)
)

// Montant rewrites an amount with exactly two decimals: 2920, 2920.0, "2 920,00 €", 14.000,12. One separator with
// three figures behind it may be of thousands ("2,920"), and a third decimal is not rounded away: that is the
// supplier's decision.
func Montant(t string) string {
	if len(t) > MaxCompare {
		return ""
	}
	m := deviseDuMontant.FindStringSubmatch(strings.TrimSpace(blancsEtApostrophes.Replace(t)))
	if m == nil {
		return ""
	}
	for _, forme := range formesMontants {
		if p := forme.FindStringSubmatch(m[1]); p != nil {
			decimales := ""
			if len(p) > 2 {
				decimales = p[2]
			}
			return deuxDecimales(milliers.Replace(p[1]), decimales)
		}
	}
	return ""
}

var (
	blancsEtApostrophes = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ", "\u2007", " ", "’", "'")
	milliers            = strings.NewReplacer(" ", "", ".", "", ",", "", "'", "")
)

func deuxDecimales(entiers, decimales string) string {
	if len(decimales) == 3 {
		return ""
	}
	decimales = strings.TrimRight(decimales, "0")
	if entiers = strings.TrimLeft(entiers, "0"); entiers == "" {
		entiers = "0"
	}
	if len(decimales) > 2 {
		return ""
	}
	propose := entiers + "." + (decimales + "00")[:2]
	if !positif([]byte(propose)) {
		return ""
	}
	return propose
}
