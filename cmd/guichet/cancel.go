package main

import (
	"context"
	"errors"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"guichet/internal/carnet"
)

// cancelling is a run of guichet annuler.
type cancelling struct {
	*program
	ledgerFile, date    string
	numbers, references []string
	batch, dryRun       bool
}

// cancel builds the command that takes demandes back before they are deposited.
func (p *program) cancel() *cobra.Command {
	o := &cancelling{program: p}
	c := &cobra.Command{
		Use:     "annuler [options] NUMERO|REFERENCE|NOM.json…",
		Short:   p.t("Reprend des demandes préparées, tant qu'elles ne sont pas déposées", "Take prepared requests back, as long as they are not deposited"),
		Long:    p.cancelLong(),
		Example: p.cancelExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args)+len(o.numbers)+len(o.references) == 0 {
				return usageError{c.CommandPath(), p.errorf("indiquez un numeroEditeur, une référence de commande ou un fichier JSON", "name a numeroEditeur, the reference of an order, or a JSON file")}
			}
			path, err := p.ledgerPath(o.ledgerFile)
			if err != nil {
				return err
			}
			if _, err := os.Stat(path); err != nil {
				return p.errorf("carnet %s : %s", "ledger %s: %s", shown(path), p.cause(err))
			}
			return p.writeLedger(c.Context(), o.ledgerFile, func(ledger *carnet.Carnet) error { return o.run(c.Context(), ledger, args) })
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.StringSliceVar(&o.numbers, "numero", nil, p.t("numeroEditeur à reprendre", "numeroEditeur to take back"))
	f.StringSliceVar(&o.references, "reference", nil, p.t("référence d'une commande à reprendre", "reference of an order to take back"))
	f.BoolVar(&o.batch, "lot", false, p.t("reprend tout ce que le même guichet prepare a écrit", "take back all that the same guichet prepare wrote"))
	f.BoolVar(&o.dryRun, "dry-run", false, p.t("montre ce qui serait fait, sans rien changer", "show what would be done, change nothing"))
	p.ledgerFlag(c, &o.ledgerFile)
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("le jour que porte le fichier récrit (sinon, celui du fichier)", "the day that a file made anew carries (else, that of the file)"))
	return c
}

func (p *program) cancelExamples() string {
	return p.examples(
		"guichet annuler 00012", "une demande, par son numéro", "a request, by its number",
		"guichet annuler CMD-2023-014", "une demande, par la référence de sa commande", "a request, by the reference of its order",
		"guichet annuler JSON-ANS0000001-20231002-001.json", "toutes les demandes de ce fichier", "all requests of this deposit",
		"guichet annuler --lot --dry-run 00012", "voir ce que reprendre tout le lot ferait", "see what taking the whole batch back would do",
	)
}

func (p *program) cancelLong() string {
	return p.t(`Les demandes passent à l'état « annulée » : leurs numéros restent utilisés, leurs ESMS sont libres, leurs commandes
peuvent être préparées à nouveau. Leurs fichiers vont dans le sous-dossier ecartes du dossier des dépôts : ils ne sont
plus à déposer. Un fichier se dépose entier : les demandes qui y étaient aussi, et qui restent, vont dans un nouveau
fichier, sous les mêmes numéros. Une demande dont le fichier est déposé n'est plus à reprendre ici.

Statut de sortie :
  0    demandes annulées
  1    une demande ne peut être reprise : rien n'est changé
  2    mauvais usage, ou une demande que le carnet ne connaît pas`,
		`The requests are cancelled: their numbers stay used, their ESMS are free, their orders can be prepared again. What
was written of them goes to the folder ecartes, in that of the deposits: it is not to be deposited any more. A
deposit is made as a whole: those requests that were in it and stay go to a new one, under the same numbers. A request
that was deposited is not taken back here.

Exit status:
  0    requests cancelled
  1    a request cannot be taken back: nothing is changed
  2    misuse, or a request that the ledger does not know`)
}

func (o *cancelling) run(ctx context.Context, ledger *carnet.Carnet, args []string) error {
	chosen, err := o.choose(ctx, ledger, args)
	if err != nil {
		return err
	}
	files, err := o.files(ctx, ledger, chosen)
	if err != nil {
		return err
	}
	if o.dryRun {
		return o.tell(files, nil)
	}
	done, given, err := o.write(ctx, ledger, files)
	if err != nil {
		err = o.errorf("%s", "%s", o.fault(err))
	}
	return errors.Join(o.tell(files[:done], given), err)
}

// tell tells what was taken back, or would be.
func (o *cancelling) tell(files []rest, given []string) error {
	t := &told{w: o.stdout, l: o.langue}
	cancelled := o.t("annulée : %s", "cancelled: %s")
	if o.dryRun {
		cancelled = o.t("serait annulée : %s", "would be cancelled: %s")
	}
	for i := range files {
		for _, number := range slices.Sorted(maps.Keys(files[i].out)) {
			t.line(cancelled, number)
		}
		o.tellAsideFile(t, &files[i], o.dryRun)
	}
	for _, number := range given {
		t.line(o.t("à nouveau rejetée, sa reprise ne sera pas déposée : %s ; guichet retour la reprend", "rejected again, its retry will not be deposited: %s; guichet retour takes it up"), number)
	}
	if o.dryRun {
		o.say("rien n'est changé (--dry-run)", "nothing is changed (--dry-run)")
	}
	return t.err
}
