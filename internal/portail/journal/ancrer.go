package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"guichet/internal/durable"
	"guichet/internal/portail/db"
)

// Ancrage is where heads are kept outside of the database, and how often.
type Ancrage struct {
	Dossier string
	Chaque  time.Duration
	// Dire tells of a new anchor, in the transaction that notes it; nil tells nobody.
	Dire func(ctx context.Context, tx *sql.Tx, t Tete, signee string) error
}

// Ancrer writes the head to a file of its own when the last one was kept long enough ago and entries came since. A file that is there is
// never written again. It returns the name of the file, "" for none.
func (a *Arbre) Ancrer(ctx context.Context, x Ancrage, maintenant time.Time) (nom string, err error) {
	var signee string
	var ancree, avant int64
	err = a.Base.Lire().QueryRowContext(ctx, `SELECT note, ancree, ancree_taille FROM journal_tete WHERE numero = 1`).Scan(&signee, &ancree, &avant)
	if err != nil {
		return "", fmt.Errorf("read the head of the journal: %w", err)
	}
	if signee == "" || maintenant.Before(db.Temps(ancree).Add(x.Chaque)) {
		return "", nil
	}
	t, err := LireTete(signee, a.Cle.Verifieurs())
	if err != nil || t.Taille <= avant {
		return "", err
	}
	nom = filepath.Join(x.Dossier, fmt.Sprintf("journal-%012d%s", t.Taille, FinAncre))
	if err := deposer(nom, signee); err != nil {
		return "", err
	}
	return nom, a.noterAncre(ctx, x, ancree, maintenant, t, signee)
}

// ErrAncreAutre says that a file of that size is there, and has another head.
var ErrAncreAutre = errors.New("the file of the anchor is there, and has another head")

// deposer writes the file of an anchor, whole or not at all, unless it is there.
func deposer(nom, signee string) error {
	octets, err := os.ReadFile(nom)
	switch {
	case err == nil && string(octets) == signee: // another process was first, or this one died before it noted it
		return nil
	case err == nil:
		return fmt.Errorf("%w: %s", ErrAncreAutre, nom)
	case !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("look for an anchor: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(nom), 0o700); err != nil {
		return fmt.Errorf("make the folder of anchors: %w", err)
	}
	return durable.Ecrire(nom, []byte(signee), 0o600)
}

// noterAncre notes when the last anchor was made. Of several processes that made it, one tells.
func (a *Arbre) noterAncre(ctx context.Context, x Ancrage, ancree int64, maintenant time.Time, t Tete, signee string) error {
	return a.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		fait, err := tx.ExecContext(ctx, `UPDATE journal_tete SET ancree = $1, ancree_taille = $2 WHERE numero = 1 AND ancree = $3`, db.Instant(maintenant), t.Taille, ancree)
		if err != nil {
			return fmt.Errorf("note an anchor: %w", err)
		}
		if n, err := fait.RowsAffected(); err != nil || n == 0 || x.Dire == nil {
			return err
		}
		return x.Dire(ctx, tx, t, signee)
	})
}
