package classeur

import (
	"bytes"
	"errors"
	"slices"
	"strconv"
	"unicode/utf8"

	"guichet/modele"
	"guichet/preparation"
)

// rangees returns the reader of one sheet. excelize reads rows without the types of their cells, or cell by
// cell with the sheet in memory; here a row's cells are told from their own attributes as they go by.
func (p *paquet) rangees(nom, partie string, m *masquees) preparation.Rangees {
	return func(f func(ligne int, cellules []preparation.Cellule) error) error {
		x, err := p.communs()
		if err != nil {
			return &Erreur{Fichier: p.chemin, Feuille: nom, Faute: altere, Err: err}
		}
		l := lecteur{xlsx: x, masquees: m, rendre: f}
		l.fusions.attendues, err = p.fusionsDe(partie)
		if err != nil {
			return l.situer(err, p.chemin, nom)
		}
		z, err := p.ouvrir(partie)
		if err != nil {
			return &Erreur{Fichier: p.chemin, Feuille: nom, Faute: altere, Err: err}
		}
		defer z.Close()
		m.recommencer()
		l.jetons, l.grande = nouveauxJetons(z), p.parties[cle(partie)].Taille > maxFusionnee
		return l.situer(l.lire(), p.chemin, nom)
	}
}

// lecteur reads the rows of one sheet.
type lecteur struct {
	*xlsx
	*jetons
	*masquees
	rendre   func(int, []preparation.Cellule) error
	rendu    error // what rendre returned
	ligne    int   // of the row that is being read, or was
	octets   []byte
	cellules []cellule
	sorties  []preparation.Cellule
	fusions  fusions
	grande   bool // merged cells were not looked for
	repetees int  // cells that stood for others (OpenDocument)
}

// errFaute is a fault that has words.
type errFaute struct{ modele.Texte }

func (e errFaute) Error() string { return e.En }

// situer says where reading ended. What the caller's function returned is passed on as it is.
func (l *lecteur) situer(err error, chemin, nom string) error {
	if err == nil || l.rendu != nil {
		return l.rendu
	}
	e := &Erreur{Fichier: chemin, Feuille: nom, Ligne: l.ligne, Faute: altere, Err: err}
	var f errFaute
	switch {
	case errors.As(err, &f):
		e.Faute = f.Texte
	case errors.Is(err, errRangee):
		e.Ligne, e.Faute = l.ligne+1, tropLongue
	}
	return e
}

func (l *lecteur) lire() error {
	for {
		genre, err := l.suivant()
		if err != nil {
			return fini(err) // the end of sheetData comes first
		}
		switch {
		case genre == ouverture && string(l.nom) == "row":
			if err := l.rangee(); err != nil {
				return err
			}
		case genre == ouverture && string(l.nom) == "sheetFormatPr":
			l.defaut = vrai([]byte(l.attributs.valeur("zeroHeight")))
		case genre == ouverture && string(l.nom) == "col":
			l.masquerColonnes(l.attributs)
		case genre == ouverture && string(l.nom) == "Choice": // for programs that know more; the others have a Fallback
			if err := l.sauter(); err != nil {
				return err
			}
		case genre == fermeture && string(l.nom) == "sheetData":
			return l.fin()
		}
	}
}

// fin looks for merged cells behind the rows of a sheet that was too large to look before.
func (l *lecteur) fin() error {
	if !l.grande {
		return nil
	}
	liste, err := lireFusions(l.jetons.reste())
	if err == nil && len(liste) > 0 {
		return errFaute{tropFusionnee}
	}
	return err
}

// rangee reads one row and gives it to the caller, unless it is empty.
func (l *lecteur) rangee() error {
	masquee := l.numeroter()
	if l.ligne < 1 || l.ligne > maxLignes {
		return errFaute{tropDeLignes}
	}
	l.octets, l.cellules = l.octets[:0], l.cellules[:0]
	for {
		genre, err := l.suivant()
		if err != nil {
			return fini(err)
		}
		switch {
		case genre == ouverture && string(l.nom) == "c":
			if err := l.cellule(); err != nil {
				return err
			}
		case genre == fermeture && string(l.nom) == "row":
			l.debut = l.ici()
			return l.rendreRangee(masquee)
		}
	}
}

// numeroter reads the attributes of a row: its number, and whether it is hidden, or of no height.
func (l *lecteur) numeroter() (masquee bool) {
	l.ligne++
	dite := false
	for nom, valeur, ok := l.attributs.suivant(); ok; nom, valeur, ok = l.attributs.suivant() {
		switch string(nom) {
		case "r":
			if n, err := strconv.Atoi(string(valeur)); err == nil {
				l.ligne = n
			}
		case "hidden":
			masquee, dite = masquee || vrai(valeur), true
		case "ht":
			masquee, dite = masquee || len(valeur) > 0 && valeur[0] == '0' && sansTaille(string(valeur)), true
		}
	}
	return masquee || l.defaut && !dite
}

func vrai(valeur []byte) bool { return string(valeur) == "1" || string(valeur) == "true" }

// rendreRangee gives the row to the caller. The texts of its cells are one string.
func (l *lecteur) rendreRangee(masquee bool) error {
	if !utf8.Valid(l.octets) {
		return errFaute{altere}
	}
	texte := string(l.octets)
	l.sorties = slices.Grow(l.sorties[:0], len(l.cellules))
	for i := range l.cellules {
		c := &l.cellules[i]
		s := preparation.Cellule{Texte: texte[c.debut:c.fin], Genre: c.genre, Format: c.format}
		if c.commun >= 0 {
			s.Texte = l.textes[c.commun]
		}
		l.sorties = append(l.sorties, s)
	}
	if vides(l.sorties) {
		return nil
	}
	l.sorties = l.fusions.appliquer(l.ligne, l.sorties)
	if masquee && l.masquer(l.ligne) {
		return nil
	}
	l.rendu = l.rendre(l.ligne, l.sorties)
	return l.rendu
}

// rangColonne returns the rank from 0 of the column of a reference ("AB12" gives 27), -1 for none.
func rangColonne(ref []byte) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && n < 1<<20; i++ {
		n = n*26 + int(ref[i]&^0x20-'A') + 1
	}
	return n - 1
}

// deplier writes `_x000D_` as the character that it stands for.
func deplier(s string) string { return string(deplierOctets([]byte(s), 0)) }

// deplierOctets does so from a place on, in b itself: the text only gets shorter.
func deplierOctets(b []byte, debut int) []byte {
	i := bytes.Index(b[debut:], []byte("_x"))
	if i < 0 {
		return b
	}
	reste, b := b[debut+i:], b[:debut+i]
	for len(reste) > 0 {
		if n, err := codeCache(reste); err == nil {
			b, reste = utf8.AppendRune(b, rune(n)), reste[7:]
			continue
		}
		b, reste = append(b, reste[0]), reste[1:]
	}
	return b
}

// codeCache reads the number in `_x000D_`.
func codeCache(b []byte) (uint64, error) {
	if len(b) < 7 || b[0] != '_' || b[1] != 'x' || b[6] != '_' {
		return 0, strconv.ErrSyntax
	}
	n, err := strconv.ParseUint(string(b[2:6]), 16, 16)
	if err == nil && n >= 0xd800 && n < 0xe000 {
		return 0, strconv.ErrRange // half a character
	}
	return n, err
}
