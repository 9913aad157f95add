package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"runtime/debug"

	"guichet/appariement"
	"guichet/controle"
	"guichet/internal/carnet"
	"guichet/preparation"
)

// outcome is what one run of prepare came to.
type outcome struct {
	lot      *preparation.Lot
	hidden   []hiddenSheet
	orders   *orders
	changes  *changes
	faults   []preparation.Faute
	omitted  int // faults that were not kept
	files    []madeFile
	blocking bool
	refusal  error // of a rehearsal: for what the ledger would give no number
}

// madeFile is a JSON file that was made, or would be.
type madeFile struct {
	name        string
	demandes    int
	first, last string // numeroEditeur
	archives    []string
	documents   int
}

func (r *outcome) fault(faults ...preparation.Faute) {
	for _, f := range faults {
		r.blocking = r.blocking || f.Bloquante()
		if len(r.faults) >= maxFaults {
			r.omitted++
			continue
		}
		r.faults = append(r.faults, f)
	}
}

// maxFaults bounds the faults that are kept; the rest is only counted.
const maxFaults = 10_000

// run prepares the orders of some sheets.
func (o *preparing) run(ctx context.Context, sources []string) error {
	// Much is made and soon forgotten: collected twice as often, it takes no longer and a third less memory.
	defer debug.SetGCPercent(debug.SetGCPercent(50))
	s, err := o.openSheets(sources)
	if err != nil {
		return err
	}
	defer s.close()
	lot, err := o.read(ctx, s)
	if err != nil {
		return err
	}
	if err := o.spare(o.output); err != nil { // before a number is given
		return err
	}
	result, err := o.prepareLot(ctx, s, lot)
	if err != nil {
		return errors.Join(ctx.Err(), o.errorf("%s", "%s", o.fault(err)))
	}
	result.hidden = s.hidden()
	if err := o.tell(result); err != nil {
		return err
	}
	if result.refusal != nil { // the run itself would have ended with it
		return o.errorf("%s", "%s", o.fault(result.refusal))
	}
	if result.blocking || result.changes.faulty() {
		return findings
	}
	return nil
}

// prepareLot makes the files of the orders that are not prepared yet: all of them, or none.
func (o *preparing) prepareLot(ctx context.Context, s *sheets, lot *preparation.Lot) (r *outcome, err error) {
	ledger, err := o.ledger(ctx)
	if err != nil {
		return nil, err
	}
	if ledger != nil && !o.dryRun {
		defer func() { err = errors.Join(err, ledger.Close()) }()
	}
	known, err := o.known(ctx, ledger)
	if err != nil {
		return nil, err
	}
	r = &outcome{lot: lot, changes: &changes{}}
	defer func() {
		if err == nil && o.dryRun && !o.noLedger {
			r.refusal = o.foresee(ctx, r)
		}
	}()
	if r.orders, err = o.choose(ctx, lot, known); err != nil {
		return r, err
	}
	if known != nil {
		if r.changes, err = o.compare(ctx, s, lot, known, r.orders); err != nil {
			return r, err
		}
	}
	lot.Laisser(func(reference string) bool { return !r.orders.keeps(reference) })
	documents, missing := o.findDocuments(lot, r.orders) // before the faults of the cells: each cell has one
	r.fault(lot.Fautes...)
	r.omitted += lot.FautesOmises
	if r.orders.number == 0 {
		return r, nil
	}
	if o.noLedger {
		r.fault(o.unnumbered(lot)...)
	}
	r.fault(missing...)
	e, err := o.envoi(ctx, lot, known, r.orders, documents)
	if err != nil {
		return r, err
	}
	w := &making{preparing: o, result: r, envoi: e, documents: documents, tables: map[string]string{}}
	switch {
	case o.dryRun || r.blocking:
		return r, w.rehearse(ctx)
	case ledger == nil:
		return r, w.writeBare(ctx)
	}
	return r, w.write(ctx, ledger)
}

// ledger opens the ledger; for a rehearsal only to read it, nil when there is none yet, or none is wanted.
func (o *preparing) ledger(ctx context.Context) (*carnet.Carnet, error) {
	switch {
	case o.noLedger:
		return nil, nil
	case !o.dryRun:
		return o.openLedger(ctx, o.projet.Carnet.Texte)
	}
	ledger, err := carnet.Consulter(ctx, o.projet.Carnet.Texte)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err == nil {
		o.closing = append(o.closing, ledger.Close)
	}
	return ledger, err
}

// foresee tells for what the ledger would refuse the run that is rehearsed.
func (o *preparing) foresee(ctx context.Context, r *outcome) error {
	folder := ""
	if r.orders.number > 0 && !r.blocking { // a run with faults asks for no number
		folder = o.projet.Sortie.Texte
	}
	return carnet.Eprouver(ctx, o.projet.Carnet.Texte, carnet.Intention{NumeroAns: o.projet.NumeroAns.Texte, Dossier: folder, Jour: o.jour.Format("20060102")})
}

// known returns the ledger if it knows anything yet.
func (o *preparing) known(ctx context.Context, ledger *carnet.Carnet) (*carnet.Carnet, error) {
	if ledger == nil {
		return nil, nil
	}
	if empty, err := ledger.Vide(ctx); err != nil || empty {
		return nil, err
	}
	return ledger, nil
}

// envoi says what the files need besides the rows. Each has one archive: it ends where that one is full.
func (o *preparing) envoi(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet, c *orders, documents map[documentKey]found) (e preparation.Envoi, err error) {
	e = preparation.Envoi{
		EnTete:  map[string]string{"numeroAns": o.projet.NumeroAns.Texte, "SIRET": o.projet.SIRET.Texte},
		Jour:    o.jour,
		MaxCout: appariement.Produire.Archives.MaxOctets - archiveMargin,
		Controle: controle.Options{
			Aujourdhui: o.jour, NumeroAns: o.projet.NumeroAns.Texte, SIRET: o.projet.SIRET.Texte,
			Referentiels: o.referentiels, Telephone: plausibleAbroad,
		},
	}
	if len(c.left) > 0 {
		e.Garder = func(d preparation.Demande) bool { return c.keeps(d.Reference()) }
	}
	if len(documents) > 0 {
		e.Cout = func(d preparation.Demande) (bytes int64) {
			for _, doc := range d.Documents() {
				bytes += documents[documentKey{d.Indice, doc.Type}].size + documentMargin
			}
			return bytes
		}
	}
	if e.Controle.ESMSDemande, err = o.claimed(ctx, lot, ledger, c); err != nil {
		return e, err
	}
	e.Controle.NumeroUtilise, err = o.used(ctx, lot, ledger, c)
	return e, err
}

// What an archive takes for itself, and for each document beside its bytes.
const (
	archiveMargin  = 1000
	documentMargin = 300
)

// used tells the check which of the numbers that the sheets give themselves were used before.
func (o *preparing) used(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet, c *orders) (func(string) (string, bool), error) {
	if ledger == nil {
		return nil, nil
	}
	var numbers []string
	for d := range lot.Demandes() {
		if c.keeps(d.Reference()) && d.NumeroEditeur != "" {
			numbers = append(numbers, d.NumeroEditeur)
		}
	}
	if len(numbers) == 0 {
		return nil, nil
	}
	known, err := ledger.NumerosUtilises(ctx, numbers)
	return func(number string) (string, bool) {
		u, used := known[number]
		return u.Fichier, used
	}, err
}

// output makes the folder of the files.
func (o *preparing) outputFolder() (string, error) {
	folder := o.projet.Sortie.Texte
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", fmt.Errorf("make the folder of the files: %w", err)
	}
	return folder, nil
}
