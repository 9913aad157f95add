package main

import (
	"time"

	"github.com/spf13/cobra"

	"guichet/internal/projet"
	"guichet/modele"
	"guichet/referentiel"
)

// preparing is what the flags of prepare say, and the desk that it works for.
type preparing struct {
	*program
	desk      map[string]*string // values of the project that a flag may give
	sheet     string
	date      string
	format    string
	output    string
	guess     bool
	strict    bool
	again     bool
	noPieces  bool
	dryRun    bool
	noLedger  bool
	registers registerChoice

	sources   []string
	copyNames []string // of the annotated workbooks, one for each source

	projet       *projet.Projet
	modele       *modele.Modele
	jour         time.Time
	referentiels referentiel.Jeu
}

// prepare builds the command that makes files of spreadsheets.
func (p *program) prepare() *cobra.Command {
	o := &preparing{program: p, desk: map[string]*string{}, format: "text"}
	c := &cobra.Command{
		Use:     "prepare [options] SOURCE…",
		Short:   p.t("Fait des fichiers à déposer d'un tableur ou d'un export CSV", "Make files to deposit of a spreadsheet or a CSV export"),
		Long:    p.prepareLong(),
		Example: p.prepareExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				return usageError{c.CommandPath(), p.errorf("indiquez un fichier .xlsx, .ods ou .csv", "name a .xlsx, .ods or .csv file")}
			}
			if o.noLedger && o.again {
				return usageError{c.CommandPath(), p.errorf("--refaire a besoin du carnet, qui sait ce qui a été préparé : retirez --sans-carnet", "--refaire needs the ledger, which knows what was prepared: leave --sans-carnet out")}
			}
			if err := o.open(args); err != nil {
				return err
			}
			if o.guess {
				return o.proposeMapping(args)
			}
			o.sources = args
			if o.format == "xlsx" {
				var err error
				if o.copyNames, err = o.copies(); err != nil {
					return err
				}
			}
			return o.run(c.Context(), args)
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"xlsx", "ods", "csv"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	c.Flags().SortFlags = false
	p.prepareFlags(c, o)
	return c
}

func (p *program) prepareFlags(c *cobra.Command, o *preparing) {
	f, file, folder := c.Flags(), p.t("FICHIER", "FILE"), p.t("DOSSIER", "FOLDER")
	desk := func(name, kind, usage string, check func(string) error) {
		o.desk[name] = new(string)
		f.Var(&option{o.desk[name], kind, check}, name, usage)
	}
	desk("mapping", file, p.t("correspondance YAML entre colonnes et balises (voir --guess)", "YAML mapping of columns and tags (see --guess)"), nil)
	f.BoolVar(&o.guess, "guess", false, p.t("propose une correspondance d'après les titres, et s'arrête", "propose a mapping from the headings, and stop"))
	f.Var(&option{&o.output, file, nil}, "output", p.t("écrit là le rapport, ou la correspondance de --guess", "write the report there, or the mapping of --guess"))
	f.Var(&option{&o.sheet, p.t("NOM", "NAME"), nil}, "feuille", p.t("ne lit que cette feuille", "read this sheet only"))
	masked := p.oneOf(projet.Lire, projet.Laisser)
	desk("lignes-masquees", projet.Lire+"|"+projet.Laisser, p.t("lire ou laisser de côté les lignes masquées ou filtrées (lire)", "read hidden or filtered rows, or leave them aside (lire)"), masked)
	desk("feuilles-masquees", projet.Lire+"|"+projet.Laisser, p.t("lire ou laisser de côté les feuilles masquées (laisser)", "read hidden sheets, or leave them aside (laisser)"), masked)
	desk("pieces", folder, p.t("dossier des bons de commande et des preuves", "folder of the order forms and proofs"), nil)
	f.BoolVar(&o.noPieces, "sans-pieces", false, p.t("ne cherche pas les pièces et ne fait pas d'archives", "do not look for documents, make no archives"))
	desk("sortie", folder, p.t("dossier où les fichiers apparaissent", "folder where the files appear"), nil)
	f.BoolVar(&o.dryRun, "dry-run", false, p.t("contrôle tout et n'écrit rien", "check everything and write nothing"))
	f.BoolVar(&o.strict, "strict", false, p.t("refuse ce qui devrait être réparé", "refuse what would need a repair"))
	f.BoolVar(&o.again, "refaire", false, p.t("remplace les commandes qui ont changé depuis leur préparation, si elles ne sont pas déposées", "replace the orders that have changed since they were prepared, if they are not deposited"))
	desk("numero-ans", p.t("NUMERO", "NUMBER"), p.t("le numéro de référencement du logiciel", "the software's référencement number"), p.isNumeroAns)
	desk("siret", "SIRET", p.t("le SIRET du fournisseur", "the SIRET of the supplier"), p.isSIRET)
	desk("prefixe", p.t("TEXTE", "TEXT"), p.t("premiers caractères de chaque numeroEditeur", "first characters of each numeroEditeur"), nil)
	desk("carnet", file, p.t("le carnet des numéros et des dépôts", "the ledger of numbers and deposits"), nil)
	f.BoolVar(&o.noLedger, "sans-carnet", false, p.t("ne retient rien : les numéros sont ceux de la colonne numeroEditeur", "remember nothing: the numbers are those of the column numeroEditeur"))
	p.registersFlags(c, &o.registers)
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("le jour du dépôt, que portent les noms des fichiers (aujourd'hui)", "the day of the deposit, which the names of the files carry (today)"))
	forms := []string{"text", "json", "html", "xlsx"}
	f.Var(&option{&o.format, "FORMAT", p.oneOf(forms...)}, "format", p.t("format du rapport : ", "format of the report: ")+p.or(forms))
	p.offer(c, "format", forms...)
}

