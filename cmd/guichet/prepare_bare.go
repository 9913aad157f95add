package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"guichet/internal/carnet"
	"guichet/internal/provisoire"
	"guichet/modele"
	"guichet/preparation"
)

// lot is where the files of a run are made before they all appear: a lot of the ledger, or without one a hidden
// folder alone.
type lot interface {
	// Ajouter notes a file that is complete; entry is what a ledger records of it.
	Ajouter(ctx context.Context, name string, entry func() carnet.Fichier) error
	Decider(ctx context.Context) error
	Abandonner(ctx context.Context) error
}

// ledgerLot is a lot of the ledger.
type ledgerLot struct{ *carnet.Lot }

func (l ledgerLot) Ajouter(ctx context.Context, _ string, entry func() carnet.Fichier) error {
	return l.Lot.Ajouter(ctx, entry())
}

// bareLot is a folder whose files move to the one around it together. Nothing remembers it: what a kill leaves
// behind is a hidden folder, which a later run takes away, or some of the files.
type bareLot struct {
	folder string
	names  []string
}

func newBareLot(output string) (*bareLot, error) {
	folder, err := provisoire.Dossier(output)
	if err != nil {
		return nil, fmt.Errorf("make a folder for the files: %w", err)
	}
	return &bareLot{folder: folder}, nil
}

// errTaken says that a file is where one of this run would go.
type errTaken struct{ name string }

func (e errTaken) Error() string { return e.Texte().En }

// Texte says what to do.
func (e errTaken) Texte() modele.Texte {
	name := shown(filepath.ToSlash(e.name))
	return modele.Texte{
		Fr: name + " existe déjà : déplacez-le, ou indiquez un autre dossier avec --sortie ; rien n'est écrit",
		En: name + " exists already: move it away, or name another folder with --sortie; nothing is written",
	}
}

func (l *bareLot) Ajouter(_ context.Context, name string, _ func() carnet.Fichier) error {
	if place := l.place(name); !missing(place) {
		return errTaken{place}
	}
	l.names = append(l.names, name)
	return nil
}

func (l *bareLot) place(name string) string { return filepath.Join(filepath.Dir(l.folder), name) }

func missing(path string) bool {
	_, err := os.Lstat(path)
	return errors.Is(err, os.ErrNotExist)
}

// Decider moves the files to their places; where one cannot be moved, those before it are taken back. It does not wait
// for the disk, which would take as long as all the rest: the table, which has the numbers, makes the same files again.
func (l *bareLot) Decider(context.Context) (err error) {
	for i, name := range l.names {
		err := os.Rename(filepath.Join(l.folder, name), l.place(name))
		if err == nil {
			continue
		}
		for _, moved := range l.names[:i] {
			_ = os.Rename(l.place(moved), filepath.Join(l.folder, moved))
		}
		return fmt.Errorf("put %s in its place: %w", name, err)
	}
	return os.Remove(l.folder)
}

// Abandonner takes the files away.
func (l *bareLot) Abandonner(context.Context) error { return os.RemoveAll(l.folder) }

// writeBare makes all files without a ledger: every order brings its number, and the ranks follow those of the
// files that are in the folder.
func (w *making) writeBare(ctx context.Context) error {
	output, err := w.outputFolder()
	if err != nil {
		return err
	}
	if w.envoi.Rang, err = nextRank(output, w.preparing); err != nil {
		return err
	}
	w.sweep(output)
	bare, err := newBareLot(output)
	if err != nil {
		return err
	}
	w.lot, w.folder = bare, bare.folder
	return w.decide(ctx)
}

// unnumbered tells the orders that have no number, which only a ledger gives.
func (o *preparing) unnumbered(lot *preparation.Lot) (faults []preparation.Faute) {
	for d := range lot.Demandes() {
		if d.NumeroEditeur == "" {
			faults = append(faults, d.SansNumero())
		}
	}
	return faults
}

// nextRank is the first rank of the day that no file of the folder has.
func nextRank(output string, o *preparing) (int, error) {
	for rank := 1; ; rank++ {
		_, err := os.Lstat(filepath.Join(output, preparation.NomFichier(o.projet.NumeroAns.Texte, o.jour, rank)))
		if errors.Is(err, os.ErrNotExist) {
			return rank, nil
		}
		if err != nil {
			return 0, err
		}
	}
}
