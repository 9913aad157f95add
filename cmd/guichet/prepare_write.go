package main

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/vbauerster/mpb/v8/decor"

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/carnet"
	"guichet/preparation"
)

// making makes the files of one run.
type making struct {
	*preparing
	result    *outcome
	envoi     preparation.Envoi
	documents map[documentKey]found
	lot       lot      // nil for a rehearsal
	folder    string   // where the files are written
	numbers   []string // not given yet
	ranks     []int    // of the files that hold what is left of those set aside
	bar       *progress
	seen      map[string]documentKey // documents by their SHA-256
	tables    map[string]string      // absolute paths
}

// rehearse makes all files and writes none. Their numbers are not those that they will have.
func (w *making) rehearse(ctx context.Context) error {
	if w.dryRun && !w.noLedger {
		if err := w.tellReturned(ctx); err != nil {
			return err
		}
	}
	given := 0
	w.envoi.Numero = func(preparation.Demande) (string, error) {
		given++
		return fmt.Sprintf("%05d", given%100_000), nil
	}
	return w.makeAll(ctx)
}

// write makes all files in a lot of the ledger: they appear together, or not at all, and then their numbers are
// free again.
func (w *making) write(ctx context.Context, ledger *carnet.Carnet) (err error) {
	folder, err := w.outputFolder()
	if err != nil {
		return err
	}
	files, numbers := w.result.lot.Compter(w.envoi)
	aside := w.result.changes.redo
	rests := 0
	for _, r := range aside {
		rests += min(r.kept(), 1)
	}
	if err := w.tellReturned(ctx); err != nil {
		return err
	}
	opened, err := ledger.Commencer(ctx, carnet.Intention{
		NumeroAns: w.projet.NumeroAns.Texte, Jour: w.jour.Format("20060102"), Dossier: folder,
		Numeros: numbers, Prefixe: w.projet.Prefixe.Texte, Fichiers: files + rests,
	})
	if err != nil {
		return err
	}
	w.lot, w.folder, w.numbers = ledgerLot{opened}, opened.Dossier, opened.Numeros
	w.envoi.Rang = opened.Rangs[0]
	w.envoi.Numero = func(preparation.Demande) (number string, err error) {
		number, w.numbers = w.numbers[0], w.numbers[1:]
		return number, nil
	}
	w.ranks = opened.Rangs[files:]
	for _, r := range aside {
		if _, err := opened.Ecarter(ctx, r.file.Nom, nil); err != nil {
			return errors.Join(err, opened.Abandonner(ctx))
		}
	}
	return w.decide(ctx)
}

// remainders writes what is left of the files that are set aside.
func (w *making) remainders(ctx context.Context) error {
	kept, ok := w.lot.(ledgerLot)
	for i := range w.result.changes.redo {
		r := &w.result.changes.redo[i]
		if !ok || r.kept() == 0 {
			continue
		}
		if err := r.write(ctx, kept.Lot, w.ranks[0]); err != nil {
			return fmt.Errorf("copy %s: %w", r.file.Nom, err)
		}
		w.ranks = w.ranks[1:]
	}
	return nil
}

// decide makes the files, and has them appear if nothing stands against it.
func (w *making) decide(ctx context.Context) error {
	err := w.makeAll(ctx)
	if err == nil && !w.result.blocking {
		err = w.remainders(ctx)
	}
	if err != nil || w.result.blocking {
		return errors.Join(err, w.lot.Abandonner(ctx))
	}
	if err := w.lot.Decider(ctx); err != nil {
		return errors.Join(err, w.lot.Abandonner(ctx))
	}
	return nil
}

// makeAll makes the files one after the other; one is written while the next is made.
func (w *making) makeAll(ctx context.Context) (err error) {
	w.bar = w.program.bar(int64(w.result.orders.number), w.t("Préparation ", "Preparation "), decor.CountersNoUnit(w.t("%d / %d commandes", "%d / %d orders")))
	defer w.bar.end()
	ctx, stop := context.WithCancelCause(ctx)
	defer stop(nil)
	todo, free, done := make(chan *preparation.Fichier, 1), make(chan *preparation.Fichier, 2), make(chan struct{})
	for range cap(free) {
		free <- &preparation.Fichier{}
	}
	go func() {
		defer close(done)
		for f := range todo {
			if ctx.Err() == nil {
				if err := w.one(ctx, f); err != nil {
					stop(err)
				}
			}
			free <- f
		}
	}()
	for f, err := range w.result.lot.Fichiers(ctx, w.envoi) {
		if err != nil {
			stop(err)
			break
		}
		taken := <-free
		*taken, *f = *f, *taken
		todo <- taken
	}
	close(todo)
	<-done
	return context.Cause(ctx)
}

