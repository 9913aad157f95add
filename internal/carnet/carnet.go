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

	"guichet/internal/panne"
	"guichet/internal/partage"
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
	avant      int     // version of the file before this opening
	ne         bool    // the file was not there before
	confiance  bool    // the user vouches for the ledger
	reseau     bool    // and insists on a shared folder
	systeme    partage.Systeme
	incomplet  bool    // numbers may be missing: the temoin stays until they are known
	ecarte     string  // where the damaged one is that it stands for
	attendus   int     // numbers that the temoin knew of
	temoin     *temoin // nil for none
	occupe     *occupant
	change     bool // something else than a run of ours wrote the file
	etape      func(nom string)
}

// Ouvrir opens a ledger for writing, and makes it where there is none. It first finishes the lot that a run
// left interrupted, or takes it back. Errors: [*ErreurOccupe] when another run writes, [*ErreurAbime] and
// [*ErreurVersion] when the file is none of ours, [*ErreurReseau] where a lock may not hold, [*ErreurPerdu], [*ErreurCopie] and [*ErreurAncien] when it is not
// the one of this folder and of today, [*ErreurPlace] when a file of the interrupted lot cannot take its place.
// None of them changes anything.
func Ouvrir(ctx context.Context, chemin string, maintenant func() time.Time) (*Carnet, error) {
	return (&Carnet{maintenant: maintenant}).ouvrir(ctx, chemin)
}

// Adopter makes a ledger that the user vouches for the one of its folder. There must be one, unless reseau insists on
// a folder where locks may not hold: then it may begin there.
func Adopter(ctx context.Context, chemin string, reseau bool, maintenant func() time.Time) error {
	_, err := os.Stat(chemin)
	if err != nil && (!reseau || !absent(err)) {
		return expliquer(chemin, err, faireOuvrir)
	}
	c, err := (&Carnet{maintenant: maintenant, confiance: err == nil, reseau: reseau}).ouvrir(ctx, chemin)
	if err != nil {
		return err
	}
	return c.Close()
}

func (c *Carnet) ouvrir(ctx context.Context, chemin string) (*Carnet, error) {
	absolu, err := filepath.Abs(chemin)
	if err != nil {
		return nil, fmt.Errorf("open the ledger: %w", err)
	}
	c.chemin = absolu
	for _, pas := range []func(context.Context) error{c.entete, c.verrouiller, c.attester, c.ecarterJournal, c.brancher, c.identifier, c.reconnaitre, c.migrer, c.reprendre, c.balayer, c.occuper} {
		if err := pas(ctx); err != nil {
			_ = c.Close() // what was wrong before says it
			return nil, expliquer(c.chemin, err, faireOuvrir)
		}
	}
	return c, nil
}

// Close lets go of the ledger. A lot that is not decided is taken back at the next opening.
func (c *Carnet) Close() error {
	var errs []error
	if c.lot != nil {
		_, _ = c.lot.synchros.attendre(), c.lot.rendre()
		_ = c.lot.tx.Rollback()
		c.lot.fermer()
	}
	c.congedier()
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

// brancher opens the ledger. The copies that SQLite makes of pages, to take a failed statement back, stay in memory: in a
// file they were most of what a lot wrote.
func (c *Carnet) brancher(context.Context) (err error) {
	c.db, err = c.connecter(c.chemin, url.Values{"mode": {"rwc"}, "_txlock": {"immediate"}},
		"busy_timeout(10000)", "temp_store(MEMORY)", "synchronous(EXTRA)", "foreign_keys(true)", "cache_size(-16000)")
	return err
}

// verrouiller keeps other runs from writing. The lock is that of a database of its own, always empty: SQLite
// has it work on every system, and a kill releases it.
func (c *Carnet) verrouiller(ctx context.Context) (err error) {
	for _, pas := range []func(context.Context) error{c.localiser, c.inscriptible} {
		if err := pas(ctx); err != nil {
			return err
		}
	}
	c.verrou, err = c.connecter(c.chemin+"-verrou", url.Values{"mode": {"rwc"}}, "busy_timeout(0)", "journal_mode(memory)")
	if err != nil {
		return err
	}
	c.verrou.SetMaxOpenConns(1)
	c.verrou.SetConnMaxIdleTime(0)
	_, err = c.verrou.ExecContext(context.WithoutCancel(ctx), "BEGIN EXCLUSIVE")
	switch {
	case estCode(err, codeOccupe):
		return c.dejaPris()
	case err != nil:
		return fmt.Errorf("lock the ledger: %w", err)
	}
	return nil
}

// dejaPris says who writes, as far as that is known.
func (c *Carnet) dejaPris() error {
	e := &ErreurOccupe{Chemin: c.chemin}
	if t := c.lireTemoin(); t != nil && t.Ecrit != nil {
		e.Qui, e.Poste, e.Depuis = t.Ecrit.Qui, t.Ecrit.Poste, t.Ecrit.Depuis
	}
	return e
}

// inscriptible asks the system itself for the first file of a new ledger: its answer says more than SQLite's.
func (c *Carnet) inscriptible(context.Context) error {
	f, err := os.OpenFile(c.chemin+"-verrou", os.O_CREATE|os.O_EXCL|os.O_RDWR, 0o666)
	switch {
	case err == nil:
		return f.Close() // nobody can have locked it yet: closing it lets go of no lock
	case errors.Is(err, fs.ErrExist):
		return nil
	}
	dossier := filepath.Dir(c.chemin)
	if p, oui := panne.De(err); oui {
		return &ErreurSysteme{Chemin: dossier, Faire: faireDossier, Panne: p, err: err}
	}
	return fmt.Errorf("write to the folder %s: %w", dossier, err)
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