func (p *program) prepareExamples() string {
	return p.examples(
		"guichet prepare commandes.xlsx", "préparer les commandes du modèle de tableur", "prepare the orders of the spreadsheet template",
		"guichet prepare --dry-run commandes.xlsx", "voir ce qui serait fait, et ce qui l'empêche", "see what would be made, and what keeps it from being made",
		"guichet prepare --format xlsx --output commandes-annotees.xlsx commandes.xlsx", "une copie du classeur, les cellules à corriger en couleur", "a copy of the workbook, with the cells to mend in colour",
		"guichet prepare --format html --output rapport.html commandes.xlsx", "un compte rendu à lire et à envoyer", "a report to read and to mail",
		"guichet prepare --guess --output mapping.yaml export-crm.csv", "proposer une correspondance pour un autre tableau", "propose a mapping for another layout",
		"guichet prepare --mapping mapping.yaml export-crm.csv", "préparer un export de CRM", "prepare a CRM export",
		"guichet prepare --pieces scans/ commandes.csv", "des bons rangés dans un autre dossier", "order forms kept in another folder",
	)
}

func (p *program) prepareLong() string {
	return p.t(`Lit un tableau d'une ligne par ESMS (guichet template --format xlsx donne le modèle), répare ce que tableurs et
exports font aux valeurs, contrôle tout, donne à chaque demande un numeroEditeur qui n'a jamais servi, et écrit les
fichiers JSON, de 200 demandes au plus, et leurs archives de pièces. Tout apparaît, ou rien.

Le carnet (guichet.db) retient les numéros, les commandes et les ESMS. Une commande déjà préparée est laissée de côté
tant qu'elle n'est pas rejetée : le même tableau peut servir toute la campagne. Une commande rejetée, une fois
corrigée dans le tableau, repart avec un nouveau numéro ; guichet retour le fait aussi, sans le tableau.

Une commande préparée qui a changé depuis dans le tableau est dite, avec ce qui a changé. --refaire la remplace tant que
son fichier n'est pas déposé : le fichier est mis de côté (ecartes), la commande a un nouveau numéro dans un nouveau
fichier, et les autres demandes du fichier gardent le leur dans un autre. guichet annuler reprend ce qui est préparé.

Les pièces sont cherchées dans le dossier des pièces (bons, ou --pieces), puis à côté du tableau. Un nom qui n'en
diffère que par les accents, les espaces, la casse ou .jpeg est retrouvé, et c'est dit.

Statut de sortie :
  0    fichiers écrits, ou rien de nouveau à préparer
  1    des erreurs à corriger : rien n'est écrit ; ou des commandes déjà préparées ont changé
  2    mauvais usage, un fichier qui n'a pu être lu ou écrit, ou un carnet qui refuse, --dry-run aussi`,
		`Reads a table of one row for each ESMS (guichet template --format xlsx gives the template), repairs what spreadsheets
and exports do to values, checks everything, gives each request a numeroEditeur that was never used, and writes the
JSON files, of at most 200 requests, and their archives of documents. Everything appears, or nothing does.

The ledger (guichet.db) remembers numbers, orders and ESMS. An order that is prepared already is left aside as long as
it is not rejected: the same table can serve the whole campaign. A rejected order, once mended in the table, leaves
again with a new number; guichet retour does so too, without the table.

An order that was prepared and has changed in the table since is told, with what has changed. --refaire replaces it as
long as it is not deposited: what was written is set aside (ecartes), the order gets a new number in a new deposit,
and the other requests that were with it keep theirs in another. guichet annuler takes back what is prepared.

Documents are looked for in the folder of documents (bons, or --pieces), then beside the table. A name that only
differs by accents, blanks, case or .jpeg is found, and this is told.

Exit status:
  0    files written, or nothing new to prepare
  1    errors to mend: nothing is written; or orders prepared before have changed
  2    misuse, a file that could not be read or written, or a ledger that refuses, --dry-run too`)
}
