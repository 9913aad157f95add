package appariement

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"path"
	"strings"

	"guichet/archive"
	"guichet/piece"
)

// Document is a file that was found in a folder or in an archive.
type Document struct {
	Chemin  string // how to show it, with the folder or the archive
	Relatif string // in that folder or archive
	Taille  int64
	Archive bool // it will be deposited under the name that it has
	Ouvrir  func() (io.ReadCloser, error)
}

// Limites bound documents and the archives that they come in.
type Limites struct {
	Documents piece.Limites
	Archives  archive.Limites
}

// Produire bounds what we make, Accepter what we are given.
var (
	Produire = Limites{piece.Produire, archive.Produire}
	Accepter = Limites{piece.Accepter, archive.Accepter}
)

// Lot is all that was found.
type Lot struct {
	Limites   Limites
	Documents []Document
	refus     []refus
}

// refus is an archive that was not opened.
type refus struct {
	nom   string
	faute *archive.Faute
}

// maxDocuments bounds a Lot: a file names at most 400 documents.
const maxDocuments = 10_000

// AjouterDossier adds the files of a folder and of those in it. Hidden files and what systems leave behind
// are passed over, and so are JSON files, CSV files and archives: they often live beside the documents.
func (l *Lot) AjouterDossier(ctx context.Context, nom string, dossier fs.FS) error {
	return fs.WalkDir(dossier, ".", func(p string, d fs.DirEntry, err error) error {
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			return &ErreurLecture{path.Join(nom, p), err}
		case p == ".":
			return nil
		case strings.HasPrefix(d.Name(), ".") && d.IsDir():
			return fs.SkipDir
		case d.IsDir() || passe(d.Name()):
			return nil
		}
		return l.ajouterFichier(nom, dossier, p)
	})
}

func passe(nom string) bool {
	switch strings.ToLower(path.Ext(nom)) {
	case ".json", ".csv", ".zip":
		return true
	}
	switch strings.ToLower(nom) {
	case "thumbs.db", "desktop.ini":
		return true
	}
	return strings.HasPrefix(nom, ".")
}

func (l *Lot) ajouterFichier(nom string, dossier fs.FS, p string) error {
	info, err := fs.Stat(dossier, p) // of what a link leads to
	switch {
	case err != nil:
		return &ErreurLecture{path.Join(nom, p), err}
	case !info.Mode().IsRegular():
		return nil
	}
	return l.ajouter(Document{
		Chemin: path.Join(nom, p), Relatif: p, Taille: info.Size(),
		Ouvrir: func() (io.ReadCloser, error) { return dossier.Open(p) },
	})
}

func (l *Lot) ajouter(d Document) error {
	if len(l.Documents) == maxDocuments {
		return fmt.Errorf("%s: %w", d.Chemin, ErrTropDeFichiers)
	}
	l.Documents = append(l.Documents, d)
	return nil
}

// AjouterArchive adds the files of an archive. One that is not fit to be opened is no error: the comparison
// reports it. The archive is read when its documents are.
func (l *Lot) AjouterArchive(nom string, r io.ReaderAt, taille int64) error {
	a, err := archive.Ouvrir(r, taille, l.Limites.Archives)
	var f *archive.Faute
	if errors.As(err, &f) {
		l.refus = append(l.refus, refus{nom, f})
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the archive: %w", err)
	}
	for i := range a.Entrees {
		e := &a.Entrees[i]
		err := l.ajouter(Document{Chemin: nom + "/" + e.Nom, Relatif: e.Nom, Taille: e.Taille, Archive: true, Ouvrir: e.Ouvrir})
		if err != nil {
			return err
		}
	}
	return nil
}
