package main

import (
	"context"
	"errors"

	"github.com/spf13/cobra"

	"guichet/internal/projet"
)

// retry is a run of guichet retour: what its flags say, and the project that it belongs to.
type retry struct {
	*job
	desk                   *projet.Projet
	folder, ledgerFile     string
	without, draft, dryRun bool
	outside, contradict    bool
	open                   []*documents // read until the end of the run
}

// retourCommand builds the command that reads what the portal returned.
func (p *program) retourCommand() *cobra.Command {
	o := &choices{format: "text", maxTaille: 64}
	r := &retry{}
	c := &cobra.Command{
		Use:     "retour [options] " + p.t("FICHIER|DOSSIER|MOTIF", "FILE|FOLDER|PATTERN") + "…",
		Short:   p.t("Lit les fichiers retournés par le portail et prépare la reprise des demandes rejetées", "Read the files that the portal returned and prepare the rejected requests again"),
		Long:    p.retourLong(),
		Example: p.retourExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			j, err := p.job(c, *o, args)
			if err != nil {
				return err
			}
			r.job = j
			if r.desk, err = p.project(map[string]string{"sortie": r.folder, "carnet": r.ledgerFile}); err != nil {
				return err
			}
			if !c.Flags().Changed("edition") {
				r.modele = r.desk.Modele()
			}
			if o.watch {
				return j.keepRunning(c.Context(), r.run)
			}
			return r.run(c.Context())
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"json"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	p.retourFlags(c, o, r)
	return c
}

func (p *program) retourFlags(c *cobra.Command, o *choices, r *retry) {
	f, folder := c.Flags(), p.t("DOSSIER", "FOLDER")
	f.SortFlags = false
	f.Var(&paths{&o.pieces, p.t("DOSSIER|ZIP", "FOLDER|ZIP")}, "pieces", p.t("où sont les pièces des demandes rejetées, sous leur ancien numéro (par défaut, le dossier du projet)", "where the documents of the rejected requests are, under their old number (by default the project's folder)"))
	f.BoolVar(&r.without, "sans-pieces", false, p.t("écrit la reprise sans archive, même si des pièces manquent", "write the retry without archives, even if documents are missing"))
	f.BoolVar(&r.draft, "brouillon", false, p.t("écrit aussi un brouillon des demandes à corriger à la main", "write a draft too, of the requests to mend by hand"))
	f.BoolVar(&r.dryRun, "dry-run", false, p.t("montre ce qui serait fait, sans rien écrire", "show what would be done, write nothing"))
	f.BoolVar(&r.outside, "hors-carnet", false, p.t("croit ce que le carnet ne peut vérifier : un fichier déposé sans lui, ou qui n'est plus dans le dossier des dépôts", "believe what the ledger cannot verify: a file deposited without it, or no longer in the folder of deposits"))
	f.BoolVar(&r.contradict, "contredire", false, p.t("croit ces retours là où ils contredisent une réponse finale du carnet", "believe these returned files where they contradict a final answer of the ledger"))
	f.Var(&option{&r.folder, folder, nil}, "sortie", p.t("écrit la reprise dans ce dossier, au lieu de celui du projet", "write the retry to this folder, not to that of the project"))
	f.Var(&option{&r.ledgerFile, p.t("FICHIER", "FILE"), nil}, "carnet", p.t("le carnet, au lieu de celui du projet", "the ledger, not that of the project"))
	f.Var(&option{&o.format, "FORMAT", p.oneOf("text", "json")}, "format", p.t("format du compte rendu : ", "format of the account: ")+p.or([]string{"text", "json"}))
	p.offer(c, "format", "text", "json")
	f.Var(&option{&o.output, p.t("FICHIER", "FILE"), nil}, "output", p.t("écrit le compte rendu dans un fichier", "write the account to a file"))
	f.BoolVar(&o.watch, "watch", false, p.t("relit à chaque nouveau fichier, jusqu'à Ctrl-C", "read again at each new file, until Ctrl-C"))
	o.edition = p.editionFlag(c)
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("la date du jour, pour un résultat reproductible", "the day that today is, for a reproducible result"))
}

