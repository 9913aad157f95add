package carnet

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	lib "modernc.org/sqlite/lib"

	"guichet/internal/durable"
	"guichet/internal/provisoire"
	"guichet/modele"
)

// Sauvegarde says what a copy of the ledger holds.
type Sauvegarde struct {
	Numeros int
	Dernier string // numeroEditeur given last; "" for none
}

// Sauver copies the ledger as it is at one instant into a new file, also while a run writes it, and reads the copy
// through. The copy appears whole or not at all; a file of that name is replaced only if remplacer says so.
func (c *Carnet) Sauver(ctx context.Context, chemin string, remplacer bool) (s Sauvegarde, err error) {
	defer func() { err = expliquerCopie(chemin, err) }()
	switch present, err := os.Stat(chemin); {
	case err == nil && memeFichier(present, c.chemin):
		return s, &ErreurCible{Chemin: chemin, Raison: cibleCarnet}
	case err == nil && !remplacer:
		return s, &ErreurCible{Chemin: chemin, Raison: cibleExiste}
	case err == nil && !carnetSeul(chemin):
		return s, &ErreurCible{Chemin: chemin, Raison: cibleAutre}
	case err != nil && !absent(err):
		return s, err
	}
	neuf := provisoire.Nom(chemin)
	provisoire.Retirer(filepath.Dir(chemin))
	defer func() { _ = os.Remove(neuf) }()
	if s, err = copier(ctx, c.chemin, neuf); err != nil {
		return s, err
	}
	c.passe("sauvegarde copiée")
	if err := os.Rename(neuf, chemin); err != nil {
		return s, err
	}
	c.passe("sauvé")
	return s, durable.Dossier(filepath.Dir(chemin))
}

// copier writes a ledger as it is at one instant to a file, syncs it, and reads it through.
func copier(ctx context.Context, source, vers string) (s Sauvegarde, err error) {
	if err := os.Remove(vers); err != nil && !absent(err) {
		return s, err
	}
	c := &Carnet{}
	if c.chemin, err = filepath.Abs(source); err != nil {
		return s, err
	}
	if c.db, err = c.connecter(c.chemin, url.Values{"mode": {"rw"}}, "busy_timeout(10000)"); err != nil {
		return s, err
	}
	_, err = c.db.ExecContext(ctx, "VACUUM INTO ?", vers)
	if err = errors.Join(err, c.Close()); err != nil {
		if estCode(err, lib.SQLITE_CORRUPT, lib.SQLITE_NOTADB) {
			return s, &ErreurAbime{Chemin: source}
		}
		return s, fmt.Errorf("copy the ledger: %w", err)
	}
	if err := durable.Fichier(vers); err != nil {
		return s, err
	}
	return examiner(ctx, vers)
}

// examiner reads a file through, and tells what it holds. It writes nothing. The error is [*ErreurAbime] when it is
// no ledger or a damaged one.
func examiner(ctx context.Context, chemin string) (s Sauvegarde, err error) {
	c := &Carnet{}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return s, err
	}
	if err := c.entete(ctx); err != nil {
		return s, err
	}
	mode := url.Values{"mode": {"ro"}}
	if !rempli(chemin+"-wal") && !rempli(chemin+"-journal") {
		mode.Set("immutable", "1")
	}
	if c.db, err = c.connecter(c.chemin, mode, "busy_timeout(10000)", "query_only(true)"); err != nil {
		return s, err
	}
	defer func() { err = errors.Join(err, c.Close()) }()
	i, err := c.identite(ctx)
	switch {
	case err != nil:
		return s, c.diagnostic(err)
	case i.tables == 0:
		return s, &ErreurAbime{Chemin: chemin}
	}
	if err := c.sain(ctx); err != nil {
		return s, c.diagnostic(err)
	}
	s, err = c.resume(ctx)
	return s, c.diagnostic(err)
}

// resume tells what the ledger holds.
func (c *Carnet) resume(ctx context.Context) (s Sauvegarde, err error) {
	if s.Numeros, err = c.compter(ctx); err != nil {
		return s, err
	}
	err = c.db.QueryRowContext(ctx, "SELECT coalesce((SELECT numero FROM demande ORDER BY id DESC LIMIT 1), '')").Scan(&s.Dernier)
	return s, err
}

// sain has SQLite read all pages and all indexes, and hold the rows together.
func (c *Carnet) sain(ctx context.Context) error {
	for _, question := range []string{"PRAGMA integrity_check(1)", "SELECT coalesce((SELECT 'ligne de ' || \"table\" FROM pragma_foreign_key_check LIMIT 1), 'ok')"} {
		var dit string
		if err := c.db.QueryRowContext(ctx, question).Scan(&dit); err != nil {
			return fmt.Errorf("check the ledger: %w", err)
		}
		if dit != "ok" {
			return &ErreurAbime{Chemin: c.chemin, Detail: dit}
		}
	}
	return nil
}

// carnetSeul tells whether a file is a copy of a ledger, or empty: nothing else is written over. A ledger with its
// witness beside it is at work.
func carnetSeul(chemin string) bool {
	if (&Carnet{chemin: chemin}).lireTemoin() != nil {
		return false
	}
	if !rempli(chemin) {
		return true
	}
	f, err := os.Open(chemin)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }()
	entete := make([]byte, 72)
	_, err = io.ReadFull(f, entete)
	return err == nil && string(entete[:len(enteteSQLite)]) == enteteSQLite && binary.BigEndian.Uint32(entete[68:]) == application
}

func memeFichier(a os.FileInfo, chemin string) bool {
	b, err := os.Stat(chemin)
	return err == nil && os.SameFile(a, b)
}

// copierOctets copies a file as it is.
func copierOctets(source, vers string) (err error) {
	de, err := os.Open(source)
	if err != nil {
		return err
	}
	defer func() { _ = de.Close() }()
	f, err := os.OpenFile(vers, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	_, err = io.Copy(f, de)
	return errors.Join(err, f.Sync())
}

// ErreurCible says that a copy is not written where a file already is.
type ErreurCible struct {
	Chemin string
	Raison modele.Texte
}

func (e *ErreurCible) Error() string { return e.Texte().En }

// Texte says what to do.
func (e *ErreurCible) Texte() modele.Texte {
	return modele.Texte{Fr: e.Chemin + " " + e.Raison.Fr, En: e.Chemin + " " + e.Raison.En}
}

var (
	cibleExiste = modele.Texte{Fr: "existe déjà : donnez un autre nom, ou --force pour le remplacer", En: "exists already: give another name, or --force to replace it"}
	cibleAutre  = modele.Texte{Fr: "n'est pas une sauvegarde du carnet (ou c'est un carnet qui sert) : il n'est pas remplacé, même avec --force ; donnez un autre nom", En: "is no copy of the ledger (or it is a ledger at work): it is not replaced, even with --force; give another name"}
	cibleCarnet = modele.Texte{Fr: "est le carnet lui-même : donnez un autre nom", En: "is the ledger itself: give another name"}
)

var faireCopie = modele.Texte{Fr: "d'écrire la copie", En: "write the copy"}

func expliquerCopie(chemin string, err error) error {
	if err == nil {
		return nil
	}
	return expliquer(chemin, err, faireCopie)
}
