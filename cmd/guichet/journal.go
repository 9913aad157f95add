package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/reglages"
	"guichet/internal/portail/traces"
)

// journalCommand builds the commands about the journal of the counter.
func (p *program) journalCommand() *cobra.Command {
	c := &cobra.Command{
		Use:   "journal",
		Short: p.t("Vérifie et exporte le journal du guichet", "Verify and export the journal of the counter"),
		Long: p.t(`Le journal dit qui a fait quoi, quand, sur quoi : une chaîne pour chaque fournisseur, une pour l'agence. Chaque entrée porte
l'empreinte de la précédente. Les traces de sécurité (connexions refusées, freins, documents ouverts, exports) sont à part,
gardées pour un temps (réglage traces-jours).`,
			`The journal tells who did what, when, to what: one chain for each supplier, one for the agency. Each row holds the hash of
the one before. The traces of security (refused sign-ins, brakes, documents opened, exports) are apart, kept for a time
(setting traces-jours).`),
		Example: p.examples(
			"guichet journal verify --donnees portail", "toutes les chaînes sont-elles intactes ?", "are all chains intact?",
			"guichet journal export --traces > traces.jsonl", "les traces de sécurité, en lignes JSON", "the traces of security, as JSON lines",
		),
		Args: p.noCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(p.journalVerify(), p.journalExport())
	return c
}

func (p *program) journalVerify() *cobra.Command {
	c := &cobra.Command{
		Use:   "verify [options]",
		Short: p.t("Relit toutes les chaînes du journal et nomme la première entrée rompue", "Read all chains of the journal again and name the first broken row"),
		Long: p.t(`Recalcule l'empreinte de chaque entrée : une entrée changée, ôtée ou ajoutée après coup se voit, chaîne par chaîne. Le guichet
peut rester ouvert. Qui peut réécrire toute la base peut aussi recalculer toutes les empreintes : gardez ailleurs ce que
guichet journal export en dit.

Statut de sortie :
  0    toutes les chaînes sont intactes
  1    une chaîne au moins est rompue
  2    mauvais usage, ou il n'y a pas de guichet ici`,
			`Computes the hash of each row again: a row that was changed, taken out or put in later shows, chain by chain. The counter may
stay open. Who can write the whole database again can compute all hashes again, too: keep elsewhere what guichet journal
export says of it.

Exit status:
  0    all chains are intact
  1    at least one chain is broken
  2    misuse, or there is no counter here`),
		Example: p.examples("guichet journal verify --donnees portail", "le guichet de ce dossier", "the counter of this folder"),
		Args:    p.noArgs,
	}
	return p.withSettings(c, func(ctx context.Context, r reglages.Reglages, _ []string) error {
		return p.withCounter(ctx, r, func(b *db.Base) error { return p.verifyChains(ctx, b) })
	})
}

func (p *program) journalExport() *cobra.Command {
	var security bool
	c := &cobra.Command{
		Use:   "export [options]",
		Short: p.t("Écrit le journal, ou les traces de sécurité, en lignes JSON", "Write the journal, or the traces of security, as JSON lines"),
		Example: p.examples(
			"guichet journal export > journal.jsonl", "toutes les chaînes, avec leurs empreintes", "all chains, with their hashes",
			"guichet journal export --traces > traces.jsonl", "les traces de sécurité, la dernière d'abord", "the traces of security, the last first",
		),
		Args: p.noArgs,
	}
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, _ []string) error {
		return p.withCounter(ctx, r, func(b *db.Base) error {
			return p.emit("", func(w io.Writer) error { return p.exportJournal(ctx, b, w, security) })
		})
	})
	c.Flags().BoolVar(&security, "traces", false, p.t("les traces de sécurité, au lieu du journal", "the traces of security, instead of the journal"))
	return c
}

// withCounter opens the database of a counter that is there, as it is.
func (p *program) withCounter(ctx context.Context, r reglages.Reglages, do func(*db.Base) error) (err error) {
	config := p.counter(r)
	if _, err := os.Stat(config.AdresseBase()); err != nil && !strings.Contains(config.AdresseBase(), "://") {
		return p.errorf("il n'y a pas de guichet ici : %s ; donnez --donnees ou --db, comme à guichet serve",
			"there is no counter here: %s; give --donnees or --db, as to guichet serve", p.cause(err))
	}
	b, err := db.Ouvrir(ctx, config.AdresseBase())
	if err != nil {
		return p.errorf("la base ne s'ouvre pas : %s", "the database cannot be opened: %s", p.cause(err))
	}
	defer func() { err = errors.Join(err, b.Fermer()) }()
	return do(b)
}

func (p *program) verifyChains(ctx context.Context, b *db.Base) error {
	chains, err := traces.Chaines(ctx, b.Lire())
	if err != nil {
		return p.unreadable(err)
	}
	var lines strings.Builder
	var outcome error
	for _, c := range chains {
		line, err := p.verifyChain(ctx, b, c)
		switch {
		case errors.Is(err, findings):
			outcome = findings
		case err != nil:
			return err
		}
		fmt.Fprintln(&lines, p.chain(c)+p.t(" : ", ": ")+line)
	}
	if err := p.emitBytes("", []byte(lines.String())); err != nil {
		return err
	}
	if outcome != nil {
		p.say("comparez avec une sauvegarde ou un export plus ancien : ce qui précède l'entrée nommée est tel qu'il fut écrit",
			"compare with an earlier backup or export: what comes before the row named is as it was written")
	}
	return outcome
}

// verifyChain reads one chain again, and says what it found; findings for one that is broken.
func (p *program) verifyChain(ctx context.Context, b *db.Base, c traces.Chaine) (line string, err error) {
	n, err := journal.Verifier(ctx, b.Lire(), c.ID)
	var broken *journal.Rupture
	switch {
	case errors.As(err, &broken):
		return fmt.Sprintf(p.t("rompu à l'entrée %d : %s", "broken at row %d: %s"), broken.Rang, broken.Raison.In(p.langue)), findings
	case err != nil:
		return "", p.unreadable(err)
	case n == 0 && c.ID != journal.Agence: // its enrolment was noted
		return p.t("rompu à l'entrée 1 : la chaîne entière manque", "broken at row 1: the whole chain is missing"), findings
	}
	return fmt.Sprintf(p.t("intact, %d entrées", "intact, %d rows"), n), nil
}

func (p *program) unreadable(err error) error {
	return p.errorf("le journal ne se lit pas : %s", "the journal cannot be read: %s", p.cause(err))
}

// chain names a chain of the journal.
func (p *program) chain(c traces.Chaine) string {
	return p.t("Journal de ", "Journal of ") + shown(c.Nommer(p.langue))
}

func (p *program) exportJournal(ctx context.Context, b *db.Base, w io.Writer, security bool) error {
	if security {
		return traces.ExporterTraces(ctx, b.Lire(), w)
	}
	chains, err := traces.Chaines(ctx, b.Lire())
	if err != nil {
		return err
	}
	ids := make([]int64, len(chains))
	for i, c := range chains {
		ids[i] = c.ID
	}
	return traces.ExporterJournal(ctx, b.Lire(), w, ids...)
}
