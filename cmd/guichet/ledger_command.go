package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
	"guichet/internal/partage"
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

// openLedger opens a ledger for writing.
func (p *program) openLedger(ctx context.Context, path string) (*carnet.Carnet, error) {
	p.tellSynchronised(path)
	return carnet.Ouvrir(ctx, path, p.now)
}

// tellSynchronised says that other machines get copies of the ledger that is about to be written.
func (p *program) tellSynchronised(path string) {
	if service := partage.Synchronise(path, p.getenv); service != "" {
		p.say("le carnet %[1]s est dans un dossier que %[2]s copie sur d'autres postes : n'y travaillez que d'un poste, %[2]s à jour, ou gardez guichet.db ailleurs (carnet: dans guichet.yaml)",
			"the ledger %[1]s is in a folder that %[2]s copies to other machines: work there from one machine only, with %[2]s up to date, or keep guichet.db elsewhere (carnet: in guichet.yaml)",
			shown(near(path)), service)
	}
}

// writeLedger runs something on the ledger of the project, open for writing.
func (p *program) writeLedger(ctx context.Context, named string, do func(*carnet.Carnet) error) (err error) {
	path, err := p.ledgerPath(named)
	if err != nil {
		return err
	}
	ledger, err := p.openLedger(ctx, path)
	if err != nil {
		return p.errorf("%s", "%s", p.fault(err))
	}
	defer func() { err = errors.Join(err, ledger.Close()) }()
	return do(ledger)
}
