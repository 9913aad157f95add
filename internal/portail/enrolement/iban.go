package enrolement

import (
	"regexp"
	"strings"
	"sync"
)

// longueurs is the IBAN's length in each country that has it (ISO 13616).
const longueurs = `AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 ES24 FI18
	FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25
	MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SD18 SE24 SI19 SK24 SM27 ST25
	SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20`

var longueurIBAN = sync.OnceValue(func() map[string]int {
	m := map[string]int{}
	for _, l := range strings.Fields(longueurs) {
		m[l[:2]] = int(l[2]-'0')*10 + int(l[3]-'0')
	}
	return m
})

// NormaliserIBAN takes blanks away and writes capitals.
func NormaliserIBAN(saisie string) string {
	return strings.ToUpper(strings.Join(strings.Fields(strings.NewReplacer("-", " ", ".", " ").Replace(saisie)), ""))
}

// verifierIBAN says what is wrong with a normalised IBAN.
func verifierIBAN(iban string) error {
	pays := iban[:min(2, len(iban))]
	attendu, connu := longueurIBAN()[pays]
	switch {
	case iban == "":
		return faute("iban", "Indiquez l'IBAN du compte.", "Give the account's IBAN.")
	case !connu || !alphanumerique(iban):
		return faute("iban", "L'IBAN commence par deux lettres de pays et n'a que des lettres et des chiffres, par exemple FR76 …",
			"The IBAN begins with two letters of a country and has letters and digits alone, for example FR76 …")
	case len(iban) != attendu:
		return faute("iban", "Un IBAN "+pays+" a "+nombre(attendu)+" caractères ; celui-ci en a "+nombre(len(iban))+". Recopiez-le du relevé d'identité bancaire.",
			"An IBAN of "+pays+" has "+nombre(attendu)+" characters; this one has "+nombre(len(iban))+". Copy it from the bank details.")
	case !cleIBAN(iban):
		return faute("iban", "La clé de cet IBAN ne correspond pas à ses autres caractères : un caractère est faux ou deux sont inversés.",
			"This IBAN's key does not fit its other characters: one is wrong, or two are swapped.")
	}
	return nil
}

// cleIBAN computes the remainder by 97 of the IBAN with its first four characters at its end, letters as 10 to 35.
func cleIBAN(iban string) bool {
	reste := 0
	for _, c := range []byte(iban[4:] + iban[:4]) {
		if c >= 'A' {
			reste = (reste*100 + int(c-'A') + 10) % 97
		} else {
			reste = (reste*10 + int(c-'0')) % 97
		}
	}
	return reste == 1
}

func alphanumerique(t string) bool {
	return strings.IndexFunc(t, func(c rune) bool { return (c < '0' || c > '9') && (c < 'A' || c > 'Z') }) < 0
}

var formeBIC = regexp.MustCompile(`^[A-Z]{6}[A-Z0-9]{2}(?:[A-Z0-9]{3})?$`)

func verifierBIC(bic string) error {
	if !formeBIC.MatchString(bic) {
		return faute("bic", "Un BIC a 8 ou 11 caractères, par exemple EXEMFRPP ou EXEMFRPPXXX.", "A BIC has 8 or 11 characters, for example EXEMFRPP or EXEMFRPPXXX.")
	}
	return nil
}

// Masquer hides an IBAN but for its last four characters.
func Masquer(iban string) string {
	if len(iban) <= 4 {
		return ""
	}
	return "•••• " + iban[len(iban)-4:]
}
