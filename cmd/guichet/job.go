package main

import (
	"context"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"guichet/controle"
	"guichet/diag"
	"guichet/diag/format"
	"guichet/internal/carnet"
	"guichet/modele"
)

// job is a check ready to run.
type job struct {
	*program
	choices
	args      []string
	modele    *modele.Modele
	options   controle.Options
	documents *documents
	ledger    *carnet.Carnet // nil when there is none
	claims    func(ctx context.Context, finess string) ([]carnet.Mention, error)
	asideTold sync.Map // folders that were told to be left aside
}

// job makes a job of what the command line says.
func (p *program) job(c *cobra.Command, o choices, args []string) (*job, error) {
	args, o.pieces = archivesAside(args, o.pieces)
	if len(args) == 0 {
		return nil, usageError{c.CommandPath(), p.errorf(
			"indiquez un fichier, un dossier, ou - pour l'entrée standard", "name a file, a folder, or - for standard input")}
	}
	j := &job{program: p, choices: o, args: args, modele: o.edition()}
	j.options = controle.Options{
		Aujourdhui: p.now(), NumeroAns: o.numeroAns, SIRET: strings.ReplaceAll(o.siret, " ", ""), Telephone: plausibleAbroad,
	}
	if o.date != "" {
		j.options.Aujourdhui, _ = time.Parse(time.DateOnly, o.date) // isDate has seen it
	}
	if o.watch {
		for _, a := range args {
			if a == standardInput {
				return nil, usageError{c.CommandPath(), p.errorf("--watch ne peut pas suivre l'entrée standard", "--watch cannot follow standard input")}
			}
		}
	}
	if err := j.loadRegisters(c.CommandPath()); err != nil {
		return nil, err
	}
	return j, j.loadLedger(c.Context())
}

// run checks all files once, writes the report, and says the rest on standard error.
func (j *job) run(ctx context.Context) error {
	found := j.expand(ctx)
	if j.nom != "" && len(found.sources) > 1 {
		return usageError{"guichet check", j.errorf("--nom ne vaut que pour un fichier, %d trouvés", "--nom is for one file only, %d found", len(found.sources))}
	}
	if err := j.sparesInputs(found); err != nil {
		return err
	}
	if err := j.gather(ctx, found); err != nil {
		return err
	}
	defer j.documents.close()
	results := j.checkAll(ctx, found)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	report, failures := j.collect(found, results)
	if len(report.Fichiers) > 0 {
		if err := j.write(report); err != nil {
			return err
		}
	}
	failures = append(failures, j.tellRetours(found, results)...)
	for _, f := range failures {
		j.say("%s : %s", "%s: %s", shown(f.shown), j.cause(f.err))
	}
	switch {
	case len(failures) > 0:
		return misuse
	case !report.Valid && !j.exitZero:
		j.suggest(found, report)
		return findings
	}
	j.suggest(found, report)
	return nil
}

// write writes the report where it is asked for.
func (j *job) write(report *diag.Rapport) error {
	o := diag.Options{
		Langue: j.langue, Couleur: j.colored(), Grouper: j.group, Max: j.max, Regles: rulebook(), Outil: version(), Maintenant: j.now(),
	}
	err := j.emit(j.output, func(w io.Writer) error { return format.Write(w, format.Format(j.format), report, o) })
	if err == nil && j.output != "" && j.output != standardOutput {
		j.say("rapport écrit : %s", "report written: %s", shown(j.output))
	}
	return err
}

// colored tells whether the report has colours: at a terminal, unless the person does without
// (https://no-color.org).
func (j *job) colored() bool {
	switch j.color {
	case "always":
		return true
	case "never":
		return false
	}
	plain := j.getenv("NO_COLOR") != "" || j.getenv("TERM") == "dumb"
	return !plain && j.output == "" && j.isTerminal(j.stdout)
}
