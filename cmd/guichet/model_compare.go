package main

import (
	"bytes"
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/internal/projet"
	"guichet/jsondoc"
	"guichet/modele"
	"guichet/modele/ajustement"
	"guichet/modele/ms1dui"
)

// modelCommand builds the commands about the table itself.
func (p *program) modelCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "modele",
		Short: p.t("Compare le tableau des balises avec le modèle du portail", "Compare the table of tags with the template of the portal"),
		Long: p.t("Le portail laisse télécharger un modèle de fichier. guichet modele comparer dit en quoi il diffère du tableau que\nguichet applique, et en tire des ajustements.",
			"The portal lets its template file be downloaded. guichet modele comparer says how it differs from the table that\nguichet applies, and makes adjustments of it."),
		Example: p.examples("guichet modele comparer modele-du-portail.json", "ce qui diffère", "what differs"),
		Args:    p.noCommand,
		RunE:    func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(p.compareModel())
	return c
}

// compareModel builds the command that compares the template of the portal with the table.
func (p *program) compareModel() *cobra.Command {
	var output string
	c := &cobra.Command{
		Use:   "comparer [options] " + p.t("FICHIER", "FILE"),
		Short: p.t("Dit, balise par balise, en quoi un modèle du portail diffère du tableau", "Say, tag by tag, how a template of the portal differs from the table"),
		Long: p.t(`Lit le modèle téléchargé sur le portail, vide ou rempli, et le compare au tableau des balises : nom, casse, place,
ordre, null, balises absentes ou inconnues, type de la valeur d'exemple.

--output écrit les ajustements. Nommez ce fichier dans guichet.yaml (ajustements: ajustements.yaml) : check, fix,
prepare, retour, template et les autres appliquent alors le tableau ajusté, et leurs rapports le disent. Relisez-le
d'abord : ce qui est marqué « à décider » n'y est pas.

Statut de sortie :
  0    aucune différence
  1    des différences
  2    mauvais usage, ou un fichier qui n'a pu être lu`,
			`Reads the template that was downloaded from the portal, empty or filled in, and compares it with the table of tags:
name, case, place, order, null, tags that are missing or not known, type of the example value.

--output writes the adjustments. Name that file in guichet.yaml (ajustements: ajustements.yaml): check, fix, prepare,
retour, template and the others then apply the adjusted table, and their reports say so. Read it first: what is marked
"to decide" is not in it.

Exit status:
  0    no difference
  1    differences
  2    misuse, or a file that could not be read`),
		Example: p.examples(
			"guichet modele comparer modele-du-portail.json", "ce qui diffère", "what differs",
			"guichet modele comparer --output ajustements.yaml modele-du-portail.json", "en tirer des ajustements, à nommer dans guichet.yaml", "make adjustments of it, to be named in guichet.yaml",
		),
	}
	c.Flags().SortFlags = false
	edition := p.plainEditionFlag(c)
	c.Flags().Var(&option{&output, p.t("FICHIER", "FILE"), nil}, "output", p.t("écrit là les ajustements", "write the adjustments there"))
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) != 1 {
			return usageError{c.CommandPath(), p.errorf("indiquez un fichier : le modèle téléchargé sur le portail", "name a file: the template that was downloaded from the portal")}
		}
		return p.compareTemplate(c.Context(), edition(), args[0], output)
	}
	return c
}

// compareTemplate tells what differs, and writes the adjustments.
func (p *program) compareTemplate(ctx context.Context, m *modele.Modele, file, output string) error {
	j := &job{program: p, choices: choices{maxTaille: 64}}
	content, err := j.read(ctx, source{path: file, shown: file})
	if err != nil {
		return p.errorf("%s : %s", "%s: %s", shown(file), p.cause(err))
	}
	if err := p.notJSON(file, content); err != nil {
		return err
	}
	c, err := ajustement.Comparer(m, filepath.Base(file), content)
	var wrong *jsondoc.Error
	if errors.As(err, &wrong) {
		place := diag.Number(1+bytes.Count(content[:wrong.Offset], []byte("\n")), p.langue)
		return p.errorf("%s, ligne %s : ce n'est pas du JSON ; guichet check %s dit pourquoi", "%s, line %s: this is no JSON; guichet check %s says why", shown(file), place, quoted(file))
	}
	if err != nil {
		return p.errorf("%s : %s", "%s: %s", shown(file), p.cause(err))
	}
	if err := p.emitBytes("", []byte(p.differences(m, file, c))); err != nil {
		return err
	}
	if output != "" {
		if err := p.writeAdjustments(output, c); err != nil {
			return err
		}
	}
	if len(c.Ecarts) > 0 {
		return findings
	}
	return nil
}

