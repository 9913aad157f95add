package fichier

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"
)

// Balayer removes the files that nothing refers to, when they are older than avant: a younger one may be about to be
// referred to. What is left of receptions that were cut short, by a kill for one, is removed however young. It returns
// how many it removed.
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
		if ctx.Err() != nil {
			break
		}
		fait := false
		if dossier == enCours {
			fait, err = m.balayerRecu(f, avant)
		} else if plusVieux(f, avant) {
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

// plusVieux tells whether a file is there and older than avant.
func plusVieux(f os.DirEntry, avant time.Time) bool {
	info, err := f.Info()
	return err == nil && info.ModTime().Before(avant)
}

// balayerRecu removes what nobody receives any more: what has a name that could not be held, when it is old.
func (m *Magasin) balayerRecu(f os.DirEntry, avant time.Time) (fait bool, err error) {
	if empreinte(f.Name()) {
		t := &tenue{verrous: m.verrous}
		defer t.rendre()
		if err := t.seul(f.Name()); err != nil {
			return false, err
		}
	} else if !plusVieux(f, avant) {
		return false, nil
	}
	return true, retirer(filepath.Join(m.racine, enCours, f.Name()))
}
