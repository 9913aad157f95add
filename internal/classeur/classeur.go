// Package classeur reads the spreadsheets that suppliers have (.xlsx, .csv) row by row, and writes those
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

	"guichet/modele"
	"guichet/preparation"
)

// Classeur is an open spreadsheet. Its sheets can be read any number of times until it is closed, one at a
// time.
type Classeur struct {
	Feuilles []preparation.Feuille // the visible ones, in their order
	Masquees []string              // names of the hidden ones, which are not read
	fichier  *os.File
}

// Close closes the file.
func (c *Classeur) Close() error { return c.fichier.Close() }

// Ouvrir opens a spreadsheet: .xlsx or .xlsm by its sheets, .csv, .txt or .tsv as one sheet without a name. What is
// wrong with the file comes as a *Erreur, here and while rows are read.
func Ouvrir(chemin string) (*Classeur, error) {
	f, err := os.Open(chemin)
	if err != nil {
		return nil, illisible(chemin, err)
	}
	c := &Classeur{fichier: f}
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
	texte, faute := reconnaitre(strings.ToLower(filepath.Ext(chemin)), debut[:n])
	if faute != nil {
		return &Erreur{Fichier: chemin, Faute: *faute}
	}
	if texte {
		return c.ouvrirTexte(chemin)
	}
	return c.ouvrirXLSX(chemin, info.Size())
}

// The first bytes of the formats that spreadsheets come in.
var (
	magieZIP  = []byte("PK\x03\x04")
	magieOLE  = []byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
	magiePDF  = []byte("%PDF-")
	magieODS  = []byte("application/vnd.oasis.opendocument.spreadsheet")
	protege   = []byte("E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e\x00")
	textes    = []string{".csv", ".txt", ".tsv"}
	classeurs = []string{".xlsx", ".xlsm"}
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
	case bytes.HasPrefix(debut, magieZIP) && bytes.Contains(debut[:min(len(debut), 200)], magieODS):
		return false, &openDocument
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
	case bytes.HasPrefix(debut, magiePDF), bytes.IndexByte(debut, 0) >= 0 && !utf16(debut):
		return false, &pasDuTexte
	}
	return true, nil
}
