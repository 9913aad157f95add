package main

import (
	"cmp"
	"io"

	"github.com/spf13/cobra"

	"guichet/export"
	"guichet/internal/gabarit"
	"guichet/modele"
)

// templateJob is one run of guichet template.
type templateJob struct {
	*program
	forms   []string
	form    string // "" until the name of the output tells it
	example bool
	edition func() *modele.Modele
	output  *string
}

// template builds the command that writes the empty file.
func (p *program) template() *cobra.Command {
	t := templateJob{program: p, forms: []string{"json", "xlsx", "csv"}}
	c := &cobra.Command{
		Use:   "template [options]",
		Short: p.t("Écrit le fichier vide du modèle, à remplir : JSON, classeur ou CSV", "Write the empty file of the model, to fill in: JSON, workbook or CSV"),
		Long: p.t("Le fichier JSON est celui que le guichet attend. Le tableau (xlsx, csv) a une ligne pour chaque ESMS, et guichet prepare\nen fait les fichiers JSON. Le classeur explique chaque colonne et montre trois commandes remplies ; le CSV n'a que ses\nen-têtes, sauf avec --exemple.",
			"The JSON file is the one that the counter expects. The table (xlsx, csv) has one row for each ESMS, and guichet\nprepare makes JSON files of it. The workbook explains each column and shows three orders filled in; the CSV has\nits headings only, unless --exemple is given."),
		Example: p.examples(
			"guichet template --output commandes.xlsx", "un classeur à remplir, avec listes, aide et exemple", "a workbook to fill in, with lists, help and an example",
			"guichet template --format csv --exemple", "les en-têtes et trois commandes remplies", "the headings and three orders filled in",
			"guichet template --output demandes.json", "un fichier d'une demande, à remplir", "a file of one request, to fill in",
			"guichet template --edition 2023-03-09", "celui de l'édition précédente", "that of the edition before",
		),
		Args: p.noArgs,
	}
	c.Flags().Var(&option{&t.form, "FORMAT", p.oneOf(t.forms...)}, "format",
		p.t("format, sinon celui du nom de --output : ", "format, else that of the name of --output: ")+p.or(t.forms))
	p.offer(c, "format", t.forms...)
	c.Flags().BoolVar(&t.example, "exemple", false, p.t("remplit le tableau (xlsx, csv) de trois commandes fictives", "fill the table (xlsx, csv) in with three made-up orders"))
	t.edition, t.output = p.editionFlag(c), p.outputFlag(c)
	c.RunE = func(c *cobra.Command, _ []string) error { return t.run(c) }
	return c
}

func (t *templateJob) run(c *cobra.Command) error {
	t.form = cmp.Or(t.form, "json")
	switch {
	case t.form == "xlsx" && *t.output == "":
		return usageError{c.CommandPath(), t.errorf("un classeur ne s'affiche pas : ajoutez --output commandes.xlsx", "a workbook cannot be shown: add --output orders.xlsx")}
	case t.form == "json" && t.example:
		return usageError{c.CommandPath(), t.errorf("--exemple remplit un tableau : ajoutez --format xlsx ou csv", "--exemple fills a table in: add --format xlsx or csv")}
	}
	if err := t.emit(*t.output, t.write); err != nil || *t.output == "" {
		return err
	}
	if t.form == "json" {
		t.say("modèle vide écrit ; une fois rempli : guichet check %s", "empty model written; once it is filled in: guichet check %s", quoted(*t.output))
	} else {
		t.say("tableau écrit ; une fois rempli : guichet prepare %s", "table written; once it is filled in: guichet prepare %s", quoted(*t.output))
	}
	return nil
}

func (t *templateJob) write(w io.Writer) error {
	switch m := t.edition(); t.form {
	case "xlsx":
		return gabarit.XLSX(w, m, t.example, t.langue)
	case "csv":
		return gabarit.CSV(w, m, t.example)
	default:
		_, err := w.Write(export.Template(m))
		return err
	}
}
