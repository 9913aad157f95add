package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
)

// ledgerCommand builds the commands about the ledger as a file.
func (p *program) ledgerCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "carnet",
		Short: p.t("Tient le carnet : ce qui a été déposé, et le fichier lui-même", "Keep the ledger: what was deposited, and the file itself"),
		Long: p.t(`Le carnet est un seul fichier, guichet.db, à côté de guichet.yaml : il retient chaque numeroEditeur donné.
guichet suivi le montre.`,
			`The ledger is one single database, guichet.db, beside guichet.yaml: it remembers each numeroEditeur given.
guichet suivi shows it.`),
		Example: p.examples(
			"guichet carnet deposer JSON-ANS0000001-20231002-001.json", "dire que ce fichier a été déposé", "say that this deposit was made",
			"guichet carnet sauver sauvegarde.db", "copier le carnet", "copy the ledger",
			"guichet carnet restaurer sauvegarde.db", "revenir à cette copie", "go back to this copy",
			"guichet carnet reconstruire depots/ retours/", "refaire un carnet perdu", "make a lost ledger again",
		),
		Args: p.noCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(p.ledgerDeposit(), p.ledgerSave(), p.ledgerVerify(), p.ledgerRestore(), p.ledgerRebuild(), p.ledgerAdopt(), p.ledgerNew())
	return c
}

// writeLedger runs something on the ledger of the project, open for writing.
func (p *program) writeLedger(ctx context.Context, named string, do func(*carnet.Carnet) error) (err error) {
	path, err := p.ledgerPath(named)
	if err != nil {
		return err
	}
	ledger, err := carnet.Ouvrir(ctx, path, p.now)
	if err != nil {
		return p.errorf("%s", "%s", p.fault(err))
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	return do(ledger)
}
