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

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/carnet"
)

// output is one file to write, and what the ledger is told of it.
type output struct {
	name     string
	rank     int // of a JSON file
	write    func(io.Writer) error
	demandes []carnet.Demande
}

// writeAll writes the files of a batch and their archives where nobody looks, and has the ledger put them all in
// their places, or none.
func (r *retry) writeAll(ctx context.Context, b *batch, files []*retryFile) error {
	outputs, err := r.outputs(ctx, files)
	if err != nil {
		return err
	}
	for _, o := range outputs {
		sum, err := r.writeOne(b, o)
		if err != nil {
			return errors.Join(ctx.Err(), r.errorf("écriture de %s : %s", "writing %s: %s", shown(o.name), r.cause(err)))
		}
		f := carnet.Fichier{Nom: o.name, SHA256: sum, Rang: o.rank, Demandes: o.demandes}
		if err := b.lot.Ajouter(ctx, f); err != nil {
			return errors.Join(ctx.Err(), r.ledgerFault(err))
		}
	}
	if err := b.lot.Decider(ctx); err != nil {
		return errors.Join(ctx.Err(), r.ledgerFault(err))
	}
	return nil
}

// writeOne writes a file in the folder of the batch and returns its SHA-256 in hexadecimal.
func (r *retry) writeOne(b *batch, o output) (string, error) {
	sum := sha256.New()
	err := writeFile(filepath.Join(b.folder, o.name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666, func(w io.Writer) error {
		return o.write(io.MultiWriter(w, sum))
	})
	return fmt.Sprintf("%x", sum.Sum(nil)), err
}

// outputs lists the JSON files, each followed by its archives.
func (r *retry) outputs(ctx context.Context, files []*retryFile) ([]output, error) {
	var all []output
	for _, f := range files {
		all = append(all, output{f.name, f.rank, func(w io.Writer) error {
			_, err := w.Write(f.fichier.Octets)
			return err
		}, f.demandes(r.modele)})
		if f.found == nil {
			continue
		}
		shares, err := archive.Repartir(contents(f.found), appariement.Produire.Archives)
		if err != nil {
			return nil, fmt.Errorf("guichet retour: %w", err)
		}
		for k, share := range shares {
			zip := fmt.Sprintf("%s-%02d.zip", strings.TrimSuffix(f.name, ".json"), k+1)
			f.archives = append(f.archives, zip)
			all = append(all, output{name: zip, write: func(w io.Writer) error { return archive.Ecrire(ctx, w, share) }})
		}
	}
	return all, nil
}
