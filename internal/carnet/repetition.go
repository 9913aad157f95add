package carnet

import (
	"context"
	"fmt"
	"net/url"
	"path/filepath"
)

// Eprouver tells for what a run that gives numbers would be refused: [*ErreurReseau], [*ErreurPerdu], [*ErreurCopie],
// [*ErreurAncien], [*ErreurFichiers]. It writes nothing. Without a folder, only the ledger is looked at.
func Eprouver(ctx context.Context, chemin string, i Intention) (err error) {
	c := &Carnet{}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return fmt.Errorf("read the ledger: %w", err)
	}
	defer c.expliquer(&err, faireLire)
	defer func() { _ = c.Close() }() // only read
	for _, pas := range []func(context.Context) error{c.localiser, c.attester, c.feuilleter, c.reconnaitre} {
		if err := pas(ctx); err != nil {
			return err
		}
	}
	if i.Dossier == "" {
		return nil
	}
	if err := c.depotsConnus(ctx, i); !absent(err) {
		return err
	}
	return nil
}

// feuilleter connects to the ledger for reading; to an empty one in memory where there is none.
func (c *Carnet) feuilleter(ctx context.Context) (err error) {
	if c.ne {
		if c.db, err = c.connecter(c.chemin, url.Values{"mode": {"memory"}}); err != nil {
			return err
		}
		c.db.SetMaxOpenConns(1) // each connection has its own
		return c.migrer(ctx)
	}
	if _, err := c.lire(ctx); err != nil {
		return err
	}
	i, err := c.identite(ctx)
	c.avant = i.version
	return err
}
