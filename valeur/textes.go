package valeur

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

// Classes of ASCII characters.
const (
	chiffre = 1 << iota
	lettre
	deTelephone
)

var classes = func() (c [256]uint8) {
	for b := '0'; b <= '9'; b++ {
		c[b] = chiffre | deTelephone
	}
	for b := 'A'; b <= 'Z'; b++ {
		c[b], c[b+32] = lettre, lettre
	}
	for _, b := range " .-" {
		c[b] = deTelephone
	}
	return c
}()

// HorsAlphabet returns the offset of the first character outside the alphabet, or -1.
func HorsAlphabet(t []byte, a modele.Alphabet) int {
	masque := uint8(chiffre)
	if a == modele.Alphanumerique {
		masque |= lettre
	}
	for i, b := range t {
		if classes[b]&masque == 0 {
			return i
		}
	}
	return -1
}

// HorsTelephone returns the offset of the first character after the plus sign that is no digit, blank,
// dot or hyphen, or -1.
func HorsTelephone(t []byte) int {
	for i, b := range t[1:] {
		if classes[b]&deTelephone == 0 {
			return i + 1
		}
	}
	return -1
}

// Minuscule returns the offset of the first character that is not its own upper case, or -1.
func Minuscule(t []byte) int {
	for i, b := range t {
		if b-'a' < 26 {
			return i
		}
		if b >= utf8.RuneSelf {
			return minusculeUnicode(t, i)
		}
	}
	return -1
}

func minusculeUnicode(t []byte, i int) int {
	for i < len(t) {
		r, taille := utf8.DecodeRune(t[i:])
		if unicode.ToUpper(r) != r || strings.ContainsRune(plusieursMajuscules, r) {
			return i
		}
		i += taille
	}
	return -1
}

// plusieursMajuscules are the lower-case letters whose upper case is several letters and which have no
// single one (Unicode SpecialCasing).
const plusieursMajuscules = "ßŉǰΐΰևẖẗẘẙẚὐὒὔὖᾶῆῒΐῖῗῢΰῤῦῧῶﬀﬁﬂﬃﬄﬅﬆﬓﬔﬕﬖﬗ"

// Courriel tells whether t has an @ after its first character and a point somewhere after it, and no
// blank (§3.2).
func Courriel(t []byte) bool {
	arobase, point := false, false
	for i, b := range t {
		switch {
		case b == '@' && i > 0:
			arobase = true
		case b == '.':
			point = point || arobase
		case b <= ' ' || b >= utf8.RuneSelf:
			if bytes.ContainsFunc(t[i:], func(c rune) bool { return unicode.IsSpace(c) || unicode.IsControl(c) }) {
				return false
			}
		}
	}
	return point
}

// Plausible tells whether a number that starts with + can exist, and whether its plan is one of those
// that France numbers by. Others are only held to the 7 to 15 digits of E.164.
func Plausible(t []byte) (ok, francais bool) {
	var chiffres [16]byte
	n := 0
	for _, b := range t[1:] {
		if classes[b]&chiffre == 0 {
			continue
		}
		if n == len(chiffres) {
			return false, false
		}
		chiffres[n] = b
		n++
	}
	if chiffres[0] == '0' {
		return false, true
	}
	for _, p := range plansFrancais {
		if string(chiffres[:len(p.indicatif)]) == p.indicatif {
			return n == len(p.indicatif)+p.chiffres && chiffres[len(p.indicatif)] != '0', true
		}
	}
	return n >= 7 && n <= 15, false
}

// plansFrancais are the national numbers of France and of the territories that have their own prefix.
var plansFrancais = []struct {
	indicatif string
	chiffres  int
}{{"33", 9}, {"262", 9}, {"590", 9}, {"594", 9}, {"596", 9}, {"508", 6}, {"681", 6}, {"687", 6}, {"689", 8}}

// CleFINESS tells whether t passes the Luhn key. Numbers with letters (Corsica) have a key that is not
// public: they pass.
func CleFINESS(t []byte) bool {
	juste, chiffres := Luhn(t)
	return juste || !chiffres
}

// laPoste is the SIREN whose establishments outgrew the Luhn key: the sum of their digits is a multiple
// of 5. Its head office keeps the plain key.
const laPoste, siegeLaPoste = "356000000", "35600000000048"

// CleSIRET tells whether t passes the Luhn key, or La Poste's own rule.
func CleSIRET(t []byte) bool {
	if !bytes.HasPrefix(t, []byte(laPoste)) || string(t) == siegeLaPoste {
		juste, _ := Luhn(t)
		return juste
	}
	somme := 0
	for _, b := range t {
		somme += int(b - '0')
	}
	return somme%5 == 0
}

// Luhn tells whether the digits of t, every second one from the right doubled, sum up to a multiple of 10,
// and whether t has nothing but digits.
func Luhn(t []byte) (juste, chiffres bool) {
	somme := 0
	for i := len(t) - 1; i >= 0; i-- {
		d := t[i] - '0'
		if d > 9 {
			return false, false
		}
		if (len(t)-i)&1 == 0 {
			d = doubles[d]
		}
		somme += int(d)
	}
	return somme%10 == 0, true
}

// doubles are the digit sums of twice each digit.
var doubles = [10]uint8{0, 2, 4, 6, 8, 1, 3, 5, 7, 9}
