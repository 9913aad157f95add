package classeur

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"

	"guichet/affichage"
	"guichet/archive"
	"guichet/preparation"
)

// odsContenu is the part that has all sheets of an OpenDocument workbook (ISO/IEC 26300), one after the other.
const odsContenu = "content.xml"

// ods is a workbook of LibreOffice.
type ods struct {
	chemin  string
	parties map[string]*archive.Entree
}

// ouvrirODS lists the sheets of a workbook. No kept library reads them row by row, with what cells show and what they
// hold.
func (c *Classeur) ouvrirODS(chemin string, parties map[string]*archive.Entree) error {
	o := &ods{chemin, parties}
	if chiffree, err := o.chiffre(); chiffree || err != nil {
		return &Erreur{Fichier: chemin, Faute: chiffre, Err: err}
	}
	j, fermer, err := o.ouvrir()
	if err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	defer fermer()
	if err := o.lister(c, j); err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	return nil
}

// chiffre tells whether the parts are protected by a password.
func (o *ods) chiffre() (bool, error) {
	e := o.parties["meta-inf/manifest.xml"]
	if e == nil {
		return false, nil
	}
	r, err := e.Ouvrir()
	if err != nil {
		return false, err
	}
	defer r.Close()
	b, err := io.ReadAll(io.LimitReader(r, maxPartie))
	return bytes.Contains(b, []byte("encryption-data")), err
}

func (o *ods) ouvrir() (*jetons, func(), error) {
	e := o.parties[odsContenu]
	if e == nil {
		return nil, nil, fmt.Errorf("no part %q", odsContenu)
	}
	r, err := e.Ouvrir()
	if err != nil {
		return nil, nil, err
	}
	return nouveauxJetons(r), func() { _ = r.Close() }, nil // only read from
}

// lister goes through all sheets for their names, and through the styles that hide them.
func (o *ods) lister(c *Classeur, j *jetons) error {
	masques, style := map[string]bool{}, ""
	for {
		genre, err := j.suivant()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if j.debut = j.ici(); genre != ouverture {
			continue
		}
		switch string(j.nom) {
		case "style":
			style = j.attributs.valeur("name")
		case "table-properties":
			masques[style] = j.attributs.valeur("display") == "false"
		case "tracked-changes", "shapes":
			err = j.sauter()
		case "table":
			rang, m := len(c.Feuilles)+len(c.Masquees), &masquees{laisser: c.options.SansLignesMasquees}
			if c.options.FeuillesMasquees {
				rang = len(c.Feuilles)
			}
			nom := j.attributs.valeur("name")
			c.ajouter(preparation.Feuille{Fichier: o.chemin, Nom: nom, Rangees: o.rangees(nom, rang, m), Masquees: m.liste, ColonnesMasquees: m.listeColonnes}, masques[j.attributs.valeur("style-name")])
			err = j.sauter()
		}
		if err != nil {
			return err
		}
	}
}

// rangees returns the reader of the sheet of a rank.
func (o *ods) rangees(nom string, rang int, m *masquees) preparation.Rangees {
	return func(f func(ligne int, cellules []preparation.Cellule) error) error {
		j, fermer, err := o.ouvrir()
		if err != nil {
			return &Erreur{Fichier: o.chemin, Feuille: nom, Faute: altere, Err: err}
		}
		defer fermer()
		m.recommencer()
		l := lecteur{jetons: j, masquees: m, rendre: f}
		return l.situer(l.feuilleODS(rang), o.chemin, nom)
	}
}

// feuilleODS goes to the sheet of a rank, and reads its rows.
func (l *lecteur) feuilleODS(rang int) error {
	for dedans := false; ; {
		genre, err := l.suivant()
		if err != nil {
			return fini(err)
		}
		l.debut = l.ici()
		switch nom := string(l.nom); {
		case genre == fermeture && nom == "table" && dedans:
			return nil
		case genre != ouverture:
		case nom == "tracked-changes", nom == "shapes", nom == "forms":
			err = l.sauter()
		case nom == "table" && rang > 0:
			rang--
			err = l.sauter()
		case nom == "table":
			dedans = true
		case nom == "table-row" && dedans:
			err = l.rangeeODS()
		case nom == "table-column" && dedans:
			err = l.colonneODS(l.attributs)
		case !dedans:
			l.styleODS(nom, l.attributs)
		}
		if err != nil {
			return err
		}
	}
}

// rangeeODS reads one row, which may stand for many.
func (l *lecteur) rangeeODS() error {
	fois, err := repetitions(l.attributs.valeur("number-rows-repeated"))
	if err != nil {
		return err
	}
	masquee := l.cacheeODS(l.attributs)
	l.sorties = l.sorties[:0]
	vides := 0 // cells that nothing follows so far
	for {
		genre, err := l.suivant()
		if err != nil {
			return fini(err)
		}
		switch nom := string(l.nom); {
		case genre == fermeture && nom == "table-row":
			return l.rendreODS(fois, masquee)
		case genre == ouverture && (nom == "table-cell" || nom == "covered-table-cell"):
			if vides, err = l.celluleODS(vides, nom != "table-cell"); err != nil {
				return err
			}
		}
	}
}

// maxRepetees bounds the cells that a few bytes can stand for.
const maxRepetees = 1 << 24

// rendreODS gives a row to the caller as often as it stands there.
func (l *lecteur) rendreODS(fois int, masquee bool) error {
	debut := l.ligne
	if l.ligne += fois; vides(l.sorties) {
		return nil
	}
	l.repetees += (fois - 1) * len(l.sorties)
	if l.ligne > maxLignes || l.repetees > maxRepetees {
		return errFaute{tropDeLignes}
	}
	l.sorties = l.fusions.appliquer(debut+1, l.sorties)
	for i := range fois {
		if masquee && l.masquer(debut+i+1) {
			continue
		}
		if l.rendu = l.rendre(debut+i+1, slices.Clone(l.sorties)); l.rendu != nil {
			return l.rendu
		}
	}
	return nil
}

// celluleODS reads one cell, which may stand for many. The last ones of a row say only that it goes on to the end of
// the sheet.
func (l *lecteur) celluleODS(vides int, couverte bool) (int, error) {
	c := lireNatureODS(l.attributs)
	texte, err := l.texteODS()
	if err != nil {
		return 0, err
	}
	cell := c.cellule(texte)
	if couverte && cell.Texte != "" { // by another one: it does not show
		cell = preparation.Cellule{Texte: cell.Texte, Genre: preparation.Recouverte, Format: affichage.Tel("")}
	} else if couverte {
		cell = preparation.Cellule{}
	}
	if cell.Texte == "" && cell.Genre != preparation.SansValeur {
		return min(vides+c.fois, maxColonnes+1), c.err
	}
	if len(l.sorties)+vides+c.fois > maxColonnes {
		return 0, errFaute{tropDeColonnes}
	}
	if c.lignes > 1 {
		l.fusions.attendues = append(l.fusions.attendues, fusion{ligne: l.ligne + 1, derniere: l.ligne + c.lignes, colonne: len(l.sorties) + vides})
	}
	for range vides {
		l.sorties = append(l.sorties, preparation.Cellule{})
	}
	for range c.fois {
		l.sorties = append(l.sorties, cell)
	}
	return 0, c.err
}

// repetitions reads how often a row or a cell stands there.
func repetitions(t string) (int, error) {
	if t == "" {
		return 1, nil
	}
	n, err := strconv.Atoi(t)
	if err != nil || n < 1 || n > 1<<24 {
		return 1, errFaute{altere}
	}
	return n, nil
}
