package preparation

import (
	"fmt"
	"strconv"
	"strings"

	"guichet/modele"
)

// Lieu is a place in what was given: a cell, a row, a whole file, or a place in a mapping file.
type Lieu struct {
	Fichier string
	Feuille string // "" for a file that has none
	Ligne   int    // from 1, 0 for the whole sheet
	Colonne string // the letters that a spreadsheet shows (F, AB); of a mapping file the number of the character
	Balise  string // the tag that the column gives
}

// In names the place: `commandes.xlsx, feuille Commandes, ligne 14, colonne F (telephoneResponsableOG)`.
func (l Lieu) In(langue modele.Langue) string {
	parts := []string{l.Fichier}
	if l.Feuille != "" {
		parts = append(parts, modele.Texte{Fr: "feuille ", En: "sheet "}.In(langue)+l.Feuille)
	}
	if l.Ligne > 0 {
		parts = append(parts, modele.Texte{Fr: "ligne ", En: "row "}.In(langue)+strconv.Itoa(l.Ligne))
	}
	if l.Colonne != "" {
		parts = append(parts, modele.Texte{Fr: "colonne ", En: "column "}.In(langue)+l.Colonne)
	}
	s := strings.Join(parts, ", ")
	if l.Balise != "" {
		s += " (" + l.Balise + ")"
	}
	return s
}

// Lettres returns the letters of the column of index i from 0, as spreadsheets show them: A, Z, AA; none for -1.
func Lettres(i int) string {
	s := ""
	for i++; i > 0; i = (i - 1) / 26 {
		s = string(rune('A'+(i-1)%26)) + s
	}
	return s
}

// Faute is what stands in the way of a file, or deserves a look before it leaves.
type Faute struct {
	Lieu    Lieu
	Code    string // of a rule of this package, or of the check
	Gravite modele.Gravite
	Message modele.Texte
	Aide    modele.Texte // what to do
	// commandes are the orders that a fault is about, where it does not count once one of them is left aside, or all.
	commandes []string
	toutes    bool
	constante bool // it is about a constant of the mapping, not about a row
}

// Bloquante tells whether nothing may be written.
func (f Faute) Bloquante() bool { return f.Gravite >= modele.Erreur }

// In says the fault in one line: place, then message.
func (f Faute) In(l modele.Langue) string {
	return f.Lieu.In(l) + modele.Texte{Fr: " : ", En: ": "}.In(l) + f.Message.In(l)
}

// Reparation is a value that was not written as the counter wants it, but could only mean one thing.
type Reparation struct {
	Lieu         Lieu
	Avant, Apres string // the text of the cell, and the literal written instead
	Motif        modele.Texte
	Commande     string // reference of its order
}

// In says the repair in one line: place, before → after, why.
func (r Reparation) In(l modele.Langue) string {
	return fmt.Sprintf(modele.Texte{Fr: "%s : « %s » → %s, %s", En: "%s: \"%s\" → %s, %s"}.In(l), r.Lieu.In(l), r.Trouve(l), montrer(r.Apres).In(l), r.Motif.In(l))
}

// Trouve is what was there, in words; blanks that look like others are named where nothing else differs.
func (r Reparation) Trouve(l modele.Langue) string {
	switch {
	case (r.Avant == "true" || r.Avant == "false") && r.Apres == "null": // a yes or no that was read, then taken away
		return montrer(r.Avant).In(l)
	case r.Avant != nu([]byte(r.Apres)) && plat(r.Avant) == nu([]byte(r.Apres)):
		return nommerBlancs(r.Avant, l)
	}
	return r.Avant
}

// Ecrit is what was written instead, in words.
func (r Reparation) Ecrit(l modele.Langue) string {
	if t := nu([]byte(r.Apres)); t != "" {
		return t
	}
	return montrer(r.Apres).In(l)
}

// texte fills in both languages of a phrase.
func texte(t modele.Texte, mots ...any) modele.Texte {
	if len(mots) == 0 {
		return t
	}
	return modele.Texte{Fr: fmt.Sprintf(t.Fr, mots...), En: fmt.Sprintf(t.En, mots...)}
}
