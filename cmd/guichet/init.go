package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"guichet/internal/gabarit"
	"guichet/internal/projet"
	"guichet/modele/ms1dui"
)

// setup is a project in the making: what the flags say, then what the person answers.
type setup struct {
	*program
	folder                             string
	numeroAns, siret                   string
	output, pieces, ledger, registries string
}

// initCommand builds the command that sets a desk up.
func (p *program) initCommand() *cobra.Command {
	s := &setup{program: p, folder: "."}
	c := &cobra.Command{
		Use:   "init [options] [" + p.t("DOSSIER", "FOLDER") + "]",
		Short: p.t("Prépare un dossier de travail : guichet.yaml et un classeur à remplir", "Set up a working folder: guichet.yaml and a workbook to fill in"),
		Long: p.t(`Demande ce qu'il faut savoir du fournisseur, vérifie chaque réponse, et écrit guichet.yaml, que lisent ensuite les
autres commandes dans ce dossier et ses sous-dossiers. Rien n'est écrit avant la dernière réponse : Ctrl-C ou
Ctrl-D ne laisse rien. Un guichet.yaml déjà présent n'est remplacé qu'avec --force. Le classeur à remplir,
commandes.xlsx, est écrit à côté, s'il n'y est pas déjà.

Ce que donne une option n'est pas demandé. Sans terminal, --numero-ans et --siret sont obligatoires.

Statut de sortie :
  0    dossier prêt
  2    mauvais usage, réponses interrompues, ou guichet.yaml déjà présent`,
			`Asks what must be known of the supplier, checks each answer, and writes guichet.yaml, which the other commands then
read in this folder and those below. Nothing is written before the last answer: Ctrl-C or Ctrl-D leaves nothing
behind. A guichet.yaml that is there already is replaced only with --force. The workbook to fill in, orders.xlsx, is
written beside it, unless it is there already.

What a flag says is not asked. Without a terminal, --numero-ans and --siret are needed.

Exit status:
  0    folder ready
  2    misuse, answers interrupted, or guichet.yaml there already`),
		Example: p.examples(
			"guichet init", "répondre aux questions", "answer the questions",
			"guichet init --numero-ans ANS0000001 --siret 00000000100008", "sans questions, dans un script", "without questions, in a script",
			"guichet init --pieces scans campagne/", "un autre dossier, des bons rangés dans scans/", "another folder, order forms kept in scans/",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) > 1 {
				return usageError{c.CommandPath(), p.errorf("argument en trop : %s", "one argument too many: %s", shown(args[1]))}
			}
			if len(args) == 1 {
				s.folder = args[0]
			}
			return s.run(c.Context())
		},
	}
	s.flags(c)
	return c
}

func (s *setup) flags(c *cobra.Command) {
	f, p, folder := c.Flags(), s.program, s.t("DOSSIER", "FOLDER")
	f.SortFlags = false
	f.Var(&option{&s.numeroAns, p.t("NUMERO", "NUMBER"), p.isNumeroAns}, "numero-ans", p.t("le numéro de référencement du logiciel", "the software's référencement number"))
	f.Var(&option{&s.siret, "SIRET", p.isSIRET}, "siret", p.t("le SIRET du fournisseur", "the SIRET of the supplier"))
	f.Var(&option{&s.output, folder, nil}, "sortie", p.t("où écrire les fichiers à déposer (depots)", "where to write the files to deposit (depots)"))
	f.Var(&option{&s.pieces, folder, nil}, "pieces", p.t("où sont les bons de commande signés (bons)", "where the signed order forms are (bons)"))
	f.Var(&option{&s.ledger, p.t("FICHIER", "FILE"), nil}, "carnet", p.t("le carnet des numéros et des dépôts (guichet.db)", "the ledger of numbers and deposits (guichet.db)"))
	f.Var(&option{&s.registries, folder, nil}, "referentiels", p.t("où sont les référentiels chargés (referentiels)", "where the loaded registers are (referentiels)"))
	f.BoolVar(&s.force, "force", false, p.t("remplace un guichet.yaml déjà présent", "replace a guichet.yaml that is there already"))
}

func (s *setup) run(ctx context.Context) error {
	target := filepath.Join(s.folder, projet.Nom)
	if err := s.spare(target); err != nil {
		return err
	}
	if _, err := os.Lstat(target); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return s.errorf("%s : %s", "%s: %s", shown(target), s.cause(err))
	}
	if err := s.complete(ctx); err != nil {
		return err
	}
	return s.write(target)
}

// complete asks for what the flags leave open, at a terminal; elsewhere it says what is missing.
func (s *setup) complete(ctx context.Context) error {
	if s.isTerminal(s.stdin) && s.isTerminal(s.stderr) {
		return s.ask(ctx)
	}
	var missing []string
	for _, q := range s.questions() {
		if *q.answer != "" {
			continue
		}
		if q.proposed == "" {
			missing = append(missing, "--"+q.flag)
			continue
		}
		*q.answer = q.proposed
	}
	if len(missing) > 0 {
		return usageError{"guichet init", s.errorf("pas de terminal où poser les questions : indiquez %s", "no terminal to ask the questions at: give %s", s.and(missing))}
	}
	return nil
}

func (p *program) and(values []string) string { return strings.Join(values, p.t(" et ", " and ")) }

// write writes the project file and makes its folders.
func (s *setup) write(target string) error {
	if err := os.MkdirAll(s.folder, 0o777); err != nil {
		return s.errorf("%s : %s", "%s: %s", shown(s.folder), s.cause(err))
	}
	text := s.text()
	if failed, err := s.replaceAll([]string{target}, func(_ int, w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	}); err != nil {
		return s.errorf("écriture de %s : %s", "writing %s: %s", shown(failed), s.cause(err))
	}
	for _, folder := range []string{s.output, s.pieces} {
		if !filepath.IsAbs(folder) {
			folder = filepath.Join(s.folder, folder)
		}
		if err := os.MkdirAll(folder, 0o777); err != nil {
			return s.errorf("%s : %s", "%s: %s", shown(folder), s.cause(err))
		}
	}
	s.say("%s écrit", "%s written", shown(filepath.ToSlash(target)))
	return s.firstTable()
}

// firstTable writes the workbook to fill in, unless one is there: it may hold orders. Then it names the command to
// go on with.
func (s *setup) firstTable() error {
	name := s.t("commandes.xlsx", "orders.xlsx")
	target := filepath.Join(s.folder, name)
	_, err := os.Lstat(target)
	if errors.Is(err, fs.ErrNotExist) {
		if _, err := s.replaceAll([]string{target}, func(_ int, w io.Writer) error {
			return gabarit.XLSX(w, ms1dui.Courante(), false, s.langue)
		}); err != nil {
			return s.errorf("écriture de %s : %s", "writing %s: %s", shown(target), s.cause(err))
		}
		s.say("%s écrit, une ligne à remplir pour chaque ESMS", "%s written, a row to fill in for each ESMS", shown(filepath.ToSlash(target)))
	}
	command := "guichet prepare --dry-run " + name
	if filepath.Clean(s.folder) != "." {
		command = "cd " + quoted(filepath.ToSlash(s.folder)) + " && " + command
	}
	(&job{program: s.program}).hint(command, "ce qui serait déposé, une fois le tableau rempli", "what would be deposited, once the table is filled in")
	return nil
}
