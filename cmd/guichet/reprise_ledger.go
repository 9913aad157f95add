package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"guichet/internal/carnet"
	"guichet/modele"
	"guichet/reprise"
)

// openLedger opens the ledger of the project; a run that only shows reads it, if there is one. It is nil where
// there is nothing to record or to read.
func (r *retry) openLedger(ctx context.Context, a *account) (*carnet.Carnet, error) {
	if len(a.files) == 0 {
		return nil, nil
	}
	if !r.dryRun {
		c, err := carnet.Ouvrir(ctx, r.desk.Carnet.Texte, r.now)
		return c, r.ledgerFault(err)
	}
	c, err := carnet.Consulter(ctx, r.desk.Carnet.Texte)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return c, r.ledgerFault(err)
}

// ledgerFault says in the language of the run what is wrong with the ledger.
func (r *retry) ledgerFault(err error) error {
	var told interface{ Texte() modele.Texte }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &told):
		return errors.New(shown(told.Texte().In(r.langue)))
	}
	return r.errorf("carnet %s : %s", "ledger %s: %s", shown(r.relative(r.desk.Carnet.Texte)), r.cause(err))
}

// learn records what the portal answered, and asks the ledger which of the rejected demandes went further since.
func (r *retry) learn(ctx context.Context, book *carnet.Carnet, a *account) error {
	if book == nil {
		return nil
	}
	for _, f := range a.files {
		if !r.dryRun {
			known, err := book.Enregistrer(ctx, f.record())
			if err != nil {
				return r.ledgerFault(err)
			}
			f.known = known.DejaLu
		}
		if err := r.recall(ctx, book, f); err != nil {
			return err
		}
	}
	return nil
}

// record is a returned file as the ledger keeps it.
func (f *returned) record() carnet.Retour {
	record := carnet.Retour{
		Nom: filepath.Base(f.source.path), SHA256: fmt.Sprintf("%x", sha256.Sum256(f.octets)), ImpID: f.retour.ImpID,
	}
	states := map[reprise.Etat]carnet.Etat{reprise.Acceptee: carnet.Acceptee, reprise.Rejetee: carnet.Rejetee}
	for _, l := range f.lines {
		d := l.demande
		record.Lignes = append(record.Lignes, carnet.Ligne{
			Numero: d.NumeroEditeur, Etat: states[d.Etat], NumeroASP: d.NumeroASP, Code: d.Code, Libelle: d.Libelle, Texte: d.Texte,
		})
	}
	return record
}

// recall takes out of the retry what was taken up before, and what another returned file has accepted.
func (r *retry) recall(ctx context.Context, book *carnet.Carnet, f *returned) error {
	var numbers []string
	for _, d := range f.retour.Rejetees() {
		numbers = append(numbers, d.NumeroEditeur)
	}
	uses, err := book.NumerosUtilises(ctx, numbers)
	if err != nil {
		return r.ledgerFault(err)
	}
	for _, l := range f.lines {
		if l.demande.Etat != reprise.Rejetee {
			continue
		}
		switch uses[l.demande.NumeroEditeur].Etat {
		case "", carnet.Preparee, carnet.Deposee, carnet.SansReponse, carnet.Rejetee:
		case carnet.Remplacee:
			l.fate = before
		default:
			l.fate = accepted
		}
	}
	return nil
}

// batch are the numbers and ranks of the files in the making.
type batch struct {
	lot     *carnet.Lot // nil for a run that only shows
	numbers []string
	ranks   []int
	folder  string // where the files are written before they take their places
}

// number takes the next number.
func (b *batch) number() string {
	n := b.numbers[0]
	b.numbers = b.numbers[1:]
	return n
}

// release gives numbers and ranks back, unless the batch is decided.
func (b *batch) release(ctx context.Context) {
	if b.lot != nil {
		_ = b.lot.Abandonner(ctx) // the next opening does it
	}
}

// reserve asks the ledger for numbers and ranks.
func (r *retry) reserve(ctx context.Context, book *carnet.Carnet, o owner, lines []*line, files int) (*batch, error) {
	if r.dryRun {
		return r.pretend(lines, files), nil
	}
	if err := r.isNumeroAns(o.numeroAns); err != nil {
		return nil, r.errorf("numeroAns « %s » trouvé, %w : le fichier à écrire n'aurait pas de nom", `numeroAns "%s" found, %w: the file to write would have no name`, shown(o.numeroAns), err)
	}
	if err := os.MkdirAll(r.desk.Sortie.Texte, 0o777); err != nil {
		return nil, r.errorf("%s : %s", "%s: %s", shown(r.desk.Sortie.Texte), r.cause(err))
	}
	lot, err := book.Commencer(ctx, carnet.Intention{
		NumeroAns: o.numeroAns, Jour: r.day(), Dossier: r.desk.Sortie.Texte, Numeros: len(lines), Prefixe: r.desk.Prefixe.Texte, Fichiers: files,
	})
	if err != nil {
		return nil, errors.Join(ctx.Err(), r.ledgerFault(err))
	}
	return &batch{lot: lot, numbers: lot.Numeros, ranks: lot.Rangs, folder: lot.Dossier}, nil
}

// pretend gives numbers to files that nobody will see.
func (r *retry) pretend(lines []*line, files int) *batch {
	b := &batch{}
	for i := range lines {
		b.numbers = append(b.numbers, fmt.Sprintf("%0*d", r.modele.Pieces.Longueur, i+1))
	}
	for i := range files {
		b.ranks = append(b.ranks, i+1)
	}
	return b
}

// day is today as names of files have it.
func (r *retry) day() string { return r.options.Aujourdhui.Format("20060102") }
