package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"guichet/internal/carnet"
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
// behind is a hidden folder, or some of the files.
type bareLot struct {
	folder string
	names  []string
}

func newBareLot(output string) (*bareLot, error) {
	folder, err := os.MkdirTemp(output, ".guichet-")
	if err != nil {
		return nil, fmt.Errorf("make a folder for the files: %w", err)
	}
	return &bareLot{folder: folder}, nil
}

func (l *bareLot) Ajouter(_ context.Context, name string, _ func() carnet.Fichier) error {
	if _, err := os.Lstat(filepath.Join(filepath.Dir(l.folder), name)); err == nil {
		return &carnet.ErreurPlace{Chemin: filepath.Join(filepath.Dir(l.folder), name), Lot: l.folder}
	}
	l.names = append(l.names, name)
	return nil
}

// Decider moves the files to their places.
func (l *bareLot) Decider(context.Context) error {
	for _, name := range l.names {
		if err := os.Rename(filepath.Join(l.folder, name), filepath.Join(filepath.Dir(l.folder), name)); err != nil {
			return fmt.Errorf("put %s in its place: %w", name, err)
		}
	}
	return os.Remove(l.folder)
}

// Abandonner takes the files away.
func (l *bareLot) Abandonner(context.Context) error { return os.RemoveAll(l.folder) }

// writeBare makes all files without a ledger: every order brings its number, and the ranks follow those of the
// files that are in the folder.
func (w *making) writeBare(ctx context.Context) error {
	w.envoi.Numero = func(d preparation.Demande) (string, error) {
		return "", numberless(d.Reference())
	}
	output, err := w.outputFolder()
	if err != nil {
		return err
	}
	if w.envoi.Rang, err = nextRank(output, w.preparing); err != nil {
		return err
	}
	bare, err := newBareLot(output)
	if err != nil {
		return err
	}
	w.lot, w.folder = bare, bare.folder
	return w.decide(ctx)
}

// numberless is the error of an order that nothing numbers, by its reference.
type numberless string

func (n numberless) Error() string { return "the order " + string(n) + " has no number" }

// Texte says it to who prepares.
func (n numberless) Texte() modele.Texte {
	return modele.Texte{
		Fr: "--sans-carnet demande une colonne numeroEditeur remplie : la commande " + string(n) + " n'a pas de numéro",
		En: "--sans-carnet needs a column numeroEditeur that is filled in: the order " + string(n) + " has no number",
	}
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
