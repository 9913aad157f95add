package instruction

import "context"

// ListerIncompletes is the list of demandes that lack documents.
func (s *Service) ListerIncompletes(ctx context.Context, fournisseur int64, apres *Place, n int) (*Part, error) {
	return s.listerIncompletes(ctx, fournisseur, apres, n)
}

// CompterIncompletes counts them.
func (s *Service) CompterIncompletes(ctx context.Context) (int, error) {
	return s.compterIncompletes(ctx)
}