// writeAdjustments writes the file that was asked for, also where nothing is to be adjusted: one of an earlier template
// would be taken for this one's.
func (p *program) writeAdjustments(output string, c *ajustement.Comparaison) error {
	if err := p.emitBytes(output, p.adjustmentFile(c)); err != nil {
		return err
	}
	if c.Ajustements.Vide() {
		p.say("%s n'ajuste rien : inutile de le nommer dans guichet.yaml", "%s adjusts nothing: no need to name it in guichet.yaml", shown(filepath.ToSlash(output)))
		return nil
	}
	p.say("ajustements écrits ; relisez-les, puis ajoutez à guichet.yaml : ajustements: %s", "adjustments written; read them, then add to guichet.yaml: ajustements: %s", shown(filepath.ToSlash(output)))
	return nil
}

var (
	nounEcart   = diag.Noun{One: modele.Texte{Fr: "différence", En: "difference"}, Several: modele.Texte{Fr: "différences", En: "differences"}}
	nounCommune = diag.Noun{One: modele.Texte{Fr: "balise commune", En: "tag in common"}, Several: modele.Texte{Fr: "balises communes", En: "tags in common"}}
)

// differences is the report of a comparison.
func (p *program) differences(m *modele.Modele, file string, c *ajustement.Comparaison) string {
	var b strings.Builder
	t := &told{w: &b, l: p.langue}
	t.line(p.t("%s comparé au tableau %s, édition %s : %s", "%s compared with the table %s, edition %s: %s"), shown(file), m.Nom, m.Edition, nounCommune.Count(c.Balises, p.langue))
	if !c.Rempli {
		t.line("%s", p.t("  le modèle est vide : ses null ne disent pas ce qui peut rester null", "  the template is empty: where it has null does not tell what may stay null"))
	}
	if len(c.Ecarts) == 0 {
		t.line("%s", p.t("aucune différence", "no difference"))
		return b.String()
	}
	t.line("%s", nounEcart.Count(len(c.Ecarts), p.langue))
	for _, e := range c.Ecarts[:min(len(c.Ecarts), maxTold)] {
		mark, place := p.t("à décider", "to decide"), ""
		if e.Ajuste {
			mark = p.t("ajusté", "adjusted")
		}
		if e.Ligne > 0 {
			place = p.t("ligne ", "line ") + diag.Number(e.Ligne, p.langue) + ", "
		}
		t.line("  [%s] %s%s%s%s", mark, place, shown(e.Balise), p.t(" : ", ": "), shown(e.Message.In(p.langue)))
	}
	if n := len(c.Ecarts) - maxTold; n > 0 {
		t.line(p.t("  … et %s autres", "  … and %s others"), diag.Number(n, p.langue))
	}
	return b.String()
}

// adjustmentFile is the file of the adjustments, with what is left to decide as remarks.
func (p *program) adjustmentFile(c *ajustement.Comparaison) []byte {
	var b strings.Builder
	b.WriteString("# " + p.t("Ce que le modèle du portail a autrement que le tableau. Écrit par guichet modele comparer ; à relire.",
		"What the template of the portal has otherwise than the table. Written by guichet modele comparer; to be read.") + "\n")
	for _, e := range c.Ecarts {
		if !e.Ajuste {
			b.WriteString("# " + p.t("à décider : ", "to decide: ") + shown(e.Balise) + ", " + shown(e.Message.In(p.langue)) + "\n")
		}
	}
	return append([]byte(b.String()), c.Ajustements.YAML()...)
}

// adjust has the commands that apply a table apply that of the project: its edition, unless --edition names another
// one, and its adjustments.
func (p *program) adjust(c *cobra.Command) error {
	edition := c.Flags().Lookup("edition")
	if edition == nil || c.Name() == "comparer" {
		return nil
	}
	desk, err := projet.Charger(".", projet.Sources{Getenv: p.getenv})
	if desk == nil {
		return nil // who needs the project says why
	}
	if err := p.otherProject(desk); err != nil {
		return err
	}
	var faults projet.Erreurs
	wrong := false
	if errors.As(err, &faults) {
		for _, f := range faults {
			if desk.DesAjustements(f) {
				p.say("%s", "%s", shown(f.In(p.langue)))
				wrong = true
			}
		}
	}
	if wrong {
		return misuse
	}
	p.adjusted = desk.Ajuste()
	if !edition.Changed {
		return edition.Value.Set(desk.Modele().Edition)
	}
	return nil
}

// plainEditionFlag adds --edition of the tables of the source alone.
func (p *program) plainEditionFlag(c *cobra.Command) func() *modele.Modele {
	edition := p.editionFlag(c)
	return func() *modele.Modele { return ms1dui.Edition(edition().Edition) }
}
