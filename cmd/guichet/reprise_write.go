package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"guichet/archive"
)

// target is where a file is written: drafts have a name outside the norm, so that nobody deposits them.
func (r *retry) target(name string, draft bool) string {
	if draft {
		name = r.t("brouillon-", "draft-") + name
	}
	return filepath.Join(r.desk.Sortie.Texte, name)
}

// output is one file to write.
type output struct {
	path  string
	write func(io.Writer) error
}

// writeAll writes the files of a batch and their archives, all or none of them, and has the ledger know.
func (r *retry) writeAll(ctx context.Context, b *batch, files []*retryFile, packed [][]archive.Contenu) error {
	if err := os.MkdirAll(r.desk.Sortie.Texte, 0o777); err != nil {
		return r.errorf("%s : %s", "%s: %s", shown(r.desk.Sortie.Texte), r.cause(err))
	}
	outputs, err := r.outputs(ctx, files, packed)
	if err != nil {
		return err
	}
	if err := b.decide(ctx, files); err != nil {
		return err
	}
	paths := make([]string, len(outputs))
	for i, o := range outputs {
		if _, err := os.Lstat(o.path); err == nil {
			return r.errorf("%s existe déjà et n'est pas remplacé", "%s exists already and is not replaced", shown(o.path))
		} else if !errors.Is(err, fs.ErrNotExist) {
			return r.errorf("%s : %s", "%s: %s", shown(o.path), r.cause(err))
		}
		paths[i] = o.path
	}
	failed, err := replaceAll(paths, func(i int, w io.Writer) error { return outputs[i].write(w) })
	if err != nil {
		return errors.Join(ctx.Err(), r.errorf("écriture de %s : %s", "writing %s: %s", shown(failed), r.cause(err)))
	}
	return nil
}

func (r *retry) outputs(ctx context.Context, files []*retryFile, packed [][]archive.Contenu) ([]output, error) {
	var all []output
	for i, f := range files {
		octets := f.fichier.Octets
		all = append(all, output{f.path, func(w io.Writer) error {
			_, err := w.Write(octets)
			return err
		}})
		shares, err := lots(packed[i])
		if err != nil {
			return nil, fmt.Errorf("guichet retour: %w", err)
		}
		for k, share := range shares {
			zip := fmt.Sprintf("%s-%02d.zip", strings.TrimSuffix(f.path, ".json"), k+1)
			f.archives = append(f.archives, zip)
			all = append(all, output{zip, func(w io.Writer) error { return archive.Ecrire(ctx, w, share) }})
		}
	}
	return all, nil
}
