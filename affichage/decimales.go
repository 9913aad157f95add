package affichage

import (
	"strconv"
	"strings"
)

// arrondir writes a number with so many decimals, rounded as spreadsheets do: the fifteen digits that they keep of it,
// in decimal, and halves away from zero.
func arrondir(v float64, decimales int) string {
	t := strconv.FormatFloat(v, 'e', 14, 64) // d.dddddddddddddde±xx
	chiffres := []byte(t[:1] + t[2:16])
	exposant, _ := strconv.Atoi(t[17:])
	garde := exposant + 1 + decimales // digits that are kept
	switch {
	case garde < 0:
		chiffres, garde = []byte("0"), 0
	case garde < len(chiffres):
		haut := chiffres[garde] >= '5'
		chiffres = chiffres[:garde]
		if haut {
			if chiffres = incrementer(chiffres); len(chiffres) > garde {
				exposant++
			}
		}
	}
	return ecrireDecimal(chiffres, exposant, decimales)
}

// incrementer adds one to the last digit.
func incrementer(chiffres []byte) []byte {
	for i := len(chiffres) - 1; i >= 0; i-- {
		if chiffres[i] < '9' {
			chiffres[i]++
			return chiffres
		}
		chiffres[i] = '0'
	}
	return append([]byte{'1'}, chiffres...)
}

// ecrireDecimal writes digits, the first of which counts ten to the power of exposant.
func ecrireDecimal(chiffres []byte, exposant, decimales int) string {
	var b strings.Builder
	chiffre := func(rang int) byte { // of ten to the power of rang
		if i := exposant - rang; i >= 0 && i < len(chiffres) {
			return chiffres[i]
		}
		return '0'
	}
	for rang := max(exposant, 0); rang >= 0; rang-- {
		b.WriteByte(chiffre(rang))
	}
	if decimales > 0 {
		b.WriteByte('.')
	}
	for rang := -1; rang >= -decimales; rang-- {
		b.WriteByte(chiffre(rang))
	}
	return b.String()
}
