package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"guichet/export"
)

// outputFlag adds --output to a command that writes one text.
func (p *program) outputFlag(c *cobra.Command) *string {
	var name string
	c.Flags().Var(&option{&name, p.t("FICHIER", "FILE"), nil}, "output", p.t("écrit dans un fichier", "write to a file"))
	return &name
}

// noArgs refuses arguments, for commands that only have flags.
func (p *program) noArgs(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return usageError{c.CommandPath(), p.errorf("argument en trop : %s", "one argument too many: %s", shown(args[0]))}
}

// schema builds the command that writes the JSON Schema.
func (p *program) schema() *cobra.Command {
	var limits bool
	c := &cobra.Command{
		Use:   "schema [options]",
		Short: p.t("Écrit le JSON Schema du modèle", "Write the JSON Schema of the model"),
		Long: p.t("JSON Schema 2020-12, pour l'éditeur et les outils du fournisseur. Il ne sait pas dire toutes les règles :\n--limites donne la liste des autres, que guichet check contrôle.",
			"JSON Schema 2020-12, for the supplier's editor and tools. It cannot say all rules: --limites lists the\nothers, which guichet check controls."),
		Example: p.examples(
			"guichet schema --output ms1-dui.schema.json", "le schéma, dans un fichier", "the schema, in a file",
			"guichet schema --limites", "ce que le schéma ne peut pas dire", "what the schema cannot say",
		),
		Args: p.noArgs,
	}
	edition, output := p.editionFlag(c), p.outputFlag(c)
	c.Flags().BoolVar(&limits, "limites", false, p.t("liste les règles que le schéma ne peut pas dire", "list the rules that the schema cannot say"))
	c.RunE = func(*cobra.Command, []string) error {
		if limits {
			return p.emitBytes(*output, []byte("- "+strings.Join(export.Limites(edition(), p.langue), "\n- ")+"\n"))
		}
		schema, err := export.Schema(edition(), p.langue)
		if err != nil {
			return fmt.Errorf("guichet schema: %w", err)
		}
		return p.emitBytes(*output, schema)
	}
	return c
}

// rules builds the command that lists the rules.
func (p *program) rules() *cobra.Command {
	form := "text"
	c := &cobra.Command{
		Use:   "rules [options]",
		Short: p.t("Liste toutes les règles", "List all rules"),
		Long: p.t("Chaque règle a un code qui ne change jamais : S pour la structure du fichier, F pour le format des valeurs,\nC pour la cohérence d'une demande, A pour les alertes, I pour les remarques,\nP pour les pièces et leurs archives.",
			"Each rule has a code that never changes: S for the structure of the file, F for the format of values, C for\nwhat goes together in a request, A for warnings, I for remarks, P for documents and\ntheir archives."),
		Example: p.examples(
			"guichet rules", "toutes les règles", "all rules",
			"guichet rules --format markdown --output regles.md", "une page à publier", "a page to publish",
		),
		Args: p.noArgs,
	}
	forms := []string{"text", "json", "markdown"}
	c.Flags().Var(&option{&form, "FORMAT", p.oneOf(forms...)}, "format", p.t("format : ", "format: ")+p.or(forms))
	p.offer(c, "format", forms...)
	edition, output := p.editionFlag(c), p.outputFlag(c)
	c.RunE = func(*cobra.Command, []string) error {
		write := export.ReglesTexte
		switch form {
		case "json":
			write = export.ReglesJSON
		case "markdown":
			write = export.ReglesMarkdown
		}
		return p.emitBytes(*output, write(edition(), rulebook(), p.langue))
	}
	return c
}

// explain builds the command that explains a rule or a tag.
func (p *program) explain() *cobra.Command {
	c := &cobra.Command{
		Use:   "explain [options] CODE|" + p.t("BALISE", "TAG"),
		Short: p.t("Explique une règle ou une balise", "Explain a rule or a tag"),
		Long: p.t("D'une règle : son effet, sa source, un exemple faux et un exemple juste. D'une balise : sa place, son format,\nson obligation, les règles qui la concernent, et ses codes si elle en a une liste.",
			"Of a rule: its effect, its source, a wrong and a right example. Of a tag: its place, its format, its\nobligation, the rules about it, and its codes if it has a list of them."),
		Example: p.examples(
			"guichet explain F114", "une règle", "a rule",
			"guichet explain dateCommande", "une balise", "a tag",
			"guichet explain operateurMessagerie", "la liste des opérateurs de messagerie", "the list of messaging operators",
		),
	}
	edition := p.editionFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{c.CommandPath(), p.errorf("indiquez un code ou une balise", "name a code or a tag")}
		}
		text, ok := export.Expliquer(edition(), rulebook(), args[0], p.langue)
		if !ok {
			return p.unknownSubject(c, args[0], export.Sujets(edition(), rulebook(), p.langue))
		}
		return p.emitBytes("", text)
	}
	c.ValidArgsFunction = func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
		var names []string
		for _, s := range export.Sujets(edition(), rulebook(), p.langue) {
			names = append(names, cobra.CompletionWithDesc(s.Code, s.Libelle))
		}
		return names, cobra.ShellCompDirectiveNoFileComp
	}
	return c
}
