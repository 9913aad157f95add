package main

import (
	"bufio"
	"context"
	"fmt"

	"github.com/spf13/cobra"

	"guichet/comparaison"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// diff builds the command that compares two files.
func (p *program) diff() *cobra.Command {
	c := &cobra.Command{
		Use:   "diff [options] A.json B.json",
		Short: p.t("Compare deux fichiers, par demande et par balise", "Compare two files, by request and by tag"),
		Long: p.t(`Dit quelles balises ont changé, demande par demande : les demandes se reconnaissent à leur numeroEditeur, les OG et
les ESMS à leur FINESS. L'ordre et la mise en page ne comptent pas.

Statut de sortie :
  0    aucune différence
  1    des différences
  2    mauvais usage, ou un fichier qui n'a pu être lu`,
			`Says which tags have changed, request by request: requests are known by their numeroEditeur, OGs and ESMS by their
FINESS. Order and layout do not count.

Exit status:
  0    no difference
  1    differences
  2    misuse, or a file that could not be read`),
		Example: p.examples(
			"guichet diff avant.json apres.json", "ce qui a changé", "what has changed",
			"guichet diff depose.json retours/depose.json", "ce que le portail a écrit", "what the portal has written",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{c.CommandPath(), p.errorf("indiquez deux fichiers", "name two files")}
			}
			return p.compare(c.Context(), args[0], args[1])
		},
	}
	return c
}

func (p *program) compare(ctx context.Context, a, b string) error {
	m := ms1dui.Courante()
	before, err := p.readFile(ctx, a)
	if err != nil {
		return err
	}
	after, err := p.readFile(ctx, b)
	if err != nil {
		return err
	}
	for _, f := range []struct {
		name    string
		content []byte
	}{{a, before}, {b, after}} {
		if err := p.notJSON(f.name, f.content); err != nil {
			return err
		}
	}
	ecarts, err := comparaison.Comparer(m, before, after, jsondoc.Limits{})
	if err != nil {
		return p.errorf("un des fichiers n'est pas du JSON : guichet check %s %s dit où", "one of the files is not JSON: guichet check %s %s says where", quoted(a), quoted(b))
	}
	if len(ecarts) == 0 {
		return nil
	}
	if err := p.tellDifferences(ecarts); err != nil {
		return err
	}
	return findings
}

// readFile reads a file that is to be compared, within the checker's limit.
func (p *program) readFile(ctx context.Context, name string) ([]byte, error) {
	j := &job{program: p, choices: choices{maxTaille: jsondoc.DefaultMaxBytes >> 20}}
	octets, err := j.read(ctx, source{shown: name, path: name})
	if err != nil && ctx.Err() == nil {
		return nil, p.errorf("%s : %s", "%s: %s", shown(name), p.cause(err))
	}
	return octets, err
}

func (p *program) tellDifferences(ecarts []comparaison.Ecart) error {
	w := bufio.NewWriter(p.stdout)
	for i, e := range ecarts {
		if i == 0 || e.Demande != ecarts[i-1].Demande {
			fmt.Fprintln(w, p.demandeTitle(e.Demande))
		}
		fmt.Fprintf(w, "  %s\n", p.difference(e))
	}
	return w.Flush()
}

func (p *program) demandeTitle(name string) string {
	if name == "" {
		return p.t("Entête", "Header")
	}
	return "Demande " + diag.Neutralize(name)
}

// difference tells one difference: `commande.montantSegurHT : 8760.0 → 8760.00 (lignes 80 et 80)`.
func (p *program) difference(e comparaison.Ecart) string {
	name, separator := diag.Neutralize(e.Balise), p.t(" : ", ": ")
	if e.Balise == "" {
		name, separator = "", ""
	}
	before, after := diag.Neutralize(e.Avant.Litteral), diag.Neutralize(e.Apres.Litteral)
	switch {
	case e.Apres.Ligne == 0:
		return name + separator + before + fmt.Sprintf(p.t(" (ligne %d) seulement dans le premier fichier", " (line %d) in the first file only"), e.Avant.Ligne)
	case e.Avant.Ligne == 0:
		return name + separator + after + fmt.Sprintf(p.t(" (ligne %d) seulement dans le second fichier", " (line %d) in the second file only"), e.Apres.Ligne)
	}
	return name + separator + before + " → " + after + fmt.Sprintf(p.t(" (lignes %d et %d)", " (lines %d and %d)"), e.Avant.Ligne, e.Apres.Ligne)
}
