package carnet

import (
	"context"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"
)

// Consulter opens a ledger for reading, also while another run writes it. What a run left unfinished is first
// brought to its end, where nobody works on it and the folder can be written to. The error is [fs.ErrNotExist]
// when there is no ledger, or none yet.
func Consulter(ctx context.Context, chemin string) (*Carnet, error) {
	absolu, err := filepath.Abs(chemin)
	if err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	if _, err := os.Stat(absolu); err != nil {
		return nil, fmt.Errorf("read the ledger: %w", err)
	}
	c := &Carnet{chemin: absolu}
	if err := c.entete(ctx); err != nil {
		return nil, err
	}
	if c.journalEtranger() { // reading would already play it into the ledger
		c.terminer(ctx)
	}
	inacheve, err := c.lire(ctx)
	if inacheve && c.terminer(ctx) {
		_ = c.Close()
		c.db = nil
		_, err = c.lire(ctx)
	}
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// terminer has a writer's opening bring to its end what was left, and tells whether it could.
func (c *Carnet) terminer(ctx context.Context) bool {
	e, err := Ouvrir(ctx, c.chemin, time.Now)
	return err == nil && e.Close() == nil
}

// lire connects for reading, and tells whether something was left unfinished.
func (c *Carnet) lire(ctx context.Context) (inacheve bool, err error) {
	for _, mode := range c.lectures() {
		if c.db, err = c.connecter(c.chemin, mode, "busy_timeout(10000)", "query_only(true)"); err == nil {
			inacheve, err = c.lisible(ctx)
		}
		if err == nil || inacheve {
			return inacheve, err
		}
		err = c.diagnostic(err)
		_ = c.Close()
		c.db = nil
	}
	return false, err
}

// lectures are the ways to read, in the order to try them: as one who may mend what a kill left, as one who may
// not, and a file that nobody writes as one that does not change.
func (c *Carnet) lectures() []url.Values {
	modes := []url.Values{{"mode": {"rw"}}, {"mode": {"ro"}}, {"mode": {"ro"}, "immutable": {"1"}}}
	switch {
	case c.journalEtranger():
		return modes[2:]
	case rempli(c.chemin+"-wal") || rempli(c.chemin+"-journal"):
		return modes[:2]
	}
	return modes
}

// lisible tells whether the file can be read as it is, and whether a run left something unfinished in it.
func (c *Carnet) lisible(ctx context.Context) (inacheve bool, err error) {
	i, err := c.identite(ctx)
	switch {
	case err != nil:
		return false, err
	case i.tables == 0:
		return false, fmt.Errorf("read the ledger: %w", fs.ErrNotExist)
	case i.version < len(versions()):
		return true, &ErreurVersion{Chemin: c.chemin, Trouvee: i.version, Connue: len(versions())}
	}
	err = c.db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM lot WHERE etat <> 'fait')").Scan(&inacheve)
	return inacheve, err
}

// Expliquer gives what kept the ledger from being read its sentence, with its name.
func (c *Carnet) Expliquer(err error) error {
	if err == nil {
		return nil
	}
	return c.diagnostic(err)
}

func rempli(chemin string) bool {
	info, err := os.Stat(chemin)
	return err == nil && info.Size() > 0
}
