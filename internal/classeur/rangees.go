package classeur

import (
	"bufio"
	"encoding/xml"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/affichage"
	"guichet/modele"
	"guichet/preparation"
)

// rangees returns the reader of one sheet. excelize reads rows without the types of their cells, or cell by
// cell with the sheet in memory; here a row's cells are told from their own attributes as they go by.
func (p *paquet) rangees(nom, partie string, r relations, depuis4 bool) preparation.Rangees {
	return func(f func(ligne int, cellules []preparation.Cellule) error) error {
		x, err := p.communs(r, depuis4)
		if err != nil {
			return &Erreur{Fichier: p.chemin, Feuille: nom, Faute: altere, Err: err}
		}
		z, err := p.ouvrir(partie)
		if err != nil {
			return &Erreur{Fichier: p.chemin, Feuille: nom, Faute: altere, Err: err}
		}
		defer z.Close()
		l := lecteur{xlsx: x, borne: &borne{r: z}, rendre: f}
		l.d = xml.NewDecoder(bufio.NewReaderSize(l.borne, 64<<10))
		return l.situer(l.lire(), p.chemin, nom)
	}
}

// lecteur reads the rows of one sheet.
type lecteur struct {
	*xlsx
	*borne
	d        *xml.Decoder
	rendre   func(int, []preparation.Cellule) error
	rendu    error // what rendre returned
	ligne    int   // of the row that is being read, or was
	texte    []byte
	cellules []cellule
	sorties  []preparation.Cellule
}

