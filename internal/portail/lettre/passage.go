package lettre

import "context"

// passage is what the letters of one transaction are made of, once it was read: a batch writes many.
type passage map[string]any

type clePassage struct{}

// Passage has what letters are made of read once for all that is done with the context that it gives: in one transaction, by one goroutine.
func (s *Service) Passage(ctx context.Context) context.Context {
	return context.WithValue(ctx, clePassage{}, passage{})
}

// uneFois reads something, or gives what was read of it in this passage.
func uneFois[T any](ctx context.Context, quoi string, lire func() (T, error)) (T, error) {
	p, _ := ctx.Value(clePassage{}).(passage)
	if v, ok := p[quoi].(T); ok {
		return v, nil
	}
	v, err := lire()
	if err == nil && p != nil {
		p[quoi] = v
	}
	return v, err
}
