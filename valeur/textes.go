package valeur

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
)

const del = 0x7f

// Classes of ASCII characters.
const (
	chiffre = 1 << iota
	lettre
	deTelephone
	deCourriel // a character to look at in an address: an @, a point, what no address has, what is no ASCII
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
	for b := range c {
		if b <= ' ' || b >= del || strings.IndexByte(`@.,;:<>()[]"\`, byte(b)) >= 0 {
			c[b] |= deCourriel
		}
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

// CourrielAdmis tells whether t has an @ after its first character and a point: the source asks for no more (§3.2).
func CourrielAdmis(t []byte) bool {
	return bytes.LastIndexByte(t, '@') > 0 && bytes.IndexByte(t, '.') >= 0
}

// Courriel tells whether mail can reach t: one @, no blank nor punctuation that only stands between
// addresses or around them, and after the @ words joined by points.
func Courriel(t []byte) bool {
	arobase, point := -1, -1
	for i, b := range t {
		switch {
		case classes[b]&deCourriel == 0:
		case b == '@' && i > 0 && arobase < 0:
			arobase, point = i, i
		case b == '.' && (arobase < 0 || point < i-1):
			point = i
		case b < utf8.RuneSelf || utf8.RuneStart(b) && bytes.ContainsFunc(t[i:], horsCourriel):
			return false
		}
	}
	return arobase >= 0 && point > arobase && point < len(t)-1
}

func horsCourriel(c rune) bool {
	return unicode.IsSpace(c) || !unicode.IsGraphic(c) || c == utf8.RuneError
}

// Plausible tells whether a number that starts with + can exist, and whether its plan is one of those
// that France numbers by. Those of +1 and +7 have eleven digits; others are only held to the 7 to 15 of E.164.
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
	if chiffres[0] == '1' || chiffres[0] == '7' {
		return n == 11, false
	}
	return n >= 7 && n <= 15, false
}

// SuitIndicatif tells whether a number that starts with + and a digit has a digit after its country's prefix.
func SuitIndicatif(t []byte) bool {
	var chiffres []byte
	for _, b := range t[1:] {
		if classes[b]&chiffre != 0 {
			chiffres = append(chiffres, b)
		}
	}
	return len(chiffres) > longueurIndicatif(chiffres)
}

// longueurIndicatif counts the digits of the prefix that a number starts with (E.164).
func longueurIndicatif(chiffres []byte) int {
	if bytes.IndexByte([]byte("017"), chiffres[0]) >= 0 {
		return 1
	}
	if len(chiffres) > 1 && bytes.IndexByte([]byte(deuxChiffres[chiffres[0]-'0']), chiffres[1]) >= 0 {
		return 2
	}
	return 3
}

// deuxChiffres are the second digits of the prefixes of two digits, by their first.
var deuxChiffres = [10]string{2: "07", 3: "0123469", 4: "013456789", 5: "12345678", 6: "0123456", 8: "1246", 9: "0123458"}

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

// Illisible tells whether nobody can read t: it is all blanks, or has a character that cannot be seen (a control
// character, a mark of direction, a line end, the mark of a letter that was lost).
func Illisible(t []byte) bool {
	return len(bytes.TrimSpace(t)) == 0 || Invisible(t) >= 0
}

// Invisible returns the offset of the first character of t that cannot be seen, or -1.
func Invisible(t []byte) int {
	return bytes.IndexFunc(t, func(r rune) bool { return !unicode.IsGraphic(r) || r == utf8.RuneError })
}

// Corse tells whether the letter of a FINESS is one that departments have: 2A and 2B.
func Corse(t []byte) bool {
	return len(t) > 2 && t[0] == '2' && (t[1] == 'A' || t[1] == 'B') && HorsAlphabet(t[2:], modele.Chiffres) < 0
}
