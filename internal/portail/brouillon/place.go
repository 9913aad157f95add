package brouillon

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// garde is a draft in a folder.
type garde struct {
	nom string // of its bytes
	Brouillon
}

// lister lists the drafts of a folder, the oldest first.
func lister(dossier string) (gardes []garde, err error) {
	fichiers, err := os.ReadDir(dossier)
	if err != nil {
		return nil, err
	}
	for _, f := range fichiers {
		nom, decrit := strings.CutSuffix(filepath.Join(dossier, f.Name()), fiche)
		if !decrit {
			continue
		}
		b, err := lireFiche(nom + fiche)
		if err != nil && !errors.Is(err, ErrPasse) && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		b.Jeton = filepath.Base(nom)
		gardes = append(gardes, garde{nom, b}) // one that cannot be read is the oldest
	}
	slices.SortFunc(gardes, func(a, b garde) int { return parAge(a.Brouillon, b.Brouillon) })
	return gardes, nil
}

// retirer removes a draft: what describes it first, so that nobody finds it halved.
func (g garde) retirer() error {
	for _, nom := range []string{g.nom + fiche, g.nom} {
		if err := os.Remove(nom); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}

// Balayer removes the drafts that have had their time, and what is left of those that never came in whole.
func (m *Magasin) Balayer(ctx context.Context) error {
	dossiers, err := os.ReadDir(m.racine)
	for _, d := range dossiers {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		err = errors.Join(err, m.balayer(filepath.Join(m.racine, d.Name())))
	}
	m.rayerPasses()
	m.recents.vider()
	if err != nil {
		return fmt.Errorf("sweep the drafts: %w", err)
	}
	return nil
}

func (m *Magasin) balayer(dossier string) error {
	gardes, err := lister(dossier)
	if err != nil {
		return err
	}
	for _, g := range gardes {
		if m.passe(g.Brouillon) {
			err = errors.Join(err, g.retirer())
		}
	}
	return errors.Join(err, m.balayerCoupes(dossier))
}

// balayerCoupes removes the bytes that nothing describes: who sent them has been gone for long, by the clock of files.
func (m *Magasin) balayerCoupes(dossier string) error {
	fichiers, err := os.ReadDir(dossier)
	for _, f := range fichiers {
		nom := filepath.Join(dossier, f.Name())
		info, e := f.Info()
		if e != nil || strings.HasSuffix(nom, fiche) || time.Since(info.ModTime()) < m.bornes.Duree {
			continue
		}
		if _, e := os.Stat(nom + fiche); errors.Is(e, fs.ErrNotExist) {
			err = errors.Join(err, os.Remove(nom))
		}
	}
	return err
}
