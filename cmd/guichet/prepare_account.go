package main

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"guichet/internal/compterendu"
)

// annotated ends the name of a workbook that is a copy with marks.
const annotated = "-annote.xlsx"

// account gathers what came of a run for those who mend the table.
func (o *preparing) account(r *outcome) *compterendu.CompteRendu {
	c := &compterendu.CompteRendu{
		Sources: o.sources, Commande: o.retyped(), Sortie: shortPath(o.projet.Sortie.Texte), Commandes: r.lot.Nombre(),
		Ecrit: !r.blocking && !o.dryRun && len(r.files) > 0, Bloque: r.blocking, Essai: o.dryRun, Ignorees: r.lot.Ignorees,
		Fautes: r.faults, FautesOmises: r.omitted, Reparations: r.lot.Reparations, ReparationsOmises: r.lot.ReparationsOmises,
		Reference: r.lot.Referencer(),
	}
	if r.orders != nil {
		c.Preparees = r.orders.number
		for _, m := range r.orders.aside {
			c.Laissees = append(c.Laissees, compterendu.Laissee{Reference: m.Reference, Numero: m.Numero, Etat: o.state(m.Etat), Fichier: m.Fichier})
		}
	}
	for _, f := range r.files {
		c.Fichiers = append(c.Fichiers, compterendu.Fichier{
			Nom: f.name, Demandes: f.demandes, Premier: f.first, Dernier: f.last, Pieces: f.documents, Archives: f.archives,
		})
	}
	return c
}

// retyped is the command to type again, without what only says where the report goes.
func (o *preparing) retyped() string {
	words := []string{"guichet"}
	for i := 0; i < len(o.args); i++ {
		switch word := o.args[i]; {
		case word == "--format" || word == "--output" || word == "--lang":
			i++
		case strings.HasPrefix(word, "--format=") || strings.HasPrefix(word, "--output=") || strings.HasPrefix(word, "--lang="):
		default:
			words = append(words, quoted(word))
		}
	}
	return strings.Join(words, " ")
}

// html writes the page.
func (o *preparing) html(w io.Writer, r *outcome) error {
	return o.account(r).EcrirePage(w, o.langue, version())
}

// copies are the workbooks to write, by the index of their source.
func (o *preparing) copies() ([]string, error) {
	folder := o.intoFolder()
	switch {
	case o.output == "":
		return nil, usageError{"guichet prepare", o.errorf("un classeur ne s'affiche pas : ajoutez --output commandes-annotees.xlsx", "a workbook cannot be shown: add --output orders-marked.xlsx")}
	case len(o.sources) > 1 && !folder:
		return nil, usageError{"guichet prepare", o.errorf("plusieurs tableaux, un classeur chacun : indiquez un dossier, --output annotes/", "several tables, one workbook for each: name a folder, --output marked/")}
	}
	names := []string{o.output}
	if folder {
		names = names[:0]
		for _, source := range o.sources {
			name := strings.TrimSuffix(filepath.Base(source), filepath.Ext(source)) + annotated
			names = append(names, filepath.Join(o.output, name))
		}
	}
	for i, name := range names {
		macros := strings.EqualFold(filepath.Ext(o.sources[i]), ".xlsm")
		if folder && macros {
			names[i] = strings.TrimSuffix(name, ".xlsx") + ".xlsm"
		}
		if err := o.copyAllowed(names[i], macros, names[:i]); err != nil {
			return nil, err
		}
	}
	return names, nil
}

// intoFolder tells whether the copies go into a folder, one that is there or one whose name ends as folders' do.
func (o *preparing) intoFolder() bool {
	info, err := os.Stat(o.output)
	return err == nil && info.IsDir() || strings.HasSuffix(o.output, "/") || strings.HasSuffix(o.output, string(filepath.Separator))
}

// copyAllowed refuses a name that is another copy's, that of a file which a person may have edited, or that a
// spreadsheet program would not open.
func (o *preparing) copyAllowed(name string, macros bool, others []string) error {
	ext := ".xlsx"
	if macros {
		ext = ".xlsm"
	}
	switch {
	case !strings.EqualFold(filepath.Ext(name), ext):
		return usageError{"guichet prepare", o.errorf("--output %s : le nom du classeur finit par %s", "--output %s: the name of the workbook ends with %s", shown(name), ext)}
	case slices.Contains(others, name):
		return usageError{"guichet prepare", o.errorf("deux tableaux s'appellent pareil : préparez-les l'un après l'autre", "two tables have the same name: prepare them one after the other")}
	}
	return o.spare(name)
}

// writeCopies writes the annotated workbooks.
func (o *preparing) writeCopies(r *outcome) error {
	c := o.account(r)
	if o.intoFolder() {
		if err := os.MkdirAll(o.output, 0o777); err != nil {
			return o.errorf("%s : %s", "%s: %s", shown(o.output), o.cause(err))
		}
	}
	for i, name := range o.copyNames {
		if err := o.emit(name, func(w io.Writer) error { return c.EcrireClasseur(w, o.sources[i], o.langue) }); err != nil {
			return err
		}
		o.say("classeur annoté : %s", "marked workbook: %s", shown(shortPath(name)))
	}
	return nil
}
