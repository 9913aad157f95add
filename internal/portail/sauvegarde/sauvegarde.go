// Package sauvegarde copies a counter into a folder while it works, and makes a counter of such a copy again. The
// database goes first, then the files that it speaks of: these never change once they are kept, so that the copy is
// that of one moment whatever goes on meanwhile. The key of the installation is never in it.
package sauvegarde

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"guichet/internal/durable"
	"guichet/internal/portail/db"
	"guichet/internal/portail/fichier"
)

// Guichet is where a counter has what it keeps.
type Guichet struct {
	Base         string // address of the database, as db.Ouvrir takes it
	Donnees      string // folder of the received files
	Referentiels string // folder of the registers
}

// The names in the folder of a backup.
const (
	manifeste     = "sauvegarde.json"
	listeFichiers = "fichiers.txt" // the SHA-256 of the files that the database speaks of, one a line
	baseSQLite    = "base.sqlite"
	basePostgres  = "base.pgdump"
	fichiers      = "fichiers"
	referentiels  = "referentiels"
	courriels     = "courriels"
)

// Bilan is what a backup holds.
type Bilan struct {
	Format   int       `json:"format"`
	Instant  time.Time `json:"instant"` // of the database
	Base     string    `json:"base"`    // "base.sqlite" or "base.pgdump"
	Fichiers int       `json:"fichiers"`
	Octets   int64     `json:"octets"` // of the files

	Copies  int      `json:"-"` // files that were not there before
	Absents []string `json:"-"` // files that the database speaks of and that are missing, or are no longer what they were, by SHA-256
}

// format is that of the folder.
const format = 1

// ErrPasUneSauvegarde says that a folder holds no whole backup.
var ErrPasUneSauvegarde = errors.New("no backup in this folder")

// ErrSansGuichet says that there is no counter where one is to be saved.
var ErrSansGuichet = errors.New("no counter there")

// ErrOccupe says that there is a counter where one is to be restored.
var ErrOccupe = errors.New("there is a counter already")

// Sauver copies a counter into a folder, which is made. One that holds an earlier backup gets what is new; until the
// last step it is the earlier one. Files that are missing or damaged are in the Bilan, and all others are copied.
func Sauver(ctx context.Context, g Guichet, dossier string, maintenant time.Time) (b Bilan, err error) {
	if _, err := os.Stat(g.Donnees); errors.Is(err, fs.ErrNotExist) {
		return b, ErrSansGuichet
	}
	if err := accueillir(g, dossier); err != nil {
		return b, err
	}
	if err := os.MkdirAll(dossier, 0o700); err != nil {
		return b, fmt.Errorf("make the folder of the backup: %w", err)
	}
	b = Bilan{Format: format, Instant: maintenant.UTC(), Base: baseSQLite}
	copier := copierSQLite
	if db.Distante(g.Base) {
		b.Base, copier = basePostgres, copierPostgres
	}
	rendre, err := tenir(g)
	if err != nil {
		return b, err
	}
	defer rendre()
	cache, reference, err := copier(ctx, g.Base, filepath.Join(dossier, b.Base))
	if err != nil {
		return b, err
	}
	defer func() { _ = os.Remove(cache) }() // where it has not got its name
	if err := b.copierFichiers(ctx, g, dossier, reference); err != nil {
		return b, err
	}
	for de, a := range map[string]string{g.Referentiels: referentiels, filepath.Join(g.Donnees, courriels): courriels} {
		if err := copierDossier(ctx, de, filepath.Join(dossier, a)); err != nil {
			return b, err
		}
	}
	return b, b.conclure(cache, dossier, reference)
}

// ErrEtranger says that a folder has other things than a backup.
var ErrEtranger = errors.New("the folder holds something else than a backup")

// ErrDedans says that a backup would be in the folder of its own counter, and be lost with it.
var ErrDedans = errors.New("the backup is in the folder of the counter")

// accueillir makes sure that a folder is one for a backup: it is empty or has one, whole or not, and is not the counter's.
func accueillir(g Guichet, dossier string) error {
	dedans, err := estDans(dossier, g.Donnees)
	if err != nil || dedans {
		return errors.Join(err, ErrDedans)
	}
	entrees, err := os.ReadDir(dossier)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("read the folder of the backup: %w", err)
	}
	for _, e := range entrees {
		if !slices.Contains(siens, e.Name()) && e.Name()[0] != '.' {
			return fmt.Errorf("%w: %s", ErrEtranger, e.Name())
		}
	}
	return nil
}

