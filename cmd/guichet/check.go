package main

import (
	"github.com/spf13/cobra"

	"guichet/diag/format"
	"guichet/modele"
)

// choices are what the flags of check say.
type choices struct {
	format, output, color  string
	selected, ignored      []string
	max, maxTaille         int
	group, watch, exitZero bool
	bareme, date, retour   string
	nom, numeroAns, siret  string
	pieces                 []string
	mapping                string
	registers              registerChoice
	ledgers                ledgerChoice
	edition                func() *modele.Modele
}

// check builds the command that checks files.
func (p *program) check() *cobra.Command {
	o := &choices{format: string(format.Text), color: "auto", max: 100, maxTaille: 64}
	c := &cobra.Command{
		Use:     "check [options] [" + p.t("FICHIER|DOSSIER|MOTIF", "FILE|FOLDER|PATTERN") + "|-]…",
		Short:   p.t("Contrôle des fichiers de demandes", "Check files of requests"),
		Long:    p.checkLong(),
		Example: p.checkExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			j, err := p.job(c, *o, args)
			if err != nil {
				return err
			}
			if o.watch {
				return j.keepChecking(c.Context())
			}
			return j.run(c.Context())
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"json"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	c.Flags().SortFlags = false
	p.outputFlags(c, o)
	p.contentFlags(c, o)
	p.runFlags(c, o)
	return c
}

func (p *program) checkLong() string {
	return p.t(`Fait les deux contrôles du portail et montre toutes les anomalies de toutes les demandes ; celle que le
portail signalera est marquée. D'un dossier, tous les fichiers .json sont contrôlés, sous-dossiers compris ;
« - » lit l'entrée standard.

Le nom du fichier est contrôlé aussi : JSON-<numeroAns>-<AAAAMMJJ>-<nnn>.json.

Les registres chargés par guichet referentiel (FINESS, référencements, ESMS éligibles, barème) servent au contrôle ; ce
qui n'est pas chargé est dit « non vérifié », et n'est jamais une anomalie.

Avec --pieces, les pièces sont comparées à celles que nomme le fichier : manquantes, en trop, mal nommées, d'un
autre format, trop lourdes, abîmées ou protégées. D'un dossier, les .zip ne sont lus que s'il n'a rien d'autre.

Statut de sortie :
  0    rien au-dessus d'une alerte
  1    au moins une erreur ou un rejet
  2    mauvais usage, ou un fichier qui n'a pu être ouvert (les autres sont contrôlés)
  130  interrompu par Ctrl-C (avec --watch, Ctrl-C rend le statut du dernier contrôle)`,
		`Makes the two controls of the portal and shows all anomalies of all requests; the one that the portal will
report is marked. Of a folder, all .json files are checked, those of its folders included; "-" reads
standard input.

The name of the file is checked as well: JSON-<numeroAns>-<YYYYMMDD>-<nnn>.json.

The registers that guichet referentiel has loaded (FINESS, référencements, eligible ESMS, barème) serve the check; what
is not loaded is said to be "not checked", and is never an anomaly.

With --pieces, the documents are compared with those that the file names: missing, left over, misnamed, of
another format, too large, damaged or protected. Of a folder, .zip are read only if it has nothing else.

Exit status:
  0    nothing above a warning
  1    at least one error or rejection
  2    misuse, or a file that could not be opened (the others are checked)
  130  interrupted by Ctrl-C (with --watch, Ctrl-C gives the status of the last check)`)
}

func (p *program) checkExamples() string {
	return p.examples(
		"guichet check JSON-ANS0000001-20231002-001.json", "contrôler un fichier avant de le déposer", "check a file before its deposit",
		"guichet check --watch brouillon.json", "contrôler à chaque enregistrement", "check each time it is saved",
		"guichet check --format html --output rapport.html depots/", "un rapport à ouvrir et à envoyer par courriel", "a report to open and to mail",
		"guichet check --group --ignore A,I depots/*.json", "regrouper, sans alertes ni remarques", "gather, without warnings and remarks",
		"guichet check --pieces bons-signes/ JSON-ANS0000001-20231002-001.json", "contrôler aussi les pièces, dans un dossier ou des .zip", "check the documents too, in a folder or in .zip",
		"guichet check --retour retours fichier.json", "simuler le fichier retourné par le portail", "simulate the file that the portal returns",
		"export-crm | guichet check --nom JSON-ANS0000001-20231002-001.json -", "contrôler la sortie d'un programme", "check the output of a program",
	)
}

// outputFlags are about the report.
func (p *program) outputFlags(c *cobra.Command, o *choices) {
	f, file := c.Flags(), p.t("FICHIER", "FILE")
	f.Var(&option{&o.format, "FORMAT", p.oneOf(format.Formats()...)}, "format", p.t("format du rapport : ", "format of the report: ")+p.or(format.Formats()))
	p.offer(c, "format", format.Formats()...)
	f.Var(&option{&o.output, file, nil}, "output", p.t("écrit le rapport dans un fichier", "write the report to a file"))
	f.Var(&list{&o.selected, "CODE", p.knownCode}, "select", p.t("ne montre que ces règles : code entier ou début de code (C, F1, S103)", "show these rules only: a code or its beginning (C, F1, S103)"))
	f.Var(&list{&o.ignored, "CODE", p.knownCode}, "ignore", p.t("ne montre pas ces règles", "leave these rules out"))
	for _, name := range []string{"select", "ignore"} {
		p.offer(c, name, p.codes()...)
	}
	f.Var(&whole{&o.max, 0, 1_000_000, p}, "max", p.t("anomalies montrées en détail par le format text, 0 pour toutes", "anomalies shown in detail by the format text, 0 for all"))
	f.BoolVar(&o.group, "group", false, p.t("regroupe les anomalies semblables", "gather similar anomalies"))
	f.Var(&option{&o.color, p.t("QUAND", "WHEN"), p.oneOf("auto", "always", "never")}, "color", p.t("couleurs : auto, always ou never", "colours: auto, always or never"))
	p.offer(c, "color", "auto", "always", "never")
}

// contentFlags are what the check knows besides the files.
func (p *program) contentFlags(c *cobra.Command, o *choices) {
	f, file := c.Flags(), p.t("FICHIER", "FILE")
	o.edition = p.editionFlag(c)
	p.piecesFlags(c, o)
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("la date du jour, pour un résultat reproductible", "the day that today is, for a reproducible result"))
	f.Var(&option{&o.nom, p.t("NOM", "NAME"), p.isName}, "nom", p.t("le nom qu'aura le fichier (un seul fichier, ou -)", "the name that the file will have (one file only, or -)"))
	f.Var(&option{&o.numeroAns, p.t("NUMERO", "NUMBER"), p.isNumeroAns}, "numero-ans", p.t("le numeroAns déclaré au dépôt", "the numeroAns declared with the deposit"))
	f.Var(&option{&o.siret, "SIRET", p.isSIRET}, "siret", p.t("le SIRET du déposant", "the SIRET of the depositor"))
	f.Var(&option{&o.bareme, file, nil}, "bareme", p.t("barème CSV (tranche;esms_min;esms_max;montant_ttc), pour contrôler le plafond", "barème in CSV (tranche;esms_min;esms_max;montant_ttc), to check the ceiling"))
	p.registersFlags(c, &o.registers)
	p.ledgerFlags(c, &o.ledgers)
}

// runFlags are about how the check goes.
func (p *program) runFlags(c *cobra.Command, o *choices) {
	f := c.Flags()
	f.Var(&option{&o.retour, p.t("DOSSIER", "FOLDER"), nil}, "retour", p.t("écrit dans ce dossier les fichiers que le portail retournerait (numéros simulés)", "write to this folder the files that the portal would return (simulated numbers)"))
	f.BoolVar(&o.watch, "watch", false, p.t("contrôle à nouveau à chaque modification, jusqu'à Ctrl-C", "check again at each change, until Ctrl-C"))
	f.BoolVar(&o.exitZero, "exit-zero", false, p.t("rend le statut 0 même si des anomalies sont trouvées", "exit with status 0 even if anomalies are found"))
	f.Var(&whole{&o.maxTaille, 1, 4095, p}, "max-taille", p.t("taille au-delà de laquelle un fichier n'est pas lu, en Mio", "size above which a file is not read, in MiB"))
}

func (p *program) codes() []string {
	var codes []string
	for _, r := range rulebook() {
		codes = append(codes, cobra.CompletionWithDesc(r.Code, r.Titre.In(p.langue)))
	}
	return codes
}