func (p *program) retourLong() string {
	return p.t(`Pour chaque demande rejetée : les mots du portail, puis notre règle si elle explique le rejet. Le carnet retient les
codes et les numeroASP ; relire le même fichier ne change rien.

Un retour n'est cru que s'il est à vous : numeroAns, SIRET et numéros du carnet, et demandes comparées à ce qui a été
déposé. Ce qui manque, ce qui est revenu changé et ce que le carnet ne connaît pas est dit demande par demande. Un
retour simulé ou d'un autre est refusé, rien n'en est retenu. Une réponse finale du carnet ne change jamais d'elle-même :
--contredire croit le retour. Pour un fichier déposé sans le carnet, ou déplacé depuis : --hors-carnet.

La reprise est un nouveau fichier, au rang suivant du jour, avec les seules demandes rejetées : nouveau numeroEditeur,
pièces renommées et réunies en .zip, réparations sûres faites, le reste tel qu'il a été déposé. Une demande acceptée n'y entre
jamais, ni une demande déjà reprise. Une demande qui garde une erreur est laissée de côté et listée : --brouillon
l'écrit à part, à corriger à la main puis à renommer. S'il manque une pièce, rien n'est écrit, sauf avec --sans-pieces.

Une demande où nous ne trouvons rien est reprise telle quelle : lisez les mots du portail avant de la déposer.

Statut de sortie :
  0    toutes les demandes sont acceptées
  1    au moins une demande rejetée, sans réponse, absente du retour ou à vérifier
  2    mauvais usage, ou un fichier refusé, ou qui n'a pu être lu ou écrit`,
		`For each rejected request: the portal's words, then our rule where it explains the rejection. The ledger keeps codes
and numeroASP; reading the same file again changes nothing.

A returned file is believed only when it is yours: numeroAns, SIRET and numbers of the ledger, and requests compared
with what was deposited. What is missing, what came back changed and what the ledger does not know is told request by
request. A simulated file, or that of somebody else, is refused, nothing of it is kept. A final answer of the ledger
never changes by itself: --contredire believes the file. For a file deposited without the ledger, or moved since:
--hors-carnet.

The retry is a new file, at the next rank of the day, with the rejected requests alone: new numeroEditeur, documents
renamed and gathered in .zip, safe repairs made, the rest as it was deposited. An accepted request never gets in, nor one that
was taken up before. A request that keeps an error is left aside and listed: --brouillon writes it apart, to be mended
by hand and then renamed. If a document is missing nothing is written, except with --sans-pieces.

A request in which we find nothing is taken up as it is: read the portal's words before you deposit it.

Exit status:
  0    all requests are accepted
  1    at least one request rejected, without an answer, missing in the file or to look into
  2    misuse, or a file refused, or one that could not be read or written`)
}

func (p *program) retourExamples() string {
	return p.examples(
		"guichet retour --dry-run retours/JSON-ANS0000001-20231002-001.json", "comprendre les rejets, sans rien écrire", "understand the rejections, write nothing",
		"guichet retour retours/*.json", "préparer la reprise, avec les pièces du projet", "prepare the retry, with the project's documents",
		"guichet retour --pieces scans/ retours/*.json", "des pièces rangées ailleurs", "documents kept elsewhere",
		"guichet retour --brouillon retours/*.json", "écrire à part ce qui se corrige à la main", "write apart what is mended by hand",
		"guichet retour --watch retours/", "lire chaque retour dès qu'il arrive", "read each return as it comes",
	)
}

// run reads the returned files once, prepares the retry, and tells.
func (r *retry) run(ctx context.Context) (err error) {
	found := r.expand(ctx)
	if found.seen[standardInput] {
		return usageError{"guichet retour", r.errorf("indiquez des fichiers : le nom du fichier retourné compte", "name files: the name of a returned file matters")}
	}
	a, failures := r.readAllReturned(ctx, found)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := r.spare(r.output); err != nil { // before anything is recorded
		r.tellRefused(append(failures, a.refused...))
		return err
	}
	book, err := r.openLedger(ctx, a)
	if err != nil {
		return err
	}
	if book != nil {
		defer func() { err = errors.Join(err, book.Close()) }()
	}
	defer r.closeDocuments()
	if err := r.learn(ctx, book, a); err != nil {
		return err
	}
	r.sort(a)
	failed := r.prepare(ctx, book, a)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err := r.tell(a); err != nil {
		return err
	}
	failures = append(failures, a.refused...)
	r.tellRefused(failures)
	switch {
	case failed != nil:
		return failed
	case len(failures) > 0:
		return misuse
	case !a.clean():
		return findings
	}
	return nil
}

func (r *retry) tellRefused(failures []failure) {
	for _, f := range failures {
		r.say("%s : %s", "%s: %s", shown(f.shown), r.cause(f.err))
	}
}

func (r *retry) closeDocuments() {
	for _, d := range r.open {
		d.close()
	}
	r.open = nil
}
