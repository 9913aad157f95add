package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
		c, err := r.program.openLedger(ctx, r.desk.Carnet.Texte)
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

// learn tells what is believed of the returned files, records it, and takes out of the retry what went further.
func (r *retry) learn(ctx context.Context, book *carnet.Carnet, a *account) error {
	if err := r.verifyAll(ctx, book, a); err != nil {
		return err
	}
	r.weigh(a)
	if err := r.bringBack(ctx, book, a); err != nil {
		return err
	}
	if book != nil && !r.dryRun {
		for _, f := range a.files {
			if _, err := book.Enregistrer(ctx, f.record()); err != nil {
				return r.ledgerFault(err)
			}
		}
	}
	if err := r.setAside(ctx, book, a); err != nil {
		return err
	}
	return r.recall(ctx, book, a)
}

// verifyAll sets the files aside that are not ours.
func (r *retry) verifyAll(ctx context.Context, book *carnet.Carnet, a *account) error {
	ours := a.files[:0]
	for _, f := range a.files {
		if err := r.verify(ctx, book, f); err != nil {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			a.refused = append(a.refused, failure{f.source.shown, err})
			continue
		}
		ours = append(ours, f)
	}
	a.files = ours
	return nil
}

// record is a returned file as the ledger keeps it: what is believed of it.
func (f *returned) record() carnet.Retour {
	record := carnet.Retour{Nom: filepath.Base(f.source.path), SHA256: f.sum(), ImpID: f.retour.ImpID}
	for _, l := range f.lines {
		if len(l.doubts) > 0 {
			record.Partiel = true
			continue
		}
		record.Partiel = record.Partiel || len(l.rivals) > 0 // read without them, it may be believed
		record.Lignes = append(record.Lignes, l.record())
	}
	for _, s := range f.missing {
		record.Lignes = append(record.Lignes, carnet.Ligne{Numero: s.Numero, Etat: carnet.SansReponse})
	}
	return record
}

func (l *line) record() carnet.Ligne {
	states := map[reprise.Etat]carnet.Etat{reprise.Acceptee: carnet.Acceptee, reprise.Rejetee: carnet.Rejetee, reprise.Ambigue: carnet.Deposee}
	d := l.demande
	r := carnet.Ligne{
		Numero: d.NumeroEditeur, Etat: states[l.state()], NumeroASP: d.NumeroASP, Code: d.Code, Libelle: d.Libelle, Texte: d.Texte, Contredire: l.asked || l.news,
	}
	if l.state() == reprise.Ambigue && d.NumeroEditeur != "" { // nothing is concluded from these words, the history has them
		r.Texte = strings.Join([]string{d.NumeroASP, d.Code, d.Libelle}, " · ")
		r.NumeroASP, r.Code, r.Libelle = "", "", ""
	}
	return r
}

// recall takes out of the retry what was taken up before, and what is accepted by now.
func (r *retry) recall(ctx context.Context, book *carnet.Carnet, a *account) error {
	uses, others := map[string]carnet.Usage{}, map[string]carnet.Soeur{}
	if book != nil {
		var numbers []string
		for _, f := range a.files {
			numbers = append(numbers, f.numbers()...)
		}
		var err error
		if uses, err = book.NumerosUtilises(ctx, numbers); err != nil {
			return r.ledgerFault(err)
		}
		if others, err = book.Soeurs(ctx, numbers); err != nil {
			return r.ledgerFault(err)
		}
	}
	for _, f := range a.files {
		for _, l := range f.lines {
			if l.state() == reprise.Rejetee {
				l.other = others[strings.ToUpper(l.demande.NumeroEditeur)]
				l.fate = l.former(uses[l.demande.NumeroEditeur].Etat)
			}
		}
	}
	return nil
}

// former tells what became of a rejected demande before this run, or by it in the ledger.
func (l *line) former(state carnet.Etat) fate {
	switch {
	case l.asked && l.change.Contraire:
		return kept
	case state == carnet.Remplacee, l.other.Numero != "" && l.other.Etat.Attend():
		return before
	case l.other.Numero != "":
		return accepted
	case carnet.Reponse{Etat: state}.Finale() && state != "":
		return accepted
	}
	return kept
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
