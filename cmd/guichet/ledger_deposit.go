package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/modele"
)

// ledgerDeposit builds the command by which a person says that files were deposited.
func (p *program) ledgerDeposit() *cobra.Command {
	var named string
	c := &cobra.Command{
		Use:   "deposer [options] NOM.json…",
		Short: p.t("Note que des fichiers ont été déposés au portail", "Record that deposits were made at the portal"),
		Long: p.t(`Les demandes des fichiers passent de l'état « préparée » à l'état « déposée ». Ce que le portail a répondu
reste. guichet retour le note aussi, en lisant le retour.

Statut de sortie :
  0    noté
  1    un fichier modifié à la main depuis sa préparation ; ou un fichier mis de côté (annulé, remplacé) : il n'était plus à déposer, rien n'en est noté
  2    mauvais usage, ou un fichier que le carnet ne connaît pas`,
			`Their requests go from the state prepared to the state deposited. What the portal has answered stays.
guichet retour records it too, when it reads what was returned.

Exit status:
  0    recorded
  1    a file that was edited after it was made; or one that was set aside (cancelled, replaced): it was not to be deposited, nothing of it is recorded
  2    misuse, or a name that the ledger does not know`),
		Example: p.examples(
			"guichet carnet deposer JSON-ANS0000001-20231002-001.json", "ce fichier a été déposé", "this deposit was made",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{c.CommandPath(), p.errorf("indiquez les fichiers JSON déposés", "name the JSON files that were deposited")}
			}
			return p.writeLedger(c.Context(), named, func(ledger *carnet.Carnet) error {
				desk, err := p.project(map[string]string{"carnet": named})
				if err != nil {
					return err
				}
				return p.deposit(c.Context(), ledger, desk.Modele(), args)
			})
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	return c
}

// deposit records each file, and tells which ones were not to be deposited, or were edited before.
func (p *program) deposit(ctx context.Context, ledger *carnet.Carnet, m *modele.Modele, names []string) (outcome error) {
	for _, name := range names {
		changed, err := p.edited(ctx, ledger, m, name)
		if err != nil {
			return p.errorf("%s", "%s", p.fault(err))
		}
		if changed {
			outcome = findings
		}
		n, err := ledger.Deposer(ctx, filepath.Base(name))
		var aside *carnet.ErreurMisDeCote
		switch {
		case errors.As(err, &aside):
			p.say("%s", "%s", shown(aside.Texte().In(p.langue)))
			outcome = findings
		case err != nil:
			return p.errorf("%s", "%s", p.fault(err))
		default:
			p.say("%s : %s", "%s: %s", shown(filepath.Base(name)), nounDeposited.Count(n, p.langue))
		}
	}
	return outcome
}

var nounDeposited = diag.Noun{
	One:     modele.Texte{Fr: "demande notée déposée", En: "request recorded as deposited"},
	Several: modele.Texte{Fr: "demandes notées déposées", En: "requests recorded as deposited"},
}