// one examines the documents of a file, and writes it if nothing stands against the run so far.
func (w *making) one(ctx context.Context, f *preparation.Fichier) error {
	w.result.fault(f.Fautes...)
	made := madeFile{name: f.Nom, demandes: len(f.Demandes), first: f.Demandes[0].NumeroEditeur, last: f.Demandes[len(f.Demandes)-1].NumeroEditeur}
	var matched *appariement.Resultat
	if !w.noPieces {
		r, faults, err := w.examine(ctx, f, w.documents, nil)
		if err != nil {
			return err
		}
		w.result.fault(faults...)
		w.shared(f, r)
		matched, made.documents = r, len(r.Paires)
	}
	if w.lot != nil && !w.result.blocking {
		if err := w.keep(ctx, f, matched, &made); err != nil {
			return err
		}
	}
	w.result.files = append(w.result.files, made)
	w.bar.add(len(f.Demandes))
	return nil
}

// keep writes a file and its archives to the folder of the lot, and records them.
func (w *making) keep(ctx context.Context, f *preparation.Fichier, matched *appariement.Resultat, made *madeFile) error {
	if err := os.WriteFile(filepath.Join(w.folder, f.Nom), f.Octets, 0o666); err != nil {
		return err
	}
	err := w.lot.Ajouter(ctx, f.Nom, func() carnet.Fichier {
		return carnet.Fichier{
			Nom: f.Nom, SHA256: fmt.Sprintf("%x", sha256.Sum256(f.Octets)), Rang: w.envoi.Rang + len(w.result.files), Demandes: w.recorded(f, matched),
		}
	})
	if err != nil {
		return err
	}
	if matched == nil || len(matched.Paires) == 0 {
		return nil
	}
	lots, err := archive.Repartir(contents(matched), appariement.Produire.Archives)
	if err != nil {
		return err
	}
	for i, documents := range lots {
		name := fmt.Sprintf("%s-%02d.zip", strings.TrimSuffix(f.Nom, ".json"), i+1)
		if err := w.archive(ctx, name, documents); err != nil {
			return err
		}
		made.archives = append(made.archives, name)
	}
	return nil
}

func (w *making) archive(ctx context.Context, name string, documents []archive.Contenu) error {
	sum := sha256.New()
	err := writeFile(filepath.Join(w.folder, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666, func(out io.Writer) error {
		return archive.Ecrire(ctx, io.MultiWriter(out, sum), documents)
	})
	if err != nil {
		return err
	}
	return w.lot.Ajouter(ctx, name, func() carnet.Fichier {
		return carnet.Fichier{Nom: name, SHA256: fmt.Sprintf("%x", sum.Sum(nil))}
	})
}

// recorded are the demandes of a file as the ledger keeps them.
func (w *making) recorded(f *preparation.Fichier, matched *appariement.Resultat) []carnet.Demande {
	sums := map[string]string{}
	if matched != nil {
		for _, p := range matched.Paires {
			sums[p.Piece.Nom] = p.SHA256
		}
	}
	list, digests := make([]carnet.Demande, len(f.Demandes)), f.Empreintes()
	for i, d := range f.Demandes {
		at := d.Lieu()
		list[i] = carnet.Demande{
			Numero: d.NumeroEditeur, NumLigne: i + 1, Reference: d.Reference(), Montant: d.Montant(), Regime: d.Regime(),
			Remplace: w.result.orders.again[d.Reference()].Numero, Source: w.table(at.Fichier), Feuille: at.Feuille, Empreinte: digests[i],
		}
		for _, og := range d.OGs() {
			list[i].OGs = append(list[i].OGs, carnet.OG{FINESS: og.FINESS, ESMS: og.ESMS})
		}
		for _, doc := range d.Documents() {
			at := w.documents[documentKey{d.Indice, doc.Type}]
			list[i].Pieces = append(list[i].Pieces, carnet.Piece{
				Type: doc.Type, Nom: doc.Nom, Chemin: at.path, SHA256: sums[doc.Nom], Taille: at.size, Change: at.changed,
			})
		}
	}
	return list
}

// table is where a table is, wherever the next run begins; "" where the system does not say. Orders are many, tables
// few: the system is asked once for each.
func (w *making) table(source string) string {
	path, known := w.tables[source]
	if !known {
		path, _ = filepath.Abs(source)
		w.tables[source] = path
	}
	return path
}
