package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"guichet/appariement"
	"guichet/archive"
	"guichet/jsondoc"
)

// documentsOf finds the documents of the retry files under their old numbers and gives, for each file, what to
// pack. What is missing or not fit to be deposited is in the account.
func (r *retry) documentsOf(ctx context.Context, book *ledger, a *account, files []*retryFile) ([][]archive.Contenu, error) {
	packed := make([][]archive.Contenu, len(files))
	if r.without {
		return packed, nil
	}
	places, err := r.places()
	if err != nil {
		return nil, err
	}
	for i, f := range files {
		d := &documents{lot: &appariement.Lot{Limites: appariement.Produire}}
		for _, place := range places {
			if err := d.add(ctx, place); err != nil {
				d.close()
				return nil, errors.Join(ctx.Err(), r.errorf("--pieces %s : %s", "--pieces %s: %s", shown(place), r.cause(err)))
			}
		}
		r.open = append(r.open, d)
		if packed[i], err = r.match(ctx, a, f, d.lot); err != nil {
			return nil, err
		}
	}
	return packed, nil
}

// places are the folders and archives to look in: those of --pieces, else the project's folder where there is
// one.
func (r *retry) places() ([]string, error) {
	if len(r.pieces) > 0 {
		return r.pieces, nil
	}
	if _, err := os.Stat(r.desk.Pieces.Texte); err != nil {
		return nil, nil
	}
	return []string{r.desk.Pieces.Texte}, nil
}

// match gives the documents of one file their new names, and checks them.
func (r *retry) match(ctx context.Context, a *account, f *retryFile, lot *appariement.Lot) ([]archive.Contenu, error) {
	limits := jsondoc.Limits{MaxBytes: r.maxBytes()}
	wanted, err := appariement.Lire(r.modele, f.fichier.Octets, limits)
	if err != nil {
		return nil, fmt.Errorf("guichet retour: %w", err)
	}
	lot.Renommer(r.modele.Pieces, r.earlier(f, limits), wanted, f.numbers())
	found, err := appariement.Comparer(ctx, wanted, lot, appariement.Options{})
	if err != nil {
		return nil, errors.Join(ctx.Err(), r.errorf("%s", "%s", r.cause(err)))
	}
	report := f.fichier.Controle
	before := make([]int, len(report.Demandes))
	for i := range report.Demandes {
		before[i] = len(report.Demandes[i].Anomalies)
	}
	found.Completer(&report, r.langue)
	for i := range report.Demandes {
		for _, d := range report.Demandes[i].Anomalies[before[i]:] {
			d.Message = r.formerName(d.Message, f.lines[i])
			a.missing = append(a.missing, d)
		}
	}
	for _, d := range report.Structure[len(f.fichier.Controle.Structure):] {
		a.missing = append(a.missing, d)
	}
	return contents(found), nil
}

// formerName tells of a document under the number that the person knows.
func (r *retry) formerName(message string, l *line) string {
	return strings.ReplaceAll(message, "-"+l.number+".", "-"+l.demande.NumeroEditeur+".")
}

// earlier lists the documents that the returned files name.
func (r *retry) earlier(f *retryFile, limits jsondoc.Limits) []appariement.Piece {
	var all []appariement.Piece
	seen := map[*returned]bool{}
	for _, l := range f.lines {
		if seen[l.of] {
			continue
		}
		seen[l.of] = true
		if named, err := appariement.Lire(r.modele, l.of.retour.Depose(), limits); err == nil {
			all = append(all, named.Pieces...)
		}
	}
	return all
}

// numbers are the new numbers of a file by the old ones.
func (f *retryFile) numbers() map[string]string {
	numbers := map[string]string{}
	for _, l := range f.lines {
		numbers[l.demande.NumeroEditeur] = l.number
	}
	return numbers
}

// lots shares the documents of a file out among archives.
func lots(contents []archive.Contenu) ([][]archive.Contenu, error) {
	return archive.Repartir(contents, appariement.Produire.Archives)
}
