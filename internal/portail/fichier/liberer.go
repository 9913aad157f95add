package fichier

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Liberer removes one file at once when nothing refers to it any more. A file that was given again since avant stays, for the
// sweep: somebody may be about to refer to it.
func (m *Magasin) Liberer(ctx context.Context, sha string, reference func(ctx context.Context, sha string) (bool, error), avant time.Time) error {
	if !empreinte(sha) {
		return nil
	}
	info, err := os.Stat(m.chemin(sha))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fmt.Errorf("free a kept file: %w", err)
	case !info.ModTime().Before(avant):
		return nil
	}
	if garde, err := reference(ctx, sha); garde || err != nil {
		return err
	}
	return retirer(m.chemin(sha))
}
