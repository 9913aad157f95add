package main

import (
	"context"
	"errors"
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
		Long: p.t(`Le journal dit qui a fait quoi, quand, sur quoi. Chaque entrée a sa place dans un arbre d'empreintes dont la tête est signée : qui garde
des têtes ailleurs (les ancres) voit ce qui serait changé, ôté ou ajouté après coup. Les traces de sécurité (connexions refusées,
freins, documents ouverts, exports) sont à part, gardées pour un temps (réglage traces-jours).`,
			`The journal tells who did what, when, to what. Each entry has its place in a tree of hashes with a signed head: who keeps heads
elsewhere (anchors) sees whatever is changed, taken out or put in later. The traces of security (refused sign-ins, brakes,
documents opened, exports) are apart, kept for a time (setting traces-jours).`),
		Example: p.examples(
			"guichet journal verify --donnees portail", "le journal est-il intact ?", "is the journal intact?",
			"guichet journal export --traces > traces.jsonl", "les traces de sécurité, en lignes JSON", "the traces of security, as JSON lines",
		),
		Args: p.noCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.SuggestionsMinimumDistance = 2
	c.AddCommand(p.journalVerify(), p.journalExport(), p.journalKey(), p.journalProve())
	return c
}

func (p *program) journalVerify() *cobra.Command {
	var anchors, keys []string
	c := &cobra.Command{
		Use:   "verify [options]",
		Short: p.t("Relit tout le journal et nomme ce qui a été changé, ôté ou ajouté", "Read the whole journal again and name what was changed, taken out or put in"),
		Long: p.t(`Recalcule l'empreinte de chaque entrée et tout l'arbre, les compare à la tête signée, et prouve que le journal d'aujourd'hui
continue chaque ancre. Le guichet peut rester ouvert. Qui tient la machine entière peut tout réécrire et signer de nouveau, sauf ce
qui est gardé ailleurs : donnez des ancres.

Statut de sortie :
  0    le journal est intact
  1    il ne l'est pas
  2    mauvais usage, ou il n'y a pas de guichet ici`,
			`Computes the hash of each entry and the whole tree again, holds them to the signed head, and proves that today's journal
continues each anchor. The counter may stay open. Who has the whole machine can write and sign everything anew, but for what is
kept elsewhere: give anchors.

Exit status:
  0    the journal is intact
  1    it is not
  2    misuse, or there is no counter here`),
		Example: p.examples(
			"guichet journal verify --donnees portail", "le guichet de ce dossier", "the counter of this folder",
			"guichet journal verify --ancre /media/ancres", "et chaque ancre de cet autre dossier", "and each anchor of that other folder",
		),
		Args: p.noArgs,
	}
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, _ []string) error {
		return p.withCounter(ctx, r, func(b *db.Base) error { return p.verifyJournal(ctx, b, r, anchors, keys) })
	})
	c.Flags().StringArrayVar(&anchors, "ancre", nil, p.t("ancre, ou dossier d'ancres, que le journal doit continuer", "anchor, or folder of anchors, that the journal has to continue"))
	c.Flags().StringArrayVar(&keys, "cle-publique", nil, p.t("clé publique qui a pu signer aussi (guichet journal cle)", "public key that may have signed, too (guichet journal cle)"))
	return c
}

func (p *program) journalKey() *cobra.Command {
	c := &cobra.Command{
		Use:   "cle [options]",
		Short: p.t("Dit la clé publique qui vérifie les têtes du journal", "Tell the public key that verifies heads of the journal"),
		Example: p.examples(
			"guichet journal cle --donnees portail > journal.pub", "à garder avec les ancres, et à donner à qui reçoit des preuves", "to keep with the anchors, and to give to who gets proofs",
		),
		Args: p.noArgs,
	}
	return p.withSettings(c, func(_ context.Context, r reglages.Reglages, _ []string) error {
		key, err := journal.LireCle(p.journalKeyPlace(r))
		if err != nil {
			return p.errorf("il n'y a pas de clé du journal : %s", "there is no key of the journal: %s", p.cause(err))
		}
		return p.emitBytes("", []byte(key.Publique+"\n"))
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

func (p *program) unreadable(err error) error {
	return p.errorf("le journal ne se lit pas : %s", "the journal cannot be read: %s", p.cause(err))
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
