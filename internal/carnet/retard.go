package carnet

import (
	"context"
	"fmt"
	"path/filepath"
)

// EnRetard tells whether a ledger knows fewer numbers than were given in its folder: [*ErreurAncien]. To vouch for it
// would have numbers given twice. It writes nothing.
func EnRetard(ctx context.Context, chemin string) (err error) {
	c := &Carnet{confiance: true}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return fmt.Errorf("read the ledger: %w", err)
	}
	defer c.expliquer(&err, faireLire)
	defer func() { _ = c.Close() }() // only read
	for _, pas := range []func(context.Context) error{c.localiser, c.attester, c.feuilleter} {
		if err := pas(ctx); err != nil {
			return err
		}
	}
	if c.ne || c.temoin == nil {
		return nil
	}
	numeros, err := c.compter(ctx)
	if err == nil && numeros < c.temoin.Numeros {
		err = &ErreurAncien{Chemin: c.chemin, Numeros: numeros, Attendus: c.temoin.Numeros}
	}
	return err
}
