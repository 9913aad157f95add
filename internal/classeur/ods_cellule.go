package classeur

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"guichet/affichage"
	"guichet/preparation"
)

// natureODS is what the attributes of a cell say of it.
type natureODS struct {
	genre   string // float, date, string …; error
	valeur  string
	formule bool
	fois    int
	lignes  int // that it shows over
	err     error
}

func lireNatureODS(a attributs) (c natureODS) {
	c.fois = 1
	for nom, brut, ok := a.suivant(); ok; nom, brut, ok = a.suivant() {
		i := bytes.IndexByte(nom, ':')
		switch string(nom[i+1:]) {
		case "value-type":
			if string(nom[:max(i, 0)]) != "calcext" {
				c.genre = string(brut)
			} else if string(brut) == "error" {
				c.genre = "error"
				return c.suite(a)
			}
		case "value", "date-value", "boolean-value", "string-value":
			t, err := decoder(nil, brut)
			c.valeur, c.err = string(t), err
		case "number-rows-spanned":
			c.lignes, _ = strconv.Atoi(string(brut))
		case "formula":
			c.formule = true
		case "number-columns-repeated":
			if n, err := repetitions(string(brut)); err != nil {
				c.err = err
			} else {
				c.fois = n
			}
		}
	}
	return c
}

// suite reads what the attributes behind the word for an error say: how often the cell stands there.
func (c natureODS) suite(a attributs) natureODS {
	if n, err := repetitions(a.valeur("number-columns-repeated")); err != nil {
		c.err = err
	} else {
		c.fois = max(c.fois, n)
	}
	return c
}

// cellule makes a cell of what it holds and the text that it shows.
func (c natureODS) cellule(texte string) preparation.Cellule {
	switch c.genre {
	case "error":
		return preparation.Cellule{Texte: texte, Genre: preparation.Echec}
	case "float", "currency", "percentage":
		if _, err := strconv.ParseFloat(c.valeur, 64); err == nil {
			return preparation.Cellule{Texte: string(decimale([]byte(c.valeur))), Genre: preparation.Nombre, Format: affichage.Tel(texte)}
		}
	case "date":
		if jours, ok := joursISO(c.valeur); ok {
			return preparation.Cellule{Texte: strconv.FormatFloat(jours, 'f', -1, 64), Genre: preparation.Jour, Format: affichage.Tel(texte)}
		}
	case "boolean":
		if c.valeur == "true" {
			return preparation.Cellule{Texte: "1", Genre: preparation.Booleen}
		}
		return preparation.Cellule{Texte: "0", Genre: preparation.Booleen}
	case "string":
		if texte == "" {
			texte = c.valeur
		}
	case "":
		if c.formule && texte == "" {
			return preparation.Cellule{Genre: preparation.SansValeur}
		}
	}
	return preparation.Cellule{Texte: texte}
}

// texteODS reads the text that a cell shows: its paragraphs, without notes, drawings and what sounds a word out.
func (l *lecteur) texteODS() (string, error) {
	l.octets = l.octets[:0]
	dedans, paragraphes := 0, 0
	for {
		genre, err := l.suivant()
		if err != nil {
			return "", fini(err)
		}
		nom := string(l.nom)
		switch {
		case genre == contenu && dedans > 0:
			l.octets, err = decoder(l.octets, l.jetons.texte)
		case genre == contenu:
		case genre == fermeture && nom == "p":
			dedans--
		case genre == fermeture && (nom == "table-cell" || nom == "covered-table-cell"):
			return l.finirODS()
		case genre == fermeture:
		case nom == "p":
			if dedans++; paragraphes > 0 {
				l.octets = append(l.octets, '\n')
			}
			paragraphes++
		case nom == "s":
			n, faute := repetitions(l.attributs.valeur("c"))
			if err = faute; err == nil {
				l.octets = append(l.octets, strings.Repeat(" ", min(n, maxCellule+1))...)
			}
		case nom == "tab":
			l.octets = append(l.octets, '\t')
		case nom == "line-break":
			l.octets = append(l.octets, '\n')
		case nom == "annotation", nom == "frame", nom == "ruby-text", nom == "table", nom == "custom-shape", nom == "note":
			err = l.sauter()
		}
		if err != nil {
			return "", err
		}
		if len(l.octets) > maxRangee {
			return "", errRangee
		}
	}
}

func (l *lecteur) finirODS() (string, error) {
	switch {
	case !utf8.Valid(l.octets):
		return "", errFaute{altere}
	case utf8.RuneCount(l.octets) > maxCellule:
		return "", errFaute{tropLongue}
	}
	return string(l.octets), nil
}
