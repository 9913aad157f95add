package db

import "context"

// MigrerJusque brings the schema to an earlier step.
func (b *Base) MigrerJusque(ctx context.Context, etape int64) error {
	p, err := b.migrations()
	if err == nil {
		_, err = p.UpTo(ctx, etape)
	}
	return err
}
