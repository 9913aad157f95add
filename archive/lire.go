package archive

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"
	"io/fs"
)

// Archive is an archive that has been found harmless.
type Archive struct {
	Entrees []Entree // the files, in the order of the directory; folders are left out
}

// Entree is one file of an archive.
type Entree struct {
	Nom    string // with its folders, as the archive gives it
	Taille int64  // unpacked, as declared; reading holds it to that
	zip    *zip.File
}

// Ouvrir checks an archive and lists its files. Nothing is unpacked. An error that is no *Faute is one of
// reading.
func Ouvrir(r io.ReaderAt, taille int64, l Limites) (*Archive, error) {
	if taille > l.MaxOctets {
		return nil, &Faute{Defaut: TropLourde, Nombre: taille}
	}
	fiches, debut, f := lireRepertoire(r, taille, l)
	if f == nil {
		f = verifier(r, fiches, debut, l)
	}
	if f != nil {
		return nil, f
	}
	z, err := zip.NewReader(r, taille)
	if err != nil {
		return nil, illisible(err.Error())
	}
	return lister(z, fiches)
}

// lister takes the entries that archive/zip sees, if they are those that were checked.
func lister(z *zip.Reader, fiches []fiche) (*Archive, error) {
	if len(z.File) != len(fiches) {
		return nil, illisible("another directory for another reader")
	}
	a := &Archive{}
	for i, e := range z.File {
		if e.Name != fiches[i].nom || int64(e.UncompressedSize64) != fiches[i].reel || int64(e.CompressedSize64) != fiches[i].comprime {
			return nil, &Faute{Defaut: TailleFausse, Entree: fiches[i].nom, Detail: "another size for another reader"}
		}
		if !fiches[i].dossier() {
			a.Entrees = append(a.Entrees, Entree{Nom: e.Name, Taille: fiches[i].reel, zip: e})
		}
	}
	return a, nil
}

// Ouvrir unpacks one file. Reading gives exactly the declared bytes with the declared checksum, else a
// *Faute at the end.
func (e *Entree) Ouvrir() (io.ReadCloser, error) {
	r, err := e.zip.Open()
	if err != nil {
		return nil, fmt.Errorf("open %s in the archive: %w", e.Nom, err)
	}
	return &lecture{ReadCloser: r, e: e}, nil
}

// lecture says what is wrong with an entry in our own words.
type lecture struct {
	io.ReadCloser
	e  *Entree
	lu int64
}

// Read reads on, and refuses an entry that is not as long as the archive said.
func (l *lecture) Read(p []byte) (int, error) {
	n, err := l.ReadCloser.Read(p)
	l.lu += int64(n)
	var system *fs.PathError
	switch {
	case err == nil, errors.Is(err, io.EOF), errors.As(err, &system):
		return n, err
	case errors.Is(err, zip.ErrFormat), errors.Is(err, io.ErrUnexpectedEOF):
		return n, &Faute{Defaut: TailleFausse, Entree: l.e.Nom, Nombre: l.e.Taille, Detail: err.Error()}
	}
	return n, &Faute{Defaut: Alteree, Entree: l.e.Nom, Detail: err.Error()}
}
