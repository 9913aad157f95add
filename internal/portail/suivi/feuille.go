package suivi

import (
	"context"
	"fmt"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
)

// Feuille is what a demande says, for the agency's sheet.
type Feuille struct {
	Demande     *Demande
	Groupes     []Groupe
	Ouvrables   []Ouvrable // tags that may be opened for correction
	Corrections []Correction
	Illisible   bool // the kept file cannot be read
	Montants    Montants
	Historique  []Evenement // all of it
	Fils        []Fil
}

// Octets are the bytes of a demande as it stands: as it was deposited, with what was corrected.
func (s *Service) Octets(ctx context.Context, c Cle) ([]byte, error) {
	d, err := s.Demande(ctx, 0, c)
	if err != nil {
		return nil, err
	}
	corrections, err := s.corrections(ctx, s.Base.Lire(), c)
	if err != nil {
		return nil, err
	}
	lu, err := s.lire(d, corrections)
	if err != nil {
		return nil, err
	}
	return lu.doc.Raw(0), nil
}

// Corrigees are the bytes of the demandes of a deposit that were corrected, as they stand, by rank.
func (s *Service) Corrigees(ctx context.Context, depot int64) (map[int][]byte, error) {
	rangs, err := db.Lignes(ctx, s.Base.Lire(), func(l db.Ligne, r *int) error { return l.Scan(r) }, `SELECT DISTINCT rang FROM correction WHERE depot_id = $1`, depot)
	if err != nil {
		return nil, fmt.Errorf("read which demandes were corrected: %w", err)
	}
	corrigees := map[int][]byte{}
	for _, r := range rangs {
		if corrigees[r], err = s.Octets(ctx, Cle{Depot: depot, Rang: r}); err != nil {
			return nil, err
		}
	}
	return corrigees, nil
}

// Dehors is what a demande says as it stands, to somebody outside: without how to reach people, and what names their cards. It is nil where
// its file cannot be read for the moment.
func (s *Service) Dehors(ctx context.Context, c Cle) ([]Groupe, error) {
	d, err := s.Demande(ctx, 0, c)
	if err != nil {
		return nil, err
	}
	corrections, err := s.corrections(ctx, s.Base.Lire(), c)
	if err != nil {
		return nil, err
	}
	lu, err := s.lire(d, corrections)
	if err != nil {
		return nil, nil //nolint:nilerr // as the sheet does: the rest is shown
	}
	lu.dehors = true
	return lu.groupes(), nil
}

// Feuille reads a demande for the agency.
func (s *Service) Feuille(ctx context.Context, i compte.Identite, c Cle) (*Feuille, error) {
	d, err := s.Demande(ctx, 0, c)
	if err != nil {
		return nil, err
	}
	f := &Feuille{Demande: d}
	if f.Corrections, err = s.corrections(ctx, s.Base.Lire(), c); err != nil {
		return nil, err
	}
	lu, err := s.lire(d, f.Corrections)
	if f.Illisible = err != nil; !f.Illisible {
		f.Groupes, f.Ouvrables = lu.groupes(), lu.ouvrables()
		lier(f.Ouvrables)
	}
	f.Montants = s.montants(ctx, d, lu)
	if f.Historique, err = s.HistoriqueEntier(ctx, d); err != nil {
		return nil, err
	}
	f.Fils, err = s.FilsDe(ctx, i, d)
	return f, err
}
