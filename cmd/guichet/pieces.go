package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"guichet/appariement"
	"guichet/controle"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/preparation"
)

// rulebook lists all rules: those of the two controls, then those on documents.
func rulebook() []modele.Regle {
	return slices.Concat(controle.Regles(), appariement.Regles(), preparation.Regles())
}

// piecesFlags are about the documents that go with a file.
func (p *program) piecesFlags(c *cobra.Command, o *choices) {
	f := c.Flags()
	f.Var(&paths{&o.pieces, p.t("DOSSIER|ZIP", "FOLDER|ZIP")}, "pieces", p.t("contrôle aussi les pièces de ce dossier ou de ces .zip", "check the documents of this folder or of these .zip as well"))
	p.mappingFlag(c, o)
}

func (p *program) mappingFlag(c *cobra.Command, o *choices) {
	c.Flags().Var(&option{&o.mapping, p.t("FICHIER", "FILE"), nil}, "mapping",
		p.t("CSV (fichier;numeroEditeur;typeFichier) des pièces qui ont un autre nom", "CSV (fichier;numeroEditeur;typeFichier) of the documents that have another name"))
}

// paths is a flag that may be given several times.
type paths struct {
	target *[]string
	kind   string
}

func (f *paths) String() string { return strings.Join(*f.target, " ") }
func (f *paths) Type() string   { return f.kind }

func (f *paths) Set(path string) error {
	*f.target = append(*f.target, path)
	return nil
}

// archivesAside takes the archives out of the arguments when documents are asked for: a shell makes several
// arguments of --pieces *.zip.
func archivesAside(args, pieces []string) (others, all []string) {
	if len(pieces) == 0 {
		return args, nil
	}
	for _, a := range args {
		if strings.EqualFold(filepath.Ext(a), ".zip") {
			pieces = append(pieces, a)
		} else {
			others = append(others, a)
		}
	}
	return others, pieces
}

// documents are those of one run. A nil documents compares nothing.
type documents struct {
	lot      *appariement.Lot
	options  appariement.Options
	open     []*os.File            // archives, read until the end of the run
	resultat *appariement.Resultat // of the comparison, once it is made
}

func (d *documents) close() {
	if d != nil {
		for _, f := range d.open {
			_ = f.Close() // only read from
		}
	}
}

// gather finds the documents before the file is checked.
func (j *job) gather(ctx context.Context, found *expansion) error {
	if len(j.pieces) == 0 {
		if j.mapping != "" {
			return usageError{"guichet check", j.errorf("--mapping demande --pieces", "--mapping needs --pieces")}
		}
		return nil
	}
	if len(found.sources) > 1 {
		return usageError{"guichet check", j.errorf("--pieces ne vaut que pour un fichier, %d trouvés", "--pieces is for one file only, %d found", len(found.sources))}
	}
	j.documents = &documents{lot: &appariement.Lot{Limites: appariement.Produire}}
	if err := j.loadMapping(); err != nil {
		return err
	}
	for _, name := range j.pieces {
		if err := j.noDocuments(name); err != nil {
			return err
		}
		if err := j.documents.add(ctx, name); err != nil {
			return errors.Join(ctx.Err(), j.errorf("--pieces %s : %s", "--pieces %s: %s", shown(name), j.cause(err)))
		}
	}
	return nil
}

// loadMapping reads the file of --mapping.
func (j *job) loadMapping() error {
	if j.mapping == "" {
		return nil
	}
	if err := j.otherKind("--mapping "+j.mapping, j.mapping, wantedNames); err != nil {
		return err
	}
	f, err := os.Open(j.mapping)
	if err != nil {
		return j.errorf("--mapping %s : %s", "--mapping %s: %s", shown(j.mapping), j.cause(err))
	}
	defer f.Close()
	if j.documents.options.Correspondance, err = appariement.LireCorrespondance(f); err != nil {
		return j.errorf("--mapping %s : ce n'est pas une correspondance lisible (%s) ; attendu : une première ligne fichier;numeroEditeur;typeFichier, puis une ligne par pièce, par exemple bon.pdf;00001;BON_COMMANDE",
			"--mapping %s: not a readable mapping (%s); expected: a first line fichier;numeroEditeur;typeFichier, then one line for each document, such as bon.pdf;00001;BON_COMMANDE",
			shown(j.mapping), shown(err.Error()))
	}
	return nil
}

// noDocuments refuses a file that is given in place of the folder or the archive of the documents, and is neither. What is named
// .zip its reader tells of.
func (p *program) noDocuments(name string) error {
	if strings.EqualFold(filepath.Ext(name), ".zip") {
		return nil
	}
	if err := p.otherKind(name, name, wantedDocuments); err != nil {
		return err
	}
	if info, err := os.Stat(name); err == nil && !info.IsDir() {
		if text, err := begins(name); err != nil || !bytes.HasPrefix(text, []byte("PK")) {
			return p.errorf("%s : ce n'est pas %s ; %s", "%s: this is not %s; %s", shown(filepath.ToSlash(name)), wantedDocuments.what.In(p.langue), wantedDocuments.todo.In(p.langue))
		}
	}
	return nil
}

// add takes a folder or an archive. Of a folder that has archives and no documents, it takes the archives.
func (d *documents) add(ctx context.Context, name string) error {
	info, err := os.Stat(name)
	if err != nil {
		return err
	}
	if !info.IsDir() {
		return d.addArchive(name)
	}
	before := len(d.lot.Documents)
	if err := d.lot.AjouterDossier(ctx, filepath.ToSlash(name), os.DirFS(name)); err != nil || len(d.lot.Documents) > before {
		return err
	}
	entries, err := os.ReadDir(name)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if strings.EqualFold(filepath.Ext(e.Name()), ".zip") && e.Type().IsRegular() {
			if err := d.addArchive(filepath.Join(name, e.Name())); err != nil {
				return err
			}
		}
	}
	return nil
}

func (d *documents) addArchive(name string) error {
	f, err := os.Open(name)
	if err != nil {
		return err
	}
	d.open = append(d.open, f)
	info, err := f.Stat()
	if err != nil {
		return err
	}
	return d.lot.AjouterArchive(filepath.ToSlash(name), f, info.Size())
}

// compare adds to the report of a file what its documents give cause for.
func (j *job) compare(ctx context.Context, f *diag.Fichier, octets []byte) error {
	if j.documents == nil {
		return nil
	}
	attendues, err := appariement.Lire(j.modele, octets, jsondoc.Limits{MaxBytes: j.maxBytes()})
	if err != nil { // the report has said why
		f.NonVerifie = append(f.NonVerifie, j.t("pièces : le fichier ne se lit pas", "documents: the file cannot be read"))
		return nil
	}
	bar := j.progress(len(attendues.Pieces))
	defer bar.end()
	o := j.documents.options
	o.Fait = bar.step
	r, err := appariement.Comparer(ctx, attendues, j.documents.lot, o)
	if err != nil {
		return err
	}
	r.Completer(f, j.langue)
	j.documents.resultat = r
	return nil
}
