package fichier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Balayer removes the files that nothing refers to, and what is left of receptions that were cut short, when
// they are older than avant: a younger one may be about to be referred to. It returns how many it removed.
func (m *Magasin) Balayer(ctx context.Context, reference func(ctx context.Context, sha string) (bool, error), avant time.Time) (n int, err error) {
	dossiers, err := os.ReadDir(m.racine)
	if err != nil {
		return 0, fmt.Errorf("sweep the kept files: %w", err)
	}
	for _, d := range dossiers {
		retires, err := m.balayer(ctx, d.Name(), reference, avant)
		n += retires
		if err != nil {
			return n, fmt.Errorf("sweep the kept files: %w", err)
		}
	}
	return n, nil
}

func (m *Magasin) balayer(ctx context.Context, dossier string, reference func(context.Context, string) (bool, error), avant time.Time) (n int, err error) {
	fichiers, err := os.ReadDir(filepath.Join(m.racine, dossier))
	if err != nil {
		return 0, err
	}
	for _, f := range fichiers {
		info, err := f.Info()
		if ctx.Err() != nil || err != nil || !info.ModTime().Before(avant) {
			continue // gone meanwhile, or too young
		}
		fait := true
		if dossier == enCours {
			err = retirer(filepath.Join(m.racine, dossier, f.Name()))
		} else {
			fait, err = m.liberer(ctx, f.Name(), reference, avant)
		}
		switch {
		case errors.Is(err, ErrTenu): // the next sweep sees it again
		case err != nil:
			return n, err
		case fait:
			n++
		}
	}
	return n, ctx.Err()
}
