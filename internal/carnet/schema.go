package carnet

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io"
	"os"
)

// migrations take the file from each version to the next one; they are never changed once released.
//
//go:embed migrations/*.sql
var migrations embed.FS

// application marks the file as a ledger of ours: "GUIC", at the place that SQLite has for it.
const application = 0x47554943

const enteteSQLite = "SQLite format 3\x00"

// entete refuses a file that is no database, before SQLite touches it.
func (c *Carnet) entete(context.Context) error {
	f, err := os.Open(c.chemin)
	if absent(err) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("open the ledger: %w", err)
	}
	defer func() { _ = f.Close() }()
	debut := make([]byte, len(enteteSQLite))
	switch n, err := io.ReadFull(f, debut); {
	case err == io.EOF && n == 0: // made, and killed before the first page
		return nil
	case err == nil && string(debut) == enteteSQLite:
		return nil
	}
	return &ErreurAbime{Chemin: c.chemin}
}

// journalEtranger tells whether a write-ahead log lies beside a ledger that has none: SQLite would play it into a
// ledger that was put here since. Ours keep the log only while the file says so (version 1).
func (c *Carnet) journalEtranger() bool {
	f, err := os.Open(c.chemin)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	var formats [2]byte
	_, err = f.ReadAt(formats[:], 18)
	return err == nil && formats != [2]byte{2, 2} && rempli(c.chemin+"-wal")
}

// ecarterJournal sets such a log aside. It is kept: nobody knows what is in it.
func (c *Carnet) ecarterJournal(context.Context) error {
	if !c.journalEtranger() {
		return nil
	}
	if err := os.Rename(c.chemin+"-wal", c.chemin+"-wal-"+c.maintenant().UTC().Format("20060102-150405")); err != nil {
		return fmt.Errorf("set an old log aside: %w", err)
	}
	return nil
}

// identite is what the file says of itself.
type identite struct{ application, version, tables int }

func (c *Carnet) identite(ctx context.Context) (i identite, err error) {
	const question = `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_master)`
	if err := c.db.QueryRowContext(ctx, question).Scan(&i.application, &i.version, &i.tables); err != nil {
		return i, fmt.Errorf("read the ledger: %w", err)
	}
	if i.tables > 0 && i.application != application {
		return i, &ErreurAbime{Chemin: c.chemin}
	}
	if connue := len(versions()); i.version > connue {
		return i, &ErreurVersion{Chemin: c.chemin, Trouvee: i.version, Connue: connue}
	}
	return i, nil
}

// identifier refuses what is no ledger, a damaged one, and one of a newer version.
func (c *Carnet) identifier(ctx context.Context) error {
	i, err := c.identite(ctx)
	if err != nil {
		return err
	}
	c.avant = i.version
	return c.intact(ctx)
}

// migrer brings the file to the version of this program.
func (c *Carnet) migrer(ctx context.Context) error {
	if _, err := c.db.ExecContext(ctx, "PRAGMA journal_mode = delete"); err != nil {
		return fmt.Errorf("prepare the ledger: %w", err)
	}
	for version, nom := range versions() {
		if version < c.avant {
			continue
		}
		if err := c.entamer(); err != nil {
			return err
		}
		if err := c.migration(ctx, nom, version+1); err != nil {
			return fmt.Errorf("bring the ledger to version %d: %w", version+1, err)
		}
	}
	return nil
}

// entamer notes that the ledger has other bytes from now on: a kill before the run is noted as the one that writes leaves
// them so.
func (c *Carnet) entamer() error {
	if c.temoin == nil || c.temoin.Octets == nil {
		return nil
	}
	c.temoin.Octets = nil
	return c.ecrireTemoin()
}

// intact has SQLite walk through its pages: a damaged ledger is not written to.
func (c *Carnet) intact(ctx context.Context) error {
	var dit string
	if err := c.db.QueryRowContext(ctx, "PRAGMA quick_check(1)").Scan(&dit); err != nil {
		return fmt.Errorf("check the ledger: %w", err)
	}
	if dit != "ok" {
		return &ErreurAbime{Chemin: c.chemin, Detail: dit}
	}
	return nil
}

func (c *Carnet) migration(ctx context.Context, nom string, version int) error {
	texte, err := migrations.ReadFile("migrations/" + nom)
	if err != nil {
		return fmt.Errorf("read the migration: %w", err)
	}
	return c.transaction(ctx, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id = %d; PRAGMA user_version = %d; %s", application, version, texte))
		return err
	})
}

// versions are the names of the migrations, in order.
func versions() []string {
	entrees, err := migrations.ReadDir("migrations")
	if err != nil {
		panic(err) // they are part of the program
	}
	noms := make([]string, len(entrees))
	for i, e := range entrees {
		noms[i] = e.Name()
	}
	return noms
}

// transaction does all of it or nothing.
func (c *Carnet) transaction(ctx context.Context, faire func(*sql.Tx) error) error {
	tx, err := c.db.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin: %w", err)
	}
	defer func() { _ = tx.Rollback() }() // does nothing once committed
	if err := faire(tx); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}
