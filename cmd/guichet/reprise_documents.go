package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"guichet/appariement"
	"guichet/internal/carnet"
	"guichet/jsondoc"
)

// findDocuments finds the documents of a retry file under their old numbers, and gives them their new names. What
// is missing or not fit to be deposited is in the account.
func (r *retry) findDocuments(ctx context.Context, book *carnet.Carnet, a *account, f *retryFile) error {
	if r.without {
		return nil
	}
	places, err := r.places()
	if err != nil {
		return err
	}
	d := &documents{lot: &appariement.Lot{Limites: appariement.Produire}}
	r.open = append(r.open, d)
	for _, place := range places {
		if err := r.noDocuments(place); err != nil {
			return err
		}
		if err := d.add(ctx, place); err != nil {
			return errors.Join(ctx.Err(), r.errorf("--pieces %s : %s", "--pieces %s: %s", shown(place), r.cause(err)))
		}
	}
	limits := jsondoc.Limits{MaxBytes: r.maxBytes()}
	wanted, err := appariement.Lire(r.modele, f.fichier.Octets, limits)
	if err != nil {
		return fmt.Errorf("guichet retour: %w", err)
	}
	earlier, err := r.earlier(ctx, book, f, limits)
	if err != nil {
		return err
	}
	d.lot.Renommer(r.modele.Pieces, earlier, wanted, f.numbers())
	if f.found, err = appariement.Comparer(ctx, wanted, d.lot, appariement.Options{}); err != nil {
		return errors.Join(ctx.Err(), errors.New(r.cause(err)))
	}
	if f.draft && !f.found.Valide() {
		f.found = nil // it will be packed once it is mended
		return nil
	}
	r.tellFaults(a, f)
	return nil
}

// places are the folders and archives to look in: those of --pieces, else the project's folder where there is
// one. Absolute, so that the ledger can tell a later run where a document is.
func (r *retry) places() ([]string, error) {
	if len(r.pieces) == 0 {
		if _, err := os.Stat(r.desk.Pieces.Texte); err == nil {
			return []string{r.desk.Pieces.Texte}, nil
		}
		return nil, nil
	}
	all := make([]string, len(r.pieces))
	for i, p := range r.pieces {
		var err error
		if all[i], err = filepath.Abs(p); err != nil {
			return nil, fmt.Errorf("guichet retour: %w", err)
		}
	}
	return all, nil
}

// earlier lists the documents that the returned files name, and where the ledger has seen them.
func (r *retry) earlier(ctx context.Context, book *carnet.Carnet, f *retryFile, limits jsondoc.Limits) ([]appariement.Ancienne, error) {
	var all []appariement.Ancienne
	numbers, seen := f.numbers(), map[*returned]bool{}
	for _, l := range f.lines {
		if !seen[l.of] {
			seen[l.of] = true
			named, err := appariement.Lire(r.modele, l.of.asDeposited(), limits)
			if err != nil {
				continue // its end is missing: names follow the norm
			}
			for _, p := range named.Pieces {
				if numbers[p.Numero] != "" {
					all = append(all, appariement.Ancienne{Piece: p})
				}
			}
		}
		known, err := r.recorded(ctx, book, l)
		if err != nil {
			return nil, err
		}
		all = append(all, known...)
	}
	return all, nil
}

// recorded are the documents of a demande that the ledger knows the files of, where they still are.
func (r *retry) recorded(ctx context.Context, book *carnet.Carnet, l *line) ([]appariement.Ancienne, error) {
	if book == nil || len(r.pieces) > 0 {
		return nil, nil
	}
	var all []appariement.Ancienne
	for s, err := range book.Demandes(ctx, carnet.Filtre{Numero: l.demande.NumeroEditeur}) {
		if err != nil {
			return nil, r.ledgerFault(err)
		}
		for _, p := range s.Pieces {
			if !filepath.IsAbs(p.Chemin) {
				p.Chemin = filepath.Join(r.desk.Dossier, p.Chemin)
			}
			info, err := os.Stat(p.Chemin)
			if err != nil || !info.Mode().IsRegular() {
				continue // it has moved: the folders may have it
			}
			all = append(all, appariement.Ancienne{
				Piece: appariement.Piece{Numero: s.Numero, Nom: p.Nom, Type: p.Type},
				Document: &appariement.Document{
					Chemin: filepath.ToSlash(p.Chemin), Taille: info.Size(), Ouvrir: func() (io.ReadCloser, error) { return os.Open(p.Chemin) },
				},
			})
		}
	}
	return all, nil
}

// tellFaults puts in the account what keeps the documents of a file from being deposited.
func (r *retry) tellFaults(a *account, f *retryFile) {
	report := f.fichier.Controle
	before := make([]int, len(report.Demandes))
	for i := range report.Demandes {
		before[i] = len(report.Demandes[i].Anomalies)
	}
	f.found.Completer(&report, r.langue)
	a.missing = append(a.missing, report.Structure[len(f.fichier.Controle.Structure):]...)
	for i := range report.Demandes {
		for _, d := range report.Demandes[i].Anomalies[before[i]:] {
			d.Message = r.formerName(d.Message, f.lines[i])
			a.missing = append(a.missing, d)
		}
		f.fichier.Controle.Demandes[i].Anomalies = report.Demandes[i].Anomalies[:before[i]:before[i]]
	}
}
