package sauvegarde

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"guichet/internal/durable"
	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
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

// ErrAbimee says that the database of a backup cannot be read as one.
var ErrAbimee = errors.New("the copy of the database is damaged")

// ErrIncomplete says that files of a backup are missing or damaged.
var ErrIncomplete = errors.New("files of the backup are missing or damaged")

// Restaurer makes a counter of a backup, where there is none: ErrOccupe where there is. The backup is read first, each file held to
// its SHA-256; ErrIncomplete when some are missing or damaged, which are in the Bilan, unless what is there is to be restored without
// them. The database comes last, so that one that stopped on its way is no counter, and a folder that was made for it is removed.
func Restaurer(ctx context.Context, dossier string, g Guichet, incomplet bool) (b Bilan, err error) {
	if b, err = Lire(dossier); err != nil {
		return b, err
	}
	if err := libre(ctx, g, &b); err != nil {
		return b, err
	}
	b = Bilan{Format: b.Format, Instant: b.Instant, Base: b.Base}
	if err := b.eprouver(ctx, dossier); err != nil {
		return b, err
	}
	if len(b.Absents) > 0 && !incomplet {
		return b, ErrIncomplete
	}
	b.Absents = nil // named again where they are not found
	if _, absent := os.Lstat(g.Donnees); errors.Is(absent, fs.ErrNotExist) {
		defer func() {
			if err != nil {
				err = errors.Join(err, os.RemoveAll(g.Donnees))
			}
		}()
	}
	return b, b.remettre(ctx, dossier, g)
}

func (b *Bilan) remettre(ctx context.Context, dossier string, g Guichet) error {
	if err := os.MkdirAll(g.Donnees, 0o700); err != nil {
		return fmt.Errorf("make the folder of the counter: %w", err)
	}
	for de, a := range map[string]string{referentiels: g.Referentiels, courriels: filepath.Join(g.Donnees, courriels)} {
		if err := copierDossier(ctx, filepath.Join(dossier, de), a); err != nil {
			return err
		}
	}
	if b.Base == basePostgres {
		return b.restaurerPostgres(ctx, dossier, g)
	}
	return b.restaurerSQLite(ctx, dossier, g)
}

// eprouver reads a backup as a whole and writes nothing.
func (b *Bilan) eprouver(ctx context.Context, dossier string) error {
	reference, err := b.attendus(ctx, dossier)
	if err != nil {
		return err
	}
	m, err := fichier.Ouvrir(filepath.Join(dossier, fichiers))
	if err != nil {
		return err
	}
	for _, sha := range reference {
		switch err := eprouverFichier(ctx, m, sha); {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, errAbime):
			b.Absents = append(b.Absents, sha)
		case err != nil:
			return err
		}
	}
	return nil
}

// attendus are the files that the database of a backup speaks of; that of PostgreSQL says it in a list beside it, which early backups
// do not have.
func (b *Bilan) attendus(ctx context.Context, dossier string) (reference []string, err error) {
	chemin := filepath.Join(dossier, b.Base)
	if _, err := os.Stat(chemin); err != nil {
		return nil, errors.Join(ErrAbimee, err)
	}
	if b.Base == basePostgres {
		liste, err := os.ReadFile(filepath.Join(dossier, listeFichiers))
		return strings.Fields(string(liste)), sansAbsence(err)
	}
	err = lireSQLite(chemin, func(base *sql.DB) error {
		var etat string
		if err := base.QueryRowContext(ctx, `PRAGMA integrity_check(1)`).Scan(&etat); err != nil || etat != "ok" {
			return errors.Join(fmt.Errorf("%w: %s", ErrAbimee, etat), err)
		}
		if reference, err = lireReferences(ctx, base); err != nil {
			return errors.Join(ErrAbimee, err)
		}
		return nil
	})
	return reference, err
}

func eprouverFichier(ctx context.Context, m *fichier.Magasin, sha string) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	f, err := m.Lire(sha)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return fmt.Errorf("read a file of the backup: %w", err)
	}
	if hex.EncodeToString(h.Sum(nil)) != sha {
		return errAbime
	}
	return nil
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
