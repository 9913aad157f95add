package depot

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"

	"guichet/controle"
	"guichet/internal/portail/web"
)

// document is a file to keep.
type document struct {
	nom, genre string
	corps      io.ReadCloser
}

const genreJSON = "application/json"

// trouveur finds the deposit, or the control, that an address names.
type trouveur func(*http.Request) (*Depot, error)

// donner answers with a file that is made of a deposit. It is made before it is given, and given from the disk: who
// reads slowly holds neither a place nor memory.
func (s *Service) donner(trouver trouveur, faire func(*http.Request, *Depot) (document, error)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) (err error) {
		d, err := trouver(r)
		if err != nil {
			return err
		}
		doc, err := faire(r, d)
		if err != nil {
			return err
		}
		defer func() { err = errors.Join(err, doc.corps.Close()) }()
		web.Telechargement(w.Header(), doc.genre, doc.nom)
		return web.Donner(w, doc.corps)
	}
}

// tampon is a file that is there for as long as it is read.
type tampon struct{ *os.File }

func (t tampon) Close() error { return errors.Join(t.File.Close(), os.Remove(t.Name())) }

// tamponner has something written, to be read from its beginning.
func tamponner(ecrire func(w io.Writer) error) (corps io.ReadCloser, err error) {
	f, err := os.CreateTemp("", "guichet-document-")
	if err != nil {
		return nil, err
	}
	t := tampon{f}
	if err = ecrire(f); err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return nil, errors.Join(err, t.Close())
	}
	return t, nil
}

// enDocument gives bytes that are in memory: few from there, many from the disk.
func enDocument(nom, genre string, octets []byte) (doc document, err error) {
	doc = document{nom: nom, genre: genre, corps: io.NopCloser(bytes.NewReader(octets))}
	if len(octets) > enMemoire {
		doc.corps, err = tamponner(func(w io.Writer) error {
			_, err := w.Write(octets)
			return err
		})
	}
	return doc, err
}

// original is the file as it was deposited.
func (s *Service) original(_ *http.Request, d *Depot) (document, error) {
	f, err := s.Octets(d)
	return document{nom: d.Nom, genre: genreJSON, corps: f}, err
}

// retourne is the returned file (§1.2, step 5).
func (s *Service) retourne(r *http.Request, d *Depot) (document, error) {
	octets, err := s.Retour(r.Context(), d)
	if errors.Is(err, controle.ErrSansRetour) {
		return document{}, web.Introuvable
	}
	if err != nil {
		return document{}, err
	}
	return enDocument(strings.TrimSuffix(d.Nom, ".json")+"-retour.json", genreJSON, octets)
}

// repare is the file with its sure repairs made.
func (s *Service) repare(r *http.Request, d *Depot) (document, error) {
	c, err := s.Corrige(r.Context(), d)
	if err != nil {
		return document{}, err
	}
	if len(c.Faites) == 0 {
		return document{}, web.Introuvable
	}
	return enDocument(strings.TrimSuffix(d.Nom, ".json")+"-repare.json", genreJSON, c.Octets)
}
