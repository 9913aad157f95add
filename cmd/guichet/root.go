package main

import (
	"errors"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"guichet/modele"
	"guichet/modele/ms1dui"
)

// root builds the tree of commands in the language of the run.
func (p *program) root() *cobra.Command {
	c := &cobra.Command{
		Use: "guichet",
		Short: p.t("Contrôle les fichiers de demandes du Ségur numérique avant leur dépôt",
			"Checks the files of Ségur numérique funding requests before their deposit"),
		Long: p.t(`Le fichier JSON d'une demande d'avance passe deux contrôles au portail : sa structure, puis chaque demande.
Guichet fait les deux d'avance, montre toutes les erreurs avec leur ligne et leur colonne, et dit quoi faire.`,
			`The JSON file of an advance request goes through two controls at the portal: its structure, then each request.
Guichet makes both beforehand, shows all errors with their line and column, and says what to do.`),
		Example: p.examples(
			"guichet check JSON-ANS0000001-20231002-001.json", "contrôler un fichier", "check a file",
			"guichet explain F114", "comprendre une règle", "understand a rule",
			"guichet template --output demandes.json", "partir d'un fichier vide", "start from an empty file",
		),
		Version: version(),
		Args:    p.noCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(
		p.initCommand(), p.prepare(), p.check(), p.fix(), p.diff(), p.pack(), p.suivi(), p.cancel(), p.retourCommand(), p.ledgerCommand(), p.registersCommand(),
		p.serve(), p.config(), p.migrate(), p.backup(), p.restore(), p.healthcheck(), p.resetFactor(), p.journalCommand(), p.comptesCommand(),
		p.template(), p.modelCommand(), p.schema(), p.rules(), p.explain(), p.versionCommand(), p.completion(), p.man(),
	)
	help := p.helpCommand()
	c.SetHelpCommand(help)
	p.common(c)
	p.helpFlags(help) // cobra adds it to the others later
	return c
}

// common sets what all commands share.
func (p *program) common(c *cobra.Command) {
	c.SilenceErrors, c.SilenceUsage = true, true
	c.SuggestionsMinimumDistance = 2
	c.CompletionOptions.DisableDefaultCmd = true
	c.SetArgs(append([]string{}, p.args...))
	c.SetIn(p.stdin)
	c.SetOut(p.stdout)
	c.SetErr(p.stderr)
	c.SetHelpFunc(p.help)
	c.SetUsageFunc(func(*cobra.Command) error { return nil })
	c.SetFlagErrorFunc(p.flagError)
	c.SetVersionTemplate(p.versionText())
	langue := p.getenv("GUICHET_LANG")
	c.PersistentFlags().Var(&option{target: &langue, kind: "fr|en", check: p.oneOf("fr", "en")}, "lang",
		p.t("langue des messages et de l'aide (ou la variable GUICHET_LANG)", "language of messages and help (or the variable GUICHET_LANG)"))
	p.offer(c, "lang", "fr", "en")
	c.Flags().Bool("version", false, p.t("écrit la version", "write the version"))
	p.helpFlags(c)
	p.forceFlags(c)
	c.PersistentPreRunE = func(c *cobra.Command, args []string) error {
		return errors.Join(p.keepInputs(c, args), p.fitFormat(c), p.adjust(c))
	}
}

// helpFlags gives each command a help flag before cobra adds its own, in English.
func (p *program) helpFlags(c *cobra.Command) {
	c.DisableFlagsInUseLine = true
	c.Flags().BoolP("help", "h", false, p.t("affiche cette aide", "show this help"))
	for _, sub := range c.Commands() {
		p.helpFlags(sub)
	}
}

// noCommand refuses what is no command, and says what was perhaps meant.
func (p *program) noCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	err := p.errorf("commande inconnue : %s", "unknown command: %s", shown(args[0]))
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		err = p.errorf("%w ; vouliez-vous dire %s ?", "%w; did you mean %s?", err, p.or(near))
	} else if _, missing := os.Stat(args[0]); missing == nil {
		err = p.errorf("%w ; pour contrôler ce fichier : guichet check %s", "%w; to check this file: guichet check %s", err, quoted(args[0]))
	}
	return usageError{c.CommandPath(), err}
}

func (p *program) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [" + p.t("COMMANDE", "COMMAND") + "]",
		Short: p.t("Affiche l'aide d'une commande", "Show the help of a command"),
		Example: p.examples(
			"guichet help check", "l'aide de la commande check", "the help of the command check",
		),
		RunE: func(c *cobra.Command, args []string) error {
			target, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return p.noCommand(c.Root(), args)
			}
			return target.Help()
		},
		ValidArgsFunction: func(c *cobra.Command, _ []string, _ string) ([]string, cobra.ShellCompDirective) {
			var names []string
			for _, sub := range c.Root().Commands() {
				if sub.IsAvailableCommand() {
					names = append(names, cobra.CompletionWithDesc(sub.Name(), sub.Short))
				}
			}
			return names, cobra.ShellCompDirectiveNoFileComp
		},
	}
}

// editionFlag adds --edition. The function that it returns gives the model, once the flags are read.
func (p *program) editionFlag(c *cobra.Command) func() *modele.Modele {
	var names []string
	for _, m := range ms1dui.Editions() {
		names = append(names, m.Edition)
	}
	edition := names[0]
	c.Flags().Var(&option{target: &edition, kind: p.t("AAAA-MM-JJ", "YYYY-MM-DD"), check: p.oneOf(names...)}, "edition",
		p.t("édition du modèle", "edition of the model"))
	p.offer(c, "edition", slices.Clone(names)...)
	return func() *modele.Modele {
		if p.adjusted != nil && p.adjusted.Edition == edition {
			return p.adjusted
		}
		return ms1dui.Edition(edition)
	}
}
