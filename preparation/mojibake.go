package preparation

import (
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"guichet/modele"
	"guichet/valeur"
)

// ascii tells whether a text is in ASCII alone, as most are: no program spoils it.
func ascii(t string) bool {
	tous := byte(0)
	for i := range len(t) {
		tous |= t[i]
	}
	return tous < utf8.RuneSelf
}

// perdu tells whether a text has characters that nobody knows, because its encoding is not certain.
func perdu(t string) bool { return valeur.Incertain(t) }

// caracteres is the fault of a text of which characters are not known: what each encoding makes of them, where that is open.
func caracteres(ou Lieu, t string) Faute {
	f := regleCaractere.faute(ou, abreger(t))
	octets := valeur.Octets(t)
	switch windows, quinze, indecis := valeur.DeuxLectures(t); {
	case len(octets) > 0:
		f.Message.Fr = texte(plusieursLectures, abreger(t), lectures(octets, modele.Francais)).Fr
		f.Message.En = texte(plusieursLectures, abreger(t), lectures(octets, modele.Anglais)).En
		f.Aide = aideLectures
	case indecis:
		f.Message = texte(deuxLectures, abreger(windows), abreger(quinze))
		f.Aide = aideLectures
	}
	return f
}

// maxOctetsDits is how many bytes of a cell are told with their readings: one shows what the file is.
const maxOctetsDits = 3

// lectures tells what each encoding makes of some bytes.
func lectures(octets []byte, l modele.Langue) string {
	var dits []string
	for _, b := range octets[:min(len(octets), maxOctetsDits)] {
		var lus []string
		for _, lu := range valeur.Lectures(b) {
			ou := modele.Texte{Fr: "« " + string(lu.Caractere) + " » en ", En: "\"" + string(lu.Caractere) + "\" in "}
			lus = append(lus, ou.In(l)+strings.Join(lu.Encodages, modele.Texte{Fr: " et ", En: " and "}.In(l)))
		}
		dits = append(dits, fmt.Sprintf(modele.Texte{Fr: "octet 0x%02X : %s", En: "byte 0x%02X: %s"}.In(l), b, strings.Join(lus, ", ")))
	}
	return strings.Join(dits, " ; ")
}

var plusieursLectures = modele.Texte{
	Fr: "« %s » a des caractères qui se lisent de plusieurs façons ; %s",
	En: "\"%s\" has characters that read in several ways; %s",
}

var aideLectures = modele.Texte{
	Fr: "ouvrez le tableau dans le logiciel qui l'a fait, regardez quel caractère est le bon, puis enregistrez-le au format « CSV UTF-8 »",
	En: "open the table in the program that made it, see which character is the right one, then save it in the format \"CSV UTF-8\"",
}

var deuxLectures = modele.Texte{
	Fr: "« %s » (Windows) ou « %s » (ISO-8859-15) : rien ne dit dans quel encodage le fichier est écrit",
	En: "\"%s\" (Windows) or \"%s\" (ISO-8859-15): nothing tells in which encoding the file is written",
}

// encodeDeuxFois tells whether a text was UTF-8 that a program took for Windows-1252, Mac Roman or DOS before it wrote
// UTF-8 again: "DUPRÃ‰", "Ã©tÃ©", "lâ€™OG". No French word, and no name of a neighbour, has such a pair.
func encodeDeuxFois(t string) bool {
	if strings.IndexByte(t, 0xc3) < 0 && strings.IndexByte(t, 0xe2) < 0 { // the first bytes of all that follows
		return false
	}
	avant := ' '
	for _, c := range t {
		if paireFausse(avant, c) {
			return true
		}
		avant = c
	}
	return false
}

// paireFausse tells whether two characters are the two bytes of one, each taken for a character.
func paireFausse(avant, c rune) bool {
	switch avant {
	case 'Ã', 'Â':
		return c >= 0x80 && c <= 0xbf || strings.ContainsRune(hautes1252, c)
	case 'Å':
		return strings.ContainsRune("’“¸", c) // Œ, œ, Ÿ
	case 'â':
		return c == '€' || c == '‚' // signs of typography, the euro
	case '√', '├', '┬':
		return c >= utf8.RuneSelf && !unicode.IsSpace(c)
	}
	return false
}

// hautes1252 are the characters that Windows-1252 has from 0x80 to 0x9f.
const hautes1252 = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"

// abime tells whether a program has left in a text how it writes letters ("DUPR&#201;", "DUPR=C3=89"), or, in a name, a sign in
// the place of one ("DUPR?", "DUPR…", "DUPRƒ").
func abime(t string, nom bool) bool {
	if strings.ContainsAny(t, `&=\%`) && lettreCodee.MatchString(t) {
		return true
	}
	return nom && (strings.IndexByte(t, '?') >= 0 || !ascii(t)) && signeDansUnMot.MatchString(t)
}

var (
	lettreCodee    = regexp.MustCompile(`&(?:#\d{2,5}|#[xX][0-9a-fA-F]{2,4}|[A-Za-z]{2,8});|=[0-9A-F]{2}=[0-9A-F]{2}|=(?:C[0-9A-F]|E[0-9A-F])|\\[ux][0-9a-fA-F]{2,4}|%[0-9A-F]{2}%[0-9A-F]{2}`)
	signeDansUnMot = regexp.MustCompile(`\pL[?…‚ƒ„†‡ˆ‰‹›•˜™¡¢£¤¥¦§©¬®¯±µ¶¿×÷¼½¾]|[?ƒ‚„†‡ˆ‰‹›•˜™¡¢£¤¥¦§©¬®¯±µ¶¿×÷¼½¾]\pL|ƒ`)
)
