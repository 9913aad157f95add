package sauvegarde

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"guichet/internal/durable"
	"guichet/internal/portail/db"
	"guichet/internal/provisoire"
)

// Lire reads what a folder holds; ErrPasUneSauvegarde for none, or one of a later version.
func Lire(dossier string) (b Bilan, err error) {
	octets, err := os.ReadFile(filepath.Join(dossier, manifeste))
	if errors.Is(err, fs.ErrNotExist) {
		return b, ErrPasUneSauvegarde
	}
	if err != nil {
		return b, fmt.Errorf("read the backup: %w", err)
	}
	if err := json.Unmarshal(octets, &b); err != nil || b.Format != format || b.Base != baseSQLite && b.Base != basePostgres {
		return b, errors.Join(ErrPasUneSauvegarde, err)
	}
	return b, nil
}

// Restaurer makes a counter of a backup, where there is none: ErrOccupe where there is. The database comes last, so that
// one that stopped on its way is no counter. Each file is held to its SHA-256; those that are missing or damaged are in
// the Bilan, and all others are there.
func Restaurer(ctx context.Context, dossier string, g Guichet) (b Bilan, err error) {
	if b, err = Lire(dossier); err != nil {
		return b, err
	}
	if err := libre(ctx, g, &b); err != nil {
		return b, err
	}
	if err := os.MkdirAll(g.Donnees, 0o700); err != nil {
		return b, fmt.Errorf("make the folder of the counter: %w", err)
	}
	b = Bilan{Format: b.Format, Instant: b.Instant, Base: b.Base}
	for de, a := range map[string]string{referentiels: g.Referentiels, courriels: filepath.Join(g.Donnees, courriels)} {
		if err := copierDossier(ctx, filepath.Join(dossier, de), a); err != nil {
			return b, err
		}
	}
	if b.Base == basePostgres {
		return b, b.restaurerPostgres(ctx, dossier, g)
	}
	return b, b.restaurerSQLite(ctx, dossier, g)
}

// libre makes sure that nothing is overwritten, and that the database is of the kind that was saved.
func libre(ctx context.Context, g Guichet, b *Bilan) error {
	if db.Distante(g.Base) != (b.Base == basePostgres) {
		return fmt.Errorf("%w: the backup has %s, the counter is set to another kind of database", ErrPasUneSauvegarde, b.Base)
	}
	if db.Distante(g.Base) {
		if oui, err := vide(ctx, g.Base); err != nil || !oui {
			return errors.Join(ErrOccupe, err)
		}
		return nil
	}
	if _, err := os.Lstat(g.Base); !errors.Is(err, fs.ErrNotExist) {
		return errors.Join(ErrOccupe, err)
	}
	return nil
}

func (b *Bilan) restaurerSQLite(ctx context.Context, dossier string, g Guichet) (err error) {
	cache := provisoire.Nom(g.Base)
	if err := copierBase(filepath.Join(dossier, baseSQLite), cache); err != nil {
		return err
	}
	defer func() { _ = os.Remove(cache) }() // where it has not got its name
	var reference []string
	err = dansSQLite(ctx, cache, func(base *sql.DB) error {
		var etat string
		if err := base.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&etat); err != nil || etat != "ok" {
			return errors.Join(fmt.Errorf("the copy of the database is damaged: %s", etat), err)
		}
		var err error
		reference, err = lireReferences(ctx, base)
		return err
	})
	if err != nil {
		return err
	}
	if err := b.copierFichiers(ctx, Guichet{Donnees: dossier}, g.Donnees, reference); err != nil {
		return err
	}
	if err := os.Rename(cache, g.Base); err != nil {
		return fmt.Errorf("put the database in its place: %w", err)
	}
	return durable.Dossier(filepath.Dir(g.Base))
}

// restaurerPostgres has pg_restore fill the database in one transaction, then copies what it speaks of.
func (b *Bilan) restaurerPostgres(ctx context.Context, dossier string, g Guichet) error {
	err := client(ctx, "pg_restore", g.Base, "--exit-on-error", "--single-transaction", "--no-owner", "--no-privileges", filepath.Join(dossier, basePostgres))
	if err != nil {
		return err
	}
	base, err := sql.Open("pgx", g.Base)
	if err != nil {
		return err
	}
	reference, err := lireReferences(ctx, base)
	if err := errors.Join(err, base.Close()); err != nil {
		return err
	}
	return b.copierFichiers(ctx, Guichet{Donnees: dossier}, g.Donnees, reference)
}

func copierBase(de, vers string) (err error) {
	source, err := os.Open(de)
	if err != nil {
		return fmt.Errorf("read the copy of the database: %w", err)
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	f, err := os.OpenFile(vers, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return fmt.Errorf("write the database: %w", err)
	}
	_, err = io.Copy(f, source)
	if err := errors.Join(err, f.Sync(), f.Close()); err != nil {
		return errors.Join(fmt.Errorf("write the database: %w", err), os.Remove(vers))
	}
	return nil
}
