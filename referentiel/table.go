package referentiel

import "encoding/binary"

// tailleNumero is the length of a FINESS number, in characters.
const tailleNumero = 9

// table is records of pas bytes one after the other, sorted by the number that each starts with. It is looked
// up in the bytes of its file as they are.
type table struct {
	octets []byte
	pas    int
}

func (t table) taille() int { return len(t.octets) / t.pas }

func (t table) fiche(i int) []byte { return t.octets[i*t.pas : (i+1)*t.pas] }

// placer returns the index of the first record whose number is not before numero.
func (t table) placer(numero []byte) int {
	debut, fin := binary.BigEndian.Uint64(numero), numero[8]
	bas, haut := 0, t.taille()
	for bas < haut {
		milieu := int(uint(bas+haut) >> 1)
		f := t.octets[milieu*t.pas:]
		if d := binary.BigEndian.Uint64(f); d < debut || d == debut && f[8] < fin {
			bas = milieu + 1
		} else {
			haut = milieu
		}
	}
	return bas
}

// trouver returns the first record of a number.
func (t table) trouver(numero []byte) (i int, ok bool) {
	if len(numero) != tailleNumero {
		return 0, false
	}
	i = t.placer(numero)
	return i, i < t.taille() && string(t.fiche(i)[:tailleNumero]) == string(numero)
}

// estNumero tells whether a text has the form of a FINESS number.
func estNumero(t []byte) bool {
	if len(t) != tailleNumero {
		return false
	}
	for _, b := range t {
		if (b < '0' || b > '9') && (b < 'A' || b > 'Z') && (b < 'a' || b > 'z') {
			return false
		}
	}
	return true
}
