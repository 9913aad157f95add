package carnet

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"guichet/internal/durable"
)

// EssayerCompleter opens a copy of a ledger, in a folder of its own, to be completed as [Completer] would: the ledger and what
// lies beside it stay as they are. It refuses what Completer would refuse. The copy goes with finir.
func EssayerCompleter(ctx context.Context, chemin string, maintenant func() time.Time) (c *Carnet, finir func() error, err error) {
	source := &Carnet{}
	if source.chemin, err = filepath.Abs(chemin); err != nil {
		return nil, nil, fmt.Errorf("copy the ledger: %w", err)
	}
	defer source.expliquer(&err, faireLire)
	if err := source.localiser(ctx); err != nil {
		return nil, nil, err
	}
	dossier, err := os.MkdirTemp("", "guichet-essai-")
	if err != nil {
		return nil, nil, err
	}
	copie := filepath.Join(dossier, Nom)
	if err = source.imiter(ctx, copie); err == nil {
		c, err = Completer(ctx, copie, maintenant)
	}
	if ailleurs := (*ErreurCopie)(nil); errors.As(err, &ailleurs) {
		ailleurs.Chemin = source.chemin // not of the rehearsal
	}
	if err != nil {
		return nil, nil, errors.Join(err, os.RemoveAll(dossier))
	}
	return c, func() error { return errors.Join(c.Close(), os.RemoveAll(dossier)) }, nil
}

// imiter copies the ledger, if there is one, and what its temoin knows of numbers.
func (c *Carnet) imiter(ctx context.Context, copie string) error {
	t := c.lireTemoin()
	if rempli(c.chemin) {
		var abime *ErreurAbime
		if _, err := copier(ctx, c.chemin, copie); err != nil && !errors.As(err, &abime) { // a damaged one is set aside
			return err
		}
	}
	if t == nil {
		return nil
	}
	t.Ecrit, t.Octets = nil, nil  // of the copy, nobody has said anything yet
	if t.Dossier == c.dossier() { // else the ledger itself is a copy of another one
		t.Dossier = (&Carnet{chemin: copie}).dossier()
	}
	octets, err := json.MarshalIndent(t, "", "  ")
	if err != nil {
		return fmt.Errorf("copy the file beside the ledger: %w", err)
	}
	return durable.Ecrire(copie+"-temoin", append(octets, '\n'), 0o600)
}
