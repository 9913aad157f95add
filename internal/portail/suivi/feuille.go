package suivi

import (
	"context"

	"guichet/internal/portail/compte"
)

// Feuille is what a demande says, for the agency's sheet.
type Feuille struct {
	Demande    *Demande
	Groupes    []Groupe
	Illisible  bool // the kept file cannot be read
	Montants   Montants
	Historique []Evenement // all of it
	Fils       []Fil
}

// Feuille reads a demande for the agency.
func (s *Service) Feuille(ctx context.Context, i compte.Identite, c Cle) (*Feuille, error) {
	d, err := s.Demande(ctx, 0, c)
	if err != nil {
		return nil, err
	}
	f := &Feuille{Demande: d}
	lu, err := s.lire(d)
	if f.Illisible = err != nil; !f.Illisible {
		f.Groupes = lu.groupes()
	}
	f.Montants = s.montants(ctx, d, lu)
	if f.Historique, err = s.HistoriqueEntier(ctx, d); err != nil {
		return nil, err
	}
	f.Fils, err = s.FilsDe(ctx, i, d)
	return f, err
}