// cellule is a cell in the making: its text is a part of the row's, or a shared one.
type cellule struct {
	debut, fin int
	genre      preparation.Genre
	format     *affichage.Format
	commun     int // rank among the shared strings, -1
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
		jeton, err := l.d.RawToken()
		if errors.Is(err, io.EOF) {
			return io.ErrUnexpectedEOF // the end of sheetData comes first
		}
		if err != nil {
			return err
		}
		switch e := jeton.(type) {
		case xml.StartElement:
			if e.Name.Local == "row" {
				if err := l.rangee(e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "sheetData" {
				return nil
			}
		}
	}
}

// rangee reads one row and gives it to the caller, unless it is empty.
func (l *lecteur) rangee(e xml.StartElement) error {
	l.ligne++
	if n, err := strconv.Atoi(attribut(e, "r")); err == nil {
		l.ligne = n
	}
	if l.ligne < 1 || l.ligne > maxLignes {
		return errFaute{tropDeLignes}
	}
	l.texte, l.cellules = l.texte[:0], l.cellules[:0]
	for {
		jeton, err := l.d.RawToken()
		if err != nil {
			return err
		}
		switch e := jeton.(type) {
		case xml.StartElement:
			if e.Name.Local == "c" {
				if err := l.cellule(e); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if e.Name.Local == "row" {
				l.debut = l.d.InputOffset()
				return l.rendreRangee()
			}
		}
	}
}

func attribut(e xml.StartElement, nom string) string {
	for _, a := range e.Attr {
		if a.Name.Local == nom {
			return a.Value
		}
	}
	return ""
}

// cellule reads one cell to its place in the row.
func (l *lecteur) cellule(e xml.StartElement) error {
	colonne := len(l.cellules)
	if ref := attribut(e, "r"); ref != "" {
		colonne = rangColonne(ref)
	}
	if colonne < 0 || colonne >= maxColonnes {
		return errFaute{tropDeColonnes}
	}
	for len(l.cellules) <= colonne {
		l.cellules = append(l.cellules, cellule{commun: -1})
	}
	debut := len(l.texte)
	if err := l.contenu(); err != nil {
		return err
	}
	c, err := l.typer(e, debut)
	l.cellules[colonne] = c
	return err
}

// contenu appends the text of a cell: its value, or its own text without what only sounds it out.
func (l *lecteur) contenu() error {
	dans, son := false, 0
	for {
		jeton, err := l.d.RawToken()
		if err != nil {
			return err
		}
		switch e := jeton.(type) {
		case xml.StartElement:
			dans = e.Name.Local == "v" || e.Name.Local == "t"
			if e.Name.Local == "rPh" {
				son++
			}
		case xml.CharData:
			if dans && son == 0 {
				l.texte = append(l.texte, e...)
			}
		case xml.EndElement:
			dans = false
			switch e.Name.Local {
			case "rPh":
				son--
			case "c":
				return nil
			}
		}
	}
}

// typer tells what a cell holds (ISO/IEC 29500-1, 18.18.11).
func (l *lecteur) typer(e xml.StartElement, debut int) (cellule, error) {
	c := cellule{debut: debut, fin: len(l.texte), commun: -1}
	valeur := l.texte[debut:]
	switch attribut(e, "t") {
	case "s":
		n, err := strconv.Atoi(string(valeur))
		if err != nil || n < 0 || n >= len(l.textes) {
			return c, errFaute{altere}
		}
		c.commun = n
	case "b":
		c.genre = preparation.Booleen
	case "e":
		c.genre = preparation.Echec
	case "str", "inlineStr":
		err := l.deplier(&c)
		return c, err
	case "", "n":
		if len(valeur) > 0 {
			l.nombre(&c, attribut(e, "s"))
		}
	}
	if c.genre == preparation.Jour && l.depuis4 {
		l.texte = depuis1904(l.texte, debut)
		c.fin = len(l.texte)
	}
	return c, nil
}

// nombre tells how a number is shown.
func (l *lecteur) nombre(c *cellule, style string) {
	c.genre = preparation.Nombre
	s, err := strconv.Atoi(style)
	if style == "" {
		s, err = 0, nil
	}
	if err != nil || s < 0 || s >= len(l.styles) {
		return
	}
	if c.format = l.styles[s].format; l.styles[s].jour {
		c.genre = preparation.Jour
	}
}

// deplier writes the characters that XML cannot hold (_x000D_), and bounds the text.
func (l *lecteur) deplier(c *cellule) error {
	s := string(l.texte[c.debut:])
	if utf8.RuneCountInString(s) > maxCellule {
		return errFaute{tropLongue}
	}
	l.texte = append(l.texte[:c.debut], deplier(s)...)
	c.fin = len(l.texte)
	return nil
}

// depuis1904 turns the last number of a text into days since 30/12/1899.
func depuis1904(texte []byte, debut int) []byte {
	jours, err := strconv.ParseFloat(string(texte[debut:]), 64)
	if err != nil {
		return texte
	}
	return strconv.AppendFloat(texte[:debut], jours+1462, 'f', -1, 64)
}

// rendreRangee gives the row to the caller. The texts of its cells are one string.
func (l *lecteur) rendreRangee() error {
	texte := string(l.texte)
	l.sorties = slices.Grow(l.sorties[:0], len(l.cellules))
	for _, c := range l.cellules {
		s := preparation.Cellule{Texte: texte[c.debut:c.fin], Genre: c.genre, Format: c.format}
		if c.commun >= 0 {
			s.Texte = l.textes[c.commun]
		}
		l.sorties = append(l.sorties, s)
	}
	if vides(l.sorties) {
		return nil
	}
	l.rendu = l.rendre(l.ligne, l.sorties)
	return l.rendu
}

// rangColonne returns the rank from 0 of the column of a reference ("AB12" gives 27), -1 for none.
func rangColonne(ref string) int {
	n := 0
	for i := 0; i < len(ref) && ref[i] >= 'A' && n < 1<<20; i++ {
		n = n*26 + int(ref[i]&^0x20-'A') + 1
	}
	return n - 1
}

// deplier writes `_x000D_` as the character that it stands for.
func deplier(s string) string {
	i := strings.Index(s, "_x")
	if i < 0 {
		return s
	}
	var b strings.Builder
	for ; i >= 0; i = strings.Index(s, "_x") {
		b.WriteString(s[:i])
		s = s[i:]
		n := uint64(0)
		err := strconv.ErrSyntax
		if len(s) >= 7 && s[6] == '_' {
			n, err = strconv.ParseUint(s[2:6], 16, 16)
		}
		if err != nil {
			b.WriteString("_x")
			s = s[2:]
			continue
		}
		b.WriteRune(rune(n))
		s = s[7:]
	}
	return b.String() + s
}
