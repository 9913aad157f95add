package valeur

import "strings"

// SansAccents writes the lower-case letters of French without their accents.
func SansAccents(t string) string { return accents.Replace(t) }

var accents = strings.NewReplacer(
	"à", "a", "â", "a", "ä", "a", "ç", "c", "é", "e", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ö", "o",
	"ù", "u", "û", "u", "ü", "u", "ÿ", "y", "œ", "oe", "æ", "ae", "º", "", "°", "", "\u0301", "", "\u0300", "", "\u0302", "", "\u0327", "", "\u0308", "",
)
