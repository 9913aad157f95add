package pieces

import (
	"context"

	"guichet/modele"
)

// Bilan is what a deposit expects of documents, and what has come. Demandes that are not open expect nothing: what was
// withdrawn, refused, or is being examined. All pages and mails count by it.
type Bilan struct {
	Attendues, Recues int // documents
	Ouvertes          int // demandes that take documents
}

// Manquent is how many documents are still expected.
func (b Bilan) Manquent() int { return b.Attendues - b.Recues }

// Bilan counts the documents of a deposit of a supplier.
func (s *Service) Bilan(ctx context.Context, fournisseur, depot int64) (Bilan, error) {
	toutes, err := s.Pieces(ctx, fournisseur, depot, -1)
	if err != nil {
		return Bilan{}, err
	}
	return s.compter(toutes), nil
}

func (s *Service) compter(toutes []Piece) (b Bilan) {
	ouvertes := map[int]bool{}
	for _, p := range toutes {
		if !s.Ouverte(p.EtatDepot) {
			continue
		}
		ouvertes[p.Rang] = true
		b.Attendues++
		if p.Etat == Recue {
			b.Recues++
		}
	}
	b.Ouvertes = len(ouvertes)
	return b
}

// limite tells by when the documents of a deposit are expected.
func (s *Service) limite(ctx context.Context, depot int64) (modele.Texte, error) {
	if s.Limite == nil {
		return modele.Texte{}, nil
	}
	return s.Limite(ctx, depot)
}

// manque tells whether a document is still expected.
func (s *Service) manque(p Piece) bool { return p.Etat != Recue && s.Ouverte(p.EtatDepot) }