// siens are the names that a folder of a backup may have, those that disks have by themselves included; hidden ones are nobody's.
var siens = []string{manifeste, listeFichiers, baseSQLite, basePostgres, fichiers, fichiers + fichier.Verrous, referentiels, courriels, "lost+found", "System Volume Information"}

// estDans tells whether a folder is another one, or in it, whatever the links that lead to it.
func estDans(dossier, autre string) (bool, error) {
	la, err := os.Stat(autre)
	if err != nil {
		return false, err
	}
	chemin, err := filepath.Abs(dossier)
	if err != nil {
		return false, err
	}
	if vrai, err := filepath.EvalSymlinks(chemin); err == nil {
		chemin = vrai
	}
	for {
		if ici, err := os.Stat(chemin); err == nil && os.SameFile(ici, la) {
			return true, nil
		}
		parent := filepath.Dir(chemin)
		if parent == chemin {
			return false, nil
		}
		chemin = parent
	}
}

// tenir has the counter that works meanwhile remove nothing that the copy of its database may speak of.
func tenir(g Guichet) (rendre func(), err error) {
	m, err := fichier.Ouvrir(filepath.Join(g.Donnees, fichiers))
	if err != nil {
		return nil, err
	}
	return m.TenirTout()
}

// conclure gives the database and the list their names, once all that they speak of is there.
func (b *Bilan) conclure(cache, dossier string, reference []string) error {
	octets, err := json.MarshalIndent(b, "", "  ")
	if err != nil {
		return err
	}
	if err := os.Rename(cache, filepath.Join(dossier, b.Base)); err != nil {
		return fmt.Errorf("put the copy of the database in its place: %w", err)
	}
	if err := durable.Ecrire(filepath.Join(dossier, listeFichiers), []byte(strings.Join(append(reference, ""), "\n")), 0o600); err != nil {
		return fmt.Errorf("list the files of the backup: %w", err)
	}
	return durable.Ecrire(filepath.Join(dossier, manifeste), append(octets, '\n'), 0o600)
}

// copierFichiers copies the files that a database speaks of.
func (b *Bilan) copierFichiers(ctx context.Context, g Guichet, dossier string, reference []string) error {
	de, err := fichier.Ouvrir(filepath.Join(g.Donnees, fichiers))
	if err != nil {
		return err
	}
	vers, err := fichier.Ouvrir(filepath.Join(dossier, fichiers))
	if err != nil {
		return err
	}
	for _, sha := range reference {
		taille, copie, err := copierFichier(ctx, de, vers, sha)
		switch {
		case errors.Is(err, fs.ErrNotExist), errors.Is(err, errAbime):
			b.Absents = append(b.Absents, sha)
			continue
		case err != nil:
			return err
		}
		b.Fichiers++
		b.Octets += taille
		if copie {
			b.Copies++
		}
	}
	return nil
}

// errAbime says that a kept file is no longer what its name says.
var errAbime = errors.New("a kept file is damaged")

// copierFichier copies one kept file, unless it is there with all its bytes.
func copierFichier(ctx context.Context, de, vers *fichier.Magasin, sha string) (taille int64, copie bool, err error) {
	f, err := de.Lire(sha)
	if err != nil {
		return 0, false, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return 0, false, err
	}
	if deja, err := vers.Lire(sha); err == nil {
		autre, err := deja.Stat()
		if err := errors.Join(err, deja.Close()); err != nil {
			return 0, false, err
		}
		if autre.Size() == info.Size() {
			return info.Size(), false, nil
		}
	}
	g, err := vers.Garder(ctx, f, info.Size())
	if err == nil && g.SHA256 != sha {
		err = errAbime
	}
	return g.Taille, true, err
}

// copierDossier copies the files that stand in a folder; one that is not there has none.
func copierDossier(ctx context.Context, de, vers string) error {
	entrees, err := os.ReadDir(de)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(entrees) == 0 {
		return nil
	}
	if err == nil {
		err = os.MkdirAll(vers, 0o700)
	}
	for _, e := range entrees {
		if err = errors.Join(err, ctx.Err()); err != nil {
			break
		}
		if !e.Type().IsRegular() || e.Name()[0] == '.' {
			continue
		}
		var octets []byte
		if octets, err = os.ReadFile(filepath.Join(de, e.Name())); err == nil {
			err = durable.Ecrire(filepath.Join(vers, e.Name()), octets, 0o600)
		}
	}
	if err != nil {
		return fmt.Errorf("copy the folder %s: %w", de, err)
	}
	return nil
}
