package main

import (
	"context"
	"errors"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/internal/carnet"
	"guichet/internal/projet"
)

// rebuild makes a ledger again from files that were found.
type rebuild struct {
	*program
	desk   *projet.Projet
	files  []foundFile
	oddity int // files that were left aside
	dryRun bool
}

// ledgerRebuild builds the command that makes a ledger again.
func (p *program) ledgerRebuild() *cobra.Command {
	var named string
	var dryRun bool
	c := &cobra.Command{
		Use:   "reconstruire [options] " + p.t("[FICHIER|DOSSIER]…", "[FILE|FOLDER]…"),
		Short: p.t("Refait ou complète le carnet d'après les fichiers déposés et retournés", "Make or complete the ledger from what was deposited and returned"),
		Long: p.t(`Lit les fichiers JSON déposés, leurs archives et les fichiers retournés (par défaut ceux du dossier des fichiers à
déposer), et apprend au carnet leurs numéros, leurs demandes et les réponses du portail. Ce que le carnet sait reste.

Ces fichiers ne disent ni la référence des commandes, ni d'où venaient les pièces. Une commande y est reconnue à ses
ESMS : guichet prepare signale ceux qui ont déjà été demandés.

Statut de sortie :
  0    tous les numéros donnés ici sont connus
  1    il en manque, ou un fichier n'a pu être pris
  2    mauvais usage, ou un dossier illisible`,
			`Reads each JSON that was deposited, its archives, and what was returned (by default from the place of what is to be
deposited), and teaches the ledger their numbers, their requests and what the portal answered. What it knows stays.

They do not tell the references of orders, nor where documents came from. An order is known by its ESMS: guichet
prepare reports those that were asked for already.

Exit status:
  0    all numbers that were given here are known
  1    some are lacking, or something could not be taken in
  2    misuse, or a place that could not be read`),
		Example: p.examples(
			"guichet carnet reconstruire depots/ retours/", "refaire un carnet perdu", "make a lost ledger again",
			"guichet carnet reconstruire --dry-run depots/ retours/", "voir ce qui serait appris, sans rien écrire", "see what would be learnt, write nothing",
		),
		RunE: func(c *cobra.Command, args []string) (err error) {
			r := &rebuild{program: p, dryRun: dryRun}
			if r.desk, err = p.project(map[string]string{"carnet": named}); err != nil {
				return err
			}
			if len(args) == 0 {
				args = []string{r.desk.Sortie.Texte}
			}
			if err := r.gather(args); err != nil {
				return err
			}
			return r.run(c.Context())
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	c.Flags().BoolVar(&dryRun, "dry-run", false, p.t("montre ce qui serait appris, sans rien écrire", "show what would be learnt, write nothing"))
	return c
}

func (r *rebuild) run(ctx context.Context) (err error) {
	if len(r.files) == 0 {
		r.say("aucun fichier déposé ni retourné : le carnet n'est pas changé", "nothing deposited nor returned was found: the ledger is not changed")
		return findings
	}
	ledger, end, err := r.open(ctx)
	if err != nil {
		return r.errorf("%s", "%s", r.fault(err))
	}
	defer func() { err = errors.Join(err, end()) }()
	done, answers, err := r.teach(ctx, ledger)
	if err != nil {
		return r.errorf("%s", "%s", r.fault(err))
	}
	r.tell(done, answers)
	if !r.dryRun {
		r.tellAside(ledger.Ecarte())
	}
	if done.Manquent > 0 || r.oddity > 0 {
		return findings
	}
	return nil
}

// open opens the ledger to be completed; for a rehearsal, a copy that goes with it.
func (r *rebuild) open(ctx context.Context) (ledger *carnet.Carnet, end func() error, err error) {
	if r.dryRun {
		return carnet.EssayerCompleter(ctx, r.desk.Carnet.Texte, r.now)
	}
	r.tellSynchronised(r.desk.Carnet.Texte)
	if ledger, err = carnet.Completer(ctx, r.desk.Carnet.Texte, r.now); err != nil {
		return nil, nil, err
	}
	return ledger, ledger.Close, nil
}

// teach takes in the files, then the answers.
func (r *rebuild) teach(ctx context.Context, ledger *carnet.Carnet) (done carnet.Reconstruction, answers int, err error) {
	all := make([]carnet.Retrouve, len(r.files))
	for i, f := range r.files {
		all[i] = f.retrouve
	}
	if done, err = ledger.Reconstruire(ctx, all); err != nil {
		return done, 0, err
	}
	for _, f := range r.files {
		if f.answer == nil {
			continue
		}
		if _, err := ledger.Enregistrer(ctx, *f.answer); err != nil {
			return done, answers, err
		}
		answers++
	}
	return done, answers, ledger.Rapprocher(ctx, &done)
}

func (r *rebuild) tell(done carnet.Reconstruction, answers int) {
	if r.dryRun {
		r.say("rien n'est écrit (--dry-run) ; sans cette option :", "nothing is written (--dry-run); without this option:")
	}
	r.say("carnet %s : appris %s, %s ; %s ; %s", "ledger %s: learnt %s, %s; %s; %s", shown(near(r.desk.Carnet.Texte)),
		nounFile.Count(done.Fichiers, r.langue), demandeNoun.Count(done.Demandes, r.langue), nounKnown.Count(done.DejaConnues, r.langue), nounAnswer.Count(answers, r.langue))
	if done.Deplacees > 0 {
		r.say("%s, le fichier que le carnet connaissait est mis de côté", "%s, the file that the ledger knew is set aside", nounMoved.Count(done.Deplacees, r.langue))
	}
	if len(done.Deduites) > 0 {
		r.say("tenues pour remplacées, car une seule demande suivante a les mêmes ESMS : %s", "taken as replaced, since one later request alone has the same ESMS: %s", strings.Join(done.Deduites, ", "))
	}
	if done.Demandes > 0 {
		r.say("ces fichiers ne disent pas la référence des commandes, ni d'où venaient les pièces", "these files do not tell the references of the orders, nor where the documents came from")
	}
	if done.Manquent > 0 {
		r.say("il manque %s : cherchez les fichiers qui les portent et recommencez ; s'ils sont perdus, changez numeros.prefixe dans guichet.yaml, puis guichet carnet adopter --force",
			"%s lacking: look for the files that carry them and try again; if they are lost, change numeros.prefixe in guichet.yaml, then guichet carnet adopter --force", nounGiven.Count(done.Manquent, r.langue))
	}
}

var nounGiven = diag.Noun{
	One:     texte("numéro donné ici", "number given here is"),
	Several: texte("numéros donnés ici", "numbers given here are"),
}

var (
	nounKnown = diag.Noun{One: texte("déjà connue", "known already"), Several: texte("déjà connues", "known already")}
	nounMoved = diag.Noun{One: texte("demande retrouvée dans un autre fichier", "request found in another file"), Several: texte("demandes retrouvées dans d'autres fichiers", "requests found in other files")}
)

var nounAnswer = diag.Noun{
	One:     texte("retour lu", "returned file read"),
	Several: texte("retours lus", "returned files read"),
}

// aside says why a file is left aside.
func (r *rebuild) aside(path, fr, en string) {
	r.oddity++
	r.say("%s : laissé de côté, %s", "%s: left aside, %s", shown(filepath.ToSlash(near(path))), r.t(fr, en))
}
