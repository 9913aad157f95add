package depot

import (
	"context"
	"errors"
	"io"
	"os"

	"guichet/controle"
	"guichet/internal/portail/db"
	"guichet/internal/portail/tour"
	"guichet/internal/portail/web"
	"guichet/jsondoc"
)

// place is where one file is controlled: there are few, so that memory is bounded however many people deposit.
type place struct {
	c      *controle.Controleur
	octets []byte // the file at hand
	rendre func() // lets the next in turn have it
}

// limites bound what one file may cost: 32 Mo of nodes, several times what 200 large demandes need.
func limites() jsondoc.Limits {
	return jsondoc.Limits{MaxBytes: MaxOctets, MaxValues: 2 << 20}
}

// maxRepos is the largest buffer, in bytes, that a place keeps for the next file.
const maxRepos = 2 << 20

// How many files come in at once, each of them with at most enMemoire bytes in memory, and how many of one supplier wait.
const (
	maxReceptions = 512
	maxAttentes   = 64
)

// ouvrirPlaces has suppliers take turns. Large files have half of the processors, and no supplier has all places: who comes
// with a small file while others send twenty large ones is answered at once.
func (s *Service) ouvrirPlaces() {
	n := 2 * s.processeurs
	s.tours = tour.Nouvelle[int64](tour.Bornes{Places: n, Lourdes: max(1, n/4), ParPersonne: n - 1, Attentes: maxAttentes})
	s.receptions = tour.Nouvelle[int64](tour.Bornes{Places: maxReceptions, ParPersonne: maxReceptions / 32, Attentes: maxAttentes})
	s.places = make(chan *place, n)
	for range n {
		s.places <- &place{c: controle.Preparer(s.modele, limites())}
	}
}

// prendrePlace waits for a supplier's turn to have a place for a file of so many bytes, which rendre gives back. Who
// holds it may read the database, and writes nothing.
func (s *Service) prendrePlace(ctx context.Context, fournisseur, taille int64) (*place, error) {
	if err := db.SansAttente(ctx); err != nil {
		return nil, err
	}
	rendre, err := attendre(ctx, s.tours, fournisseur, taille > enMemoire)
	if err != nil {
		return nil, err
	}
	p := <-s.places // there are as many as turns
	p.rendre = rendre
	return p, nil
}

// attendre waits for a supplier's turn; who waits for too many is told to come back.
func attendre(ctx context.Context, f *tour.File[int64], fournisseur int64, lourd bool) (rendre func(), err error) {
	rendre, err = f.Prendre(ctx, fournisseur, lourd)
	if errors.Is(err, tour.ErrTrop) {
		return nil, web.TropVite(5)
	}
	return rendre, err
}

// avecPlace runs f with a place that holds the bytes of a file.
func (s *Service) avecPlace(ctx context.Context, fournisseur int64, f *os.File, taille int64, faire func(p *place) error) error {
	p, err := s.prendrePlace(ctx, fournisseur, taille)
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
	rendre := p.rendre
	if cap(p.octets) > maxRepos {
		p.octets, p.c = nil, controle.Preparer(s.modele, limites())
	}
	s.places <- p
	rendre()
}

// avecFichier runs f with a place that holds the file of a deposit, or of a control.
func (s *Service) avecFichier(ctx context.Context, d *Depot, faire func(p *place) error) (err error) {
	if d.Controle() {
		if octets := s.brouillons.EnMemoire(d.jeton); octets != nil {
			return s.avecOctets(ctx, d.Fournisseur, octets, faire)
		}
	}
	f, err := s.Octets(d)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return s.avecPlace(ctx, d.Fournisseur, f, d.Taille, faire)
}

// avecOctets runs f with a place that holds these bytes, for that long.
func (s *Service) avecOctets(ctx context.Context, fournisseur int64, octets []byte, faire func(p *place) error) error {
	p, err := s.prendrePlace(ctx, fournisseur, int64(len(octets)))
	if err != nil {
		return err
	}
	siens := p.octets
	defer func() {
		p.octets = siens
		s.rendre(p)
	}()
	p.octets = octets
	return faire(p)
}
