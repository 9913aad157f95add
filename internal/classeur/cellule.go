package classeur

import (
	"bytes"
	"strconv"
	"time"
	"unicode/utf8"

	"guichet/affichage"
	"guichet/preparation"
)

// cellule is a cell in the making: its text is a part of the row's, or a shared one.
type cellule struct {
	debut, fin int
	commun     int // rank among the shared strings, -1
	format     *affichage.Format
	genre      preparation.Genre
}

// nature is what the attributes of a cell say of it.
type nature struct {
	colonne int
	style   int
	genre   byte // the first letter of its type; of `str` the 't', of `inlineStr` the 'i'
}

func (l *lecteur) nature() nature {
	n := nature{colonne: len(l.cellules), genre: 'n'}
	for nom, valeur, ok := l.attributs.suivant(); ok; nom, valeur, ok = l.attributs.suivant() {
		switch {
		case len(nom) != 1 || len(valeur) == 0:
		case nom[0] == 'r':
			n.colonne = rangColonne(valeur)
		case nom[0] == 's':
			s, err := strconv.Atoi(string(valeur))
			if n.style = s; err != nil {
				n.style = -1
			}
		case nom[0] == 't':
			if n.genre = valeur[0]; string(valeur) == "str" {
				n.genre = 't'
			}
		}
	}
	return n
}

// cellule reads one cell to its place in the row.
func (l *lecteur) cellule() error {
	n := l.nature()
	if n.colonne < 0 || n.colonne >= maxColonnes {
		return errFaute{tropDeColonnes}
	}
	for len(l.cellules) <= n.colonne {
		l.cellules = append(l.cellules, cellule{commun: -1})
	}
	debut := len(l.octets)
	formule, valeur, err := l.contenu(n.genre == 'i')
	if err != nil {
		return err
	}
	c := cellule{debut: debut, fin: len(l.octets), commun: -1}
	if err := l.typer(&c, n); err != nil {
		return err
	}
	if formule && l.jamaisCalculee(&c, n, valeur) {
		c.genre = preparation.SansValeur
	}
	l.cellules[n.colonne] = c
	return nil
}

// jamaisCalculee tells a formula without a value from one that gives an empty text. Programs that write formulas without
// calculating them leave the value out, or write a zero, and have it calculated when the workbook is opened.
func (l *lecteur) jamaisCalculee(c *cellule, n nature, valeur bool) bool {
	switch texte := l.octets[c.debut:c.fin]; {
	case c.commun >= 0:
		return false
	case len(texte) == 0:
		return n.genre != 't' || !valeur
	default:
		return l.aCalculer && string(texte) == "0"
	}
}

// contenu appends the text of a cell: its value, or, where the cell is of that type, its own text.
func (l *lecteur) contenu(enLigne bool) (formule, valeur bool, err error) {
	debut, dans, propre := len(l.octets), false, false
	for {
		genre, err := l.suivant()
		if err != nil {
			return formule, valeur, fini(err)
		}
		switch genre {
		case contenu:
			if dans && !propre {
				if l.octets, err = decoder(l.octets, l.jetons.texte); err != nil {
					return formule, valeur, err
				}
			}
		case fermeture:
			if dans = false; string(l.nom) == "c" {
				return formule, valeur, nil
			}
		case ouverture:
			switch string(l.nom) {
			case "v":
				dans, valeur = true, true
			case "f":
				formule = true
			case "is":
				if enLigne {
					propre = true
					l.octets, err = l.texteRiche(l.octets[:debut], "is")
				} else {
					err = l.sauter()
				}
			case "extLst", "Choice":
				err = l.sauter()
			}
			if err != nil {
				return formule, valeur, err
			}
		}
	}
}

// typer tells what a cell holds (ISO/IEC 29500-1, 18.18.11).
func (l *lecteur) typer(c *cellule, n nature) error {
	valeur := l.octets[c.debut:c.fin]
	switch n.genre {
	case 's':
		rang, err := strconv.Atoi(string(bytes.TrimSpace(valeur)))
		if len(valeur) == 0 { // a cell that has nothing
			return nil
		}
		if err != nil || rang < 0 || rang >= len(l.textes) {
			return errFaute{altere}
		}
		c.commun = rang
		l.cacher(c, n.style)
	case 'b':
		if c.genre = preparation.Booleen; vrai(valeur) {
			l.remplacer(c, "1")
		} else if string(valeur) == "false" {
			l.remplacer(c, "0")
		}
	case 'e':
		c.genre = preparation.Echec
	case 't', 'i':
		l.cacher(c, n.style)
		return l.deplier(c)
	case 'd':
		l.dater(c, n.style)
	default:
		return l.nombre(c, n.style)
	}
	return nil
}

func (l *lecteur) remplacer(c *cellule, texte string) {
	l.octets = append(l.octets[:c.debut], texte...)
	c.fin = len(l.octets)
}

// nombre tells how a number is shown.
func (l *lecteur) nombre(c *cellule, style int) error {
	valeur := bytes.TrimSpace(l.octets[c.debut:c.fin])
	if len(valeur) == 0 {
		c.fin = c.debut
		return nil
	}
	for _, b := range valeur {
		if (b < '0' || b > '9') && bytes.IndexByte([]byte("+-.eE"), b) < 0 {
			return errFaute{altere}
		}
	}
	l.remplacer(c, string(decimale(valeur)))
	l.styler(c, style)
	if c.genre == preparation.Jour && l.depuis4 {
		if jours, err := strconv.ParseFloat(string(l.octets[c.debut:c.fin]), 64); err == nil {
			l.remplacer(c, strconv.FormatFloat(jours+1462, 'f', -1, 64))
		}
	}
	return nil
}

// cacher keeps the format of a text that it hides.
func (l *lecteur) cacher(c *cellule, style int) {
	if style > 0 && style < len(l.styles) && l.styles[style].cache {
		c.format = l.styles[style].format
	}
}

func (l *lecteur) styler(c *cellule, style int) {
	c.genre = preparation.Nombre
	if style < 0 || style >= len(l.styles) {
		return // how it is shown is not known
	}
	if c.format = l.styles[style].format; l.styles[style].jour {
		c.genre = preparation.Jour
	}
}

// dater reads a date of ISO 8601, as the strict form of the norm has them: it becomes the number that others have.
func (l *lecteur) dater(c *cellule, style int) {
	jours, ok := joursISO(string(bytes.TrimSpace(l.octets[c.debut:c.fin])))
	if !ok {
		return // a text
	}
	l.remplacer(c, strconv.FormatFloat(jours, 'f', -1, 64))
	if l.styler(c, style); c.genre != preparation.Jour {
		c.genre, c.format = preparation.Jour, nil
	}
}

// origine is the day that spreadsheets count from.
var origine = time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)

// joursISO returns the days of a date, with or without a time. A zone would make two days of one.
func joursISO(t string) (jours float64, ok bool) {
	for _, forme := range []string{"2006-01-02", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04"} {
		if d, err := time.Parse(forme, t); err == nil {
			return float64(d.Unix()-origine.Unix())/86400 + float64(d.Nanosecond())/86400e9, true
		}
	}
	return 0, false
}

// deplier writes the characters that XML cannot hold (_x000D_), and bounds the text.
func (l *lecteur) deplier(c *cellule) error {
	if utf8.RuneCount(l.octets[c.debut:]) > maxCellule {
		return errFaute{tropLongue}
	}
	l.octets = deplierOctets(l.octets, c.debut)
	c.fin = len(l.octets)
	return nil
}
