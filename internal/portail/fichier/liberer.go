package fichier

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"time"
)

// Liberer removes one file at once when nothing refers to it any more. ErrTenu when somebody is about to.
func (m *Magasin) Liberer(ctx context.Context, sha string, reference func(ctx context.Context, sha string) (bool, error)) error {
	_, err := m.liberer(ctx, sha, reference, time.Time{})
	return err
}

// liberer removes a file that nothing refers to, and that is older than avant where that is set. Nobody gives it or refers
// to it meanwhile.
func (m *Magasin) liberer(ctx context.Context, sha string, reference func(ctx context.Context, sha string) (bool, error), avant time.Time) (fait bool, err error) {
	if !empreinte(sha) {
		return false, nil
	}
	t := &tenue{verrous: m.verrous}
	defer t.rendre()
	if err := t.seul(sha); err != nil {
		return false, err
	}
	info, err := os.Stat(m.chemin(sha))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("free a kept file: %w", err)
	case !avant.IsZero() && !info.ModTime().Before(avant):
		return false, nil
	}
	if garde, err := reference(ctx, sha); garde || err != nil {
		return false, err
	}
	return true, retirer(m.chemin(sha))
}
