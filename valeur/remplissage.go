package valeur

import (
	"bytes"
	"strings"
)

// Remplissage is what a text is that people or programs write where they have no value.
type Remplissage uint8

// What stands in the place of a value. Some of it may be one: a name, a version.
const (
	Plein     Remplissage = iota // a text like any other
	Rien                         // « n/a », « - »: there is nothing to say, and no name is written so
	RienOuNom                    // « néant », « so »: there is nothing to say, or it is a name
	AVenir                       // « à compléter », « ??? »: it is still to be written
	Inconnu                      // « inconnue »: nobody knows it
	Bouche                       // « idem », « ras », « x »: the line above, or what fills a cell in
	Essai                        // « test », « VRAI »: what a trial or a program left
)

// remplissages is the one list of them, in lower case.
var remplissages = func() map[string]Remplissage {
	m := map[string]Remplissage{}
	for r, mots := range map[Remplissage]string{
		Rien:      "null|n/a|-|--|---|–|—|/|.|…|...|aucun|aucune|sans objet|s/o|n/c|n/r|non concerné|non concernée|non applicable|non renseigné|non communiqué|not applicable",
		RienOuNom: "none|nil|na|n.a.|n.a|néant|neant|rien|vide|s.o.|s.o|so|nc|n.c.|n.c|nr|nothing|empty",
		AVenir:    "tbd|tbc|todo|to do|à compléter|a compléter|a completer|à definir|à définir|a définir|a definir|à préciser|a préciser|a preciser|à renseigner|a renseigner|à remplir|a remplir|à voir|a voir|à venir|a venir|en attente",
		Inconnu:   "inconnu|inconnue|unknown",
		Bouche:    "idem|idem.|id|id.|ditto|dito|à attribuer|a attribuer|sans|sans référence|sans reference|sans numéro|sans numero|sans n°|ras|ras.|r.a.s|r.a.s.",
		Essai:     "test|tests|essai|true|false|vrai|faux|oui|non|yes|no",
	} {
		for mot := range strings.SplitSeq(mots, "|") {
			m[mot] = r
		}
	}
	return m
}()

// maxRemplissage is how long those of the list are at most, in bytes.
const maxRemplissage = 17

// debuts are, for a length and a first byte, the second bytes that the list has; of each byte five bits count, which are the
// same for a capital. Nearly all texts are told apart by them, before they are looked up.
var debuts = func() (d [maxRemplissage + 1][32]uint32) {
	for mot := range remplissages {
		d[len(mot)][mot[0]&31] |= 1 << (mot[min(1, len(mot)-1)] & 31)
	}
	return d
}()

// What a byte may be: a cross, a question mark, a sign that people fill a cell with, as often as they like.
const (
	croix = 1 << iota
	question
	comblant
)

var signes = func() (s [256]uint8) {
	for genre, octets := range map[uint8]string{croix: "xX", question: "?", comblant: "0#?*_.&=+\"'’»«-"} {
		for _, b := range []byte(octets) {
			s[b] |= genre
		}
	}
	return s
}()

// Remplir tells what a text without blanks around it stands for. It allocates nothing for most: each cell of a table is
// asked, and each free text of a file.
func Remplir(t []byte) Remplissage {
	switch {
	case len(t) == 0 || len(t) < 3 && remplit(t, croix):
		return Bouche
	case remplit(t, croix) || remplit(t, question):
		return AVenir
	}
	if len(t) <= maxRemplissage && debuts[len(t)][t[0]&31]&(1<<(t[min(1, len(t)-1)]&31)) != 0 {
		if r := chercher(t); r != Plein {
			return r
		}
	}
	if remplit(t, comblant) {
		return Bouche
	}
	return Plein
}

// chercher looks a short text up in the list.
func chercher(t []byte) Remplissage {
	var petites [maxRemplissage]byte
	for i, b := range t {
		switch {
		case b >= 'A' && b <= 'Z', i > 0 && t[i-1] == 0xc3 && b < 0x9f: // À to Þ are C3 80 to C3 9E
			b += 'a' - 'A'
		}
		petites[i] = b
	}
	return remplissages[string(petites[:len(t)])]
}

// remplit tells whether a text has bytes of one kind alone.
func remplit(t []byte, genre uint8) bool {
	for _, b := range t {
		if signes[b]&genre == 0 {
			return false
		}
	}
	return true
}

// CourrielVain tells whether an address only fills a cell in: test@test.fr, nc@nc.fr.
func CourrielVain(t []byte) bool {
	nom, domaine, _ := bytes.Cut(t, []byte("@"))
	hote, _, _ := bytes.Cut(domaine, []byte("."))
	return Remplir(nom) != Plein && Remplir(hote) != Plein
}
