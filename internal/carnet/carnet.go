// Package carnet is the ledger of the supplier's desk, a SQLite file beside the project file: which
// numeroEditeur were given, in which files, for which orders and ESMS, and what the portal said of them.
//
// One run at a time writes; others may read meanwhile. A set of files made together is a [Lot]: after a kill
// at any instant, either all its files are in their places and its demandes recorded, or nothing of it is left.
package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"time"

	_ "modernc.org/sqlite" // the driver
)

// Nom is the name of the ledger in the folder of a project.
const Nom = "guichet.db"

// Carnet is an open ledger. It may be used by several goroutines.
type Carnet struct {
	chemin     string // absolute
	maintenant func() time.Time
	db         *sql.DB
	verrou     *sql.DB // nil when reading only
	lot        *Lot    // the one that is not decided
	etape      func(nom string)
}

// Ouvrir opens a ledger for writing, and makes it where there is none. It first finishes the lot that a run
// left interrupted, or takes it back. Errors: [*ErreurOccupe] when another run writes, [*ErreurAbime] and
// [*ErreurVersion] when the file is none of ours, [*ErreurPlace] when a file of the interrupted lot cannot take
// its place. None of them changes anything.
func Ouvrir(ctx context.Context, chemin string, maintenant func() time.Time) (*Carnet, error) {
	return ouvrir(ctx, chemin, maintenant, nil)
}

func ouvrir(ctx context.Context, chemin string, maintenant func() time.Time, etape func(string)) (*Carnet, error) {
	absolu, err := filepath.Abs(chemin)
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	c := &Carnet{chemin: absolu, maintenant: maintenant, etape: etape}
	for _, pas := range []func(context.Context) error{c.entete, c.verrouiller, c.brancher, c.migrer, c.reprendre} {
		if err := pas(ctx); err != nil {
			return nil, errors.Join(c.diagnostic(err), c.Close())
		}
	}
	return c, nil
}

// Consulter opens a ledger for reading, also while another run writes it. The error is [fs.ErrNotExist] when
// there is none, or none yet.
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
	for _, mode := range c.lectures() {
		if c.db, err = c.connecter(absolu, mode, "busy_timeout(5000)", "query_only(true)"); err == nil {
			err = c.lisible(ctx)
		}
		if err == nil {
			return c, nil
		}
		err = errors.Join(c.diagnostic(err), c.Close())
	}
	return nil, err
}

// lectures are the ways to read, in the order to try them. Where not even the index of the log may be
// written, a ledger that nobody writes is read as a file that does not change.
func (c *Carnet) lectures() []url.Values {
	modes := []url.Values{{"mode": {"ro"}}}
	if journal, err := os.Stat(c.chemin + "-wal"); err != nil || journal.Size() == 0 {
		modes = append(modes, url.Values{"mode": {"ro"}, "immutable": {"1"}})
	}
	return modes
}

// Close lets go of the ledger. A lot that is not decided is taken back at the next opening.
func (c *Carnet) Close() error {
	var errs []error
	if c.lot != nil {
		_ = c.lot.synchros.attendre()
		_ = c.lot.tx.Rollback()
		c.lot.fermer()
	}
	for _, db := range []*sql.DB{c.db, c.verrou} { // the lock last
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	return errors.Join(errs...)
}

// connecter opens a database file. Pragmas are those of each connection; none changes the file.
func (c *Carnet) connecter(chemin string, parametres url.Values, pragmas ...string) (*sql.DB, error) {
	parametres["_pragma"] = pragmas
	chemin = filepath.ToSlash(chemin)
	if chemin[0] != '/' { // C:/…
		chemin = "/" + chemin
	}
	adresse := url.URL{Scheme: "file", Path: chemin, RawQuery: parametres.Encode()}
	db, err := sql.Open("sqlite", adresse.String())
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", chemin, err)
	}
	return db, nil
}

func (c *Carnet) brancher(context.Context) (err error) {
	c.db, err = c.connecter(c.chemin, url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}},
		"busy_timeout(5000)", "synchronous(FULL)", "foreign_keys(true)", "cache_size(-16000)")
	return err
}

// verrouiller keeps other runs from writing. The lock is that of a database of its own, always empty: SQLite
// has it work on every system, and a kill releases it.
func (c *Carnet) verrouiller(ctx context.Context) (err error) {
	c.verrou, err = c.connecter(c.chemin+"-verrou", url.Values{"mode": {"rwc"}}, "busy_timeout(0)", "journal_mode(memory)")
	if err != nil {
		return err
	}
	c.verrou.SetMaxOpenConns(1)
	c.verrou.SetConnMaxIdleTime(0)
	_, err = c.verrou.ExecContext(context.WithoutCancel(ctx), "BEGIN EXCLUSIVE")
	switch {
	case estCode(err, codeOccupe):
		return &ErreurOccupe{Chemin: c.chemin}
	case err != nil:
		return fmt.Errorf("lock the ledger: %w", err)
	}
	return nil
}

// passe tells tests how far a lot is.
func (c *Carnet) passe(nom string) {
	if c.etape != nil {
		c.etape(nom)
	}
}

func (c *Carnet) instant() int64 { return c.maintenant().UnixMicro() }

// relatif writes a folder so that a project that is moved with its files keeps its ledger.
func (c *Carnet) relatif(dossier string) (string, error) {
	absolu, err := filepath.Abs(dossier)
	if err != nil {
		return "", fmt.Errorf("place the folder: %w", err)
	}
	if relatif, err := filepath.Rel(filepath.Dir(c.chemin), absolu); err == nil && filepath.IsLocal(relatif) {
		return filepath.ToSlash(relatif), nil
	}
	return absolu, nil
}

func (c *Carnet) absolu(dossier string) string {
	if filepath.IsAbs(dossier) {
		return dossier
	}
	return filepath.Join(filepath.Dir(c.chemin), filepath.FromSlash(dossier))
}

func absent(err error) bool { return errors.Is(err, fs.ErrNotExist) }
