package main

import (
	"context"
	"errors"
	"io/fs"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/controle"
	"guichet/internal/carnet"
)

// ledgerChoice is what the flags say of the ledger that a check looks into.
type ledgerChoice struct {
	file string // "" for the one of the project
	none bool
}

// ledgerFlags adds the flags of a command that looks into the ledger.
func (p *program) ledgerFlags(c *cobra.Command, o *ledgerChoice) {
	p.ledgerFlag(c, &o.file)
	c.Flags().BoolVar(&o.none, "sans-carnet", false, p.t("ne regarde pas le carnet", "do not look into the ledger"))
}

// ledgerFlag adds --carnet.
func (p *program) ledgerFlag(c *cobra.Command, target *string) {
	c.Flags().Var(&option{target, "guichet.db", nil}, "carnet", p.t("le carnet (par défaut celui du projet)", "the ledger (that of the project by default)"))
}

// ledgerPath says where the ledger is.
func (p *program) ledgerPath(named string) (string, error) {
	desk, err := p.project(map[string]string{"carnet": named})
	if err != nil {
		return "", err
	}
	return near(desk.Carnet.Texte), nil
}

// near writes a path as a person in this folder would, where it is not far.
func near(path string) string {
	here, err := filepath.Abs(".")
	if err != nil {
		return path
	}
	if relative, err := filepath.Rel(here, path); err == nil && len(relative) < len(path) {
		return relative
	}
	return path
}

// consultLedger opens the ledger for reading until the program ends; nil when there is none. One that was named
// must be there.
func (p *program) consultLedger(ctx context.Context, named string) (*carnet.Carnet, error) {
	path, err := p.ledgerPath(named)
	if err != nil {
		return nil, err
	}
	ledger, err := carnet.Consulter(ctx, path)
	switch {
	case errors.Is(err, fs.ErrNotExist) && named != "":
		return nil, p.errorf("--carnet %s : %s", "--carnet %s: %s", shown(named), p.cause(err))
	case errors.Is(err, fs.ErrNotExist):
		if err := carnet.Eprouver(ctx, path, carnet.Intention{}); err != nil { // there was one: what it knew is not looked at
			p.say("attention : %s", "warning: %s", p.fault(err))
		}
		return nil, nil
	case err != nil:
		return nil, p.errorf("%s", "%s", p.fault(err))
	}
	p.closing = append(p.closing, ledger.Close)
	return ledger, nil
}

// loadLedger has the check know which numbers were given and which ESMS are claimed.
func (j *job) loadLedger(ctx context.Context) (err error) {
	if j.ledgers.none {
		return nil
	}
	if j.ledger, err = j.consultLedger(ctx, j.ledgers.file); j.ledger != nil {
		j.claims = j.ledger.DemandesParESMS()
	}
	return err
}

// knowing completes what the check of one file knows by what the ledger says of other files. A question that the
// ledger cannot answer is answered as if it knew nothing: what it knows is a help.
func (j *job) knowing(ctx context.Context, o controle.Options) controle.Options {
	if j.ledger == nil {
		return o
	}
	name := o.Nom
	o.NumeroUtilise = func(number string) (string, bool) {
		known, err := j.ledger.NumerosUtilises(ctx, []string{number})
		u, used := known[number]
		return u.Fichier, err == nil && used && u.Fichier != name
	}
	o.ESMSDemande = func(finess string) (string, bool) {
		mentions, err := j.claims(ctx, finess)
		if err != nil {
			return "", false
		}
		for _, m := range mentions {
			if m.Fichier != name && m.Claims() {
				return j.mention(m), true
			}
		}
		return "", false
	}
	return o
}

// mention names a demande of the ledger: `00014 (CMD-2023-014), acceptée, JSON-….json`.
func (p *program) mention(m carnet.Mention) string {
	s := m.Numero
	if m.Reference != "" {
		s += " (" + m.Reference + ")"
	}
	return s + ", " + p.state(m.Etat) + ", " + m.Fichier
}
