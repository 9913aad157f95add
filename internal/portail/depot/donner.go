package depot

import (
	"cmp"
	"errors"
	"io"
	"net/http"
	"strings"

	"guichet/controle"
	"guichet/internal/portail/web"
)

// document is a file to keep.
type document struct {
	nom    string
	octets []byte
	genre  string // "" for application/json
}

// donner answers with a file that is made of a deposit.
func (s *Service) donner(faire func(*http.Request, *Depot) (document, error)) web.Handler {
	return func(w http.ResponseWriter, r *http.Request) error {
		d, err := s.depotDe(r)
		if err != nil {
			return err
		}
		doc, err := faire(r, d)
		if err != nil {
			return err
		}
		web.Telechargement(w.Header(), cmp.Or(doc.genre, "application/json"), doc.nom)
		_, _ = w.Write(doc.octets) // who has gone does not read an error either
		return nil
	}
}

// original is the file as it was deposited.
func (s *Service) original(_ *http.Request, d *Depot) (doc document, err error) {
	f, err := s.Octets(d)
	if err != nil {
		return doc, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	octets, err := io.ReadAll(f)
	return document{nom: d.Nom, octets: octets}, err
}

// retourne is the returned file (§1.2, step 5).
func (s *Service) retourne(r *http.Request, d *Depot) (document, error) {
	octets, err := s.Retour(r.Context(), d)
	if errors.Is(err, controle.ErrSansRetour) {
		return document{}, web.Introuvable
	}
	return document{nom: strings.TrimSuffix(d.Nom, ".json") + "-retour.json", octets: octets}, err
}

// repare is the file with its sure repairs made.
func (s *Service) repare(r *http.Request, d *Depot) (document, error) {
	c, err := s.Corrige(r.Context(), d)
	if err == nil && len(c.Faites) == 0 {
		return document{}, web.Introuvable
	}
	return document{nom: strings.TrimSuffix(d.Nom, ".json") + "-repare.json", octets: c.Octets}, err
}
