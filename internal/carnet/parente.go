package carnet

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"

	"guichet/modele"
)

// ErreurAilleurs says that a backup is that of another ledger than the present one.
type ErreurAilleurs struct{ Chemin, Carnet string }

func (e *ErreurAilleurs) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurAilleurs) Texte() modele.Texte {
	return modele.Texte{
		Fr: fmt.Sprintf("%s vient d'un autre dossier : c'est la sauvegarde d'un autre carnet que %s, rien n'est changé ; donnez une sauvegarde du carnet d'ici. Si le carnet d'ici a été refait depuis et que cette sauvegarde est bien la vôtre : guichet carnet nouveau le met de côté, puis guichet carnet restaurer", e.Chemin, e.Carnet),
		En: fmt.Sprintf("%s comes from another folder: it is the backup of another ledger than %s, nothing is changed; give a backup of the ledger here. If the ledger here was made again since and this backup is yours: guichet carnet nouveau sets it aside, then guichet carnet restaurer", e.Chemin, e.Carnet),
	}
}

// parente refuses a backup that has no lot in common with the present ledger: each lot has a random name. Where the
// ledger is gone, empty or damaged, nobody can tell, and the witness alone judges the backup.
func (c *Carnet) parente(ctx context.Context, sauvegarde string) error {
	ici, err := lots(ctx, c.chemin)
	if err != nil || len(ici) == 0 {
		return nil
	}
	la, err := lots(ctx, sauvegarde)
	if err != nil || len(la) == 0 {
		return err
	}
	if slices.ContainsFunc(la, func(lot string) bool { return slices.Contains(ici, lot) }) {
		return nil
	}
	return &ErreurAilleurs{Chemin: sauvegarde, Carnet: c.chemin}
}

// lots lists the names of the lots of a ledger.
func lots(ctx context.Context, chemin string) (noms []string, err error) {
	c := &Carnet{}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return nil, fmt.Errorf("place the backup: %w", err)
	}
	if _, err := c.lire(ctx); err != nil && c.db == nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	return lire(ctx, c.db, unTexte, "SELECT temporaire FROM lot")
}
