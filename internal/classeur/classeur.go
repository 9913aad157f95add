// Package classeur reads the spreadsheets that suppliers have (.xlsx, .ods, .csv) row by row, and writes those
// that they are given.
package classeur

import (
	"bytes"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/archive"
	"guichet/modele"
	"guichet/preparation"
	"guichet/valeur"
)

// Classeur is an open spreadsheet. Its sheets can be read any number of times until it is closed, one at a
// time.
type Classeur struct {
	Chemin   string                // as it was given
	Feuilles []preparation.Feuille // those that are read, in their order
	Masquees []string              // names of the hidden ones, whether they are read or not
	fichier  *os.File
	options  Options
}

// Options are what to do with what a spreadsheet does not show.
type Options struct {
	SansLignesMasquees bool // rows that are hidden or filtered away are left out
	FeuillesMasquees   bool // hidden sheets are read too
}

// Close closes the file.
func (c *Classeur) Close() error { return c.fichier.Close() }

// Ouvrir opens a spreadsheet: .xlsx, .xlsm or .ods by its sheets, .csv, .txt or .tsv as one sheet without a name. What is
// wrong with the file comes as a *Erreur, here and while rows are read.
func Ouvrir(chemin string, options Options) (*Classeur, error) {
	f, err := os.Open(chemin)
	if err != nil {
		return nil, illisible(chemin, err)
	}
	c := &Classeur{Chemin: chemin, fichier: f, options: options}
	if err := c.ouvrir(chemin); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return c, nil
}

// illisible says why the system does not give a file.
func illisible(chemin string, err error) *Erreur {
	e := &Erreur{Fichier: chemin, Faute: lecture, Err: err}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		e.Faute = modele.Texte{Fr: "ce fichier n'existe pas", En: "this file does not exist"}
	case errors.Is(err, fs.ErrPermission):
		e.Faute = modele.Texte{Fr: "lecture refusée : vérifiez les droits du fichier", En: "reading it is refused: look at the file's permissions"}
	}
	return e
}

func (c *Classeur) ouvrir(chemin string) error {
	info, err := c.fichier.Stat()
	if err != nil {
		return illisible(chemin, err)
	}
	if info.IsDir() {
		return &Erreur{Fichier: chemin, Faute: modele.Texte{Fr: "c'est un dossier : indiquez un fichier", En: "it is a folder: name a file"}}
	}
	debut := make([]byte, 64<<10)
	n, err := c.fichier.ReadAt(debut, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return illisible(chemin, err)
	}
	if faute := etranger(chemin, debut[:n], info.Size()); faute != nil {
		return &Erreur{Fichier: chemin, Faute: *faute}
	}
	texte, faute := reconnaitre(strings.ToLower(filepath.Ext(chemin)), debut[:n])
	if faute != nil {
		return &Erreur{Fichier: chemin, Faute: *faute}
	}
	if texte {
		return c.ouvrirTexte(chemin, info.Size(), debut[:n])
	}
	return c.ouvrirPaquet(chemin, info.Size())
}

// ouvrirPaquet opens what is packed in a .zip.
func (c *Classeur) ouvrirPaquet(chemin string, taille int64) error {
	z, err := archive.Ouvrir(c.fichier, taille, limites)
	if err != nil {
		return &Erreur{Fichier: chemin, Faute: altere, Err: err}
	}
	noms := parties(z)
	if faute := autreArchive(noms); faute != nil {
		return &Erreur{Fichier: chemin, Faute: *faute}
	}
	ouvrir := c.ouvrirXLSX
	if noms[odsContenu] != nil {
		ouvrir = c.ouvrirODS
	}
	if err := ouvrir(chemin, noms); err != nil {
		return err
	}
	if len(c.Feuilles) == 0 {
		return &Erreur{Fichier: chemin, Faute: vide}
	}
	return nil
}

// ajouter adds a sheet, unless it is hidden and hidden ones are not wanted.
func (c *Classeur) ajouter(f preparation.Feuille, masquee bool) {
	if masquee {
		c.Masquees = append(c.Masquees, f.Nom)
	}
	if !masquee || c.options.FeuillesMasquees {
		c.Feuilles = append(c.Feuilles, f)
	}
}

// The first bytes of the formats that spreadsheets come in.
var (
	magieZIP  = []byte("PK\x03\x04")
	magieOLE  = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	magiePDF  = []byte("%PDF-")
	magieODS  = []byte("application/vnd.oasis.opendocument.spreadsheet")
	protege   = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	textes    = []string{".csv", ".txt", ".tsv"}
	classeurs = []string{".xlsx", ".xlsm", ".ods"}
)

// reconnaitre tells a text from a workbook by its first bytes, and refuses what is neither, or has the name
// of the other.
func reconnaitre(ext string, debut []byte) (texte bool, faute *modele.Texte) {
	texte = slices.Contains(textes, ext)
	switch {
	case bytes.HasPrefix(debut, magieOLE) && bytes.Contains(debut, protege):
		return false, &chiffre
	case bytes.HasPrefix(debut, magieOLE):
		return false, &ancienFormat
	case bytes.HasPrefix(debut, magieZIP) && ext == ".ods":
		return false, nil
	case bytes.HasPrefix(debut, magieZIP) && bytes.Contains(debut[:min(len(debut), 200)], magieODS):
		return false, &openDocument
	case bytes.HasPrefix(debut, magieZIP) && texte && !bytes.Contains(debut, []byte(opcTypes)) && !bytes.Contains(debut, []byte("xl/")):
		return false, &archiveSimple
	case bytes.HasPrefix(debut, magieZIP) && texte:
		return false, &classeurNomCSV
	case bytes.HasPrefix(debut, magieZIP) && ext == ".xlsb":
		return false, &binaire
	case bytes.HasPrefix(debut, magieZIP) && slices.Contains(classeurs, ext):
		return false, nil
	case slices.Contains(classeurs, ext):
		return false, &pasUnClasseur
	case !texte:
		return false, &extension
	case binaireOuPDF(debut):
		return false, &pasDuTexte
	}
	return true, nil
}

// binaireOuPDF tells what has no text to read: zeros stand in UTF-16 and UTF-32, and fill the end of some files.
func binaireOuPDF(debut []byte) bool {
	plein := bytes.TrimRight(debut, "\x00\x1a")
	return bytes.HasPrefix(debut, magiePDF) || bytes.IndexByte(plein, 0) >= 0 && !valeur.FormeDe(debut).Multiple()
}
