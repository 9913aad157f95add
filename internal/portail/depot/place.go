package depot

import (
	"context"
	"errors"
	"io"
	"os"
	"runtime"

	"guichet/controle"
	"guichet/internal/portail/db"
	"guichet/jsondoc"
)

// place is where one file is controlled: there are few, so that memory is bounded however many people deposit.
type place struct {
	c      *controle.Controleur
	octets []byte // the file at hand
}

// limites bound what one file may cost: 32 Mo of nodes, several times what 200 large demandes need.
func limites() jsondoc.Limits {
	return jsondoc.Limits{MaxBytes: MaxOctets, MaxValues: 2 << 20}
}

// maxRepos is the largest buffer, in bytes, that a place keeps for the next file.
const maxRepos = 2 << 20

func (s *Service) ouvrirPlaces() {
	n := 2 * runtime.GOMAXPROCS(0)
	s.places = make(chan *place, n)
	for range n {
		s.places <- &place{c: controle.Preparer(s.modele, limites())}
	}
}

// prendrePlace waits for a place, which rendre gives back. Who holds it may read the database, and writes nothing.
func (s *Service) prendrePlace(ctx context.Context) (*place, error) {
	if err := db.SansAttente(ctx); err != nil {
		return nil, err
	}
	select {
	case p := <-s.places:
		return p, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

// avecPlace runs f with a place that holds the bytes of a file.
func (s *Service) avecPlace(ctx context.Context, f *os.File, taille int64, faire func(p *place) error) error {
	p, err := s.prendrePlace(ctx)
	if err != nil {
		return err
	}
	defer s.rendre(p)
	if int64(cap(p.octets)) < taille {
		p.octets = make([]byte, taille)
	}
	p.octets = p.octets[:taille]
	if _, err := io.ReadFull(io.NewSectionReader(f, 0, taille), p.octets); err != nil {
		return err
	}
	return faire(p)
}

func (s *Service) rendre(p *place) {
	if cap(p.octets) > maxRepos {
		p.octets, p.c = nil, controle.Preparer(s.modele, limites())
	}
	s.places <- p
}

// avecGarde runs f with a place that holds a kept file.
func (s *Service) avecGarde(ctx context.Context, sha string, faire func(p *place) error) (err error) {
	f, err := s.fichiers.Lire(sha)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return s.avecPlace(ctx, f, info.Size(), faire)
}
