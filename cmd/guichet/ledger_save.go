package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/internal/carnet"
)

// ledgerSave builds the command that copies the ledger.
func (p *program) ledgerSave() *cobra.Command {
	var named string
	c := &cobra.Command{
		Use:   "sauver [options] " + p.t("FICHIER", "FILE"),
		Short: p.t("Copie le carnet, même pendant qu'une commande y écrit", "Copy the ledger, even while another run writes it"),
		Long: p.t(`La copie est le carnet d'un instant, entier ; elle est relue avant d'apparaître. Si FICHIER est un dossier, la copie
y porte le jour et l'heure. Gardez-la sur un autre disque.

Statut de sortie :
  0    copie écrite et relue
  2    mauvais usage, ou une copie qui n'a pu être écrite`,
			`The copy is the ledger of one instant, whole; it is read through before it appears. If FILE names a directory, the
copy carries day and time there. Keep it on another disk.

Exit status:
  0    copied and read through
  2    misuse, or a copy that could not be written`),
		Example: p.examples(
			"guichet carnet sauver sauvegarde.db", "une copie du carnet", "a copy of the ledger",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{c.CommandPath(), p.errorf("indiquez le fichier de la copie, ou son dossier", "name the file of the copy, or its folder")}
			}
			target := args[0]
			if info, err := os.Stat(target); err == nil && info.IsDir() {
				target = filepath.Join(target, "guichet-"+p.now().Format("20060102-150405")+".db")
			}
			return p.readLedger(c.Context(), named, func(ledger *carnet.Carnet) error {
				saved, err := ledger.Sauver(c.Context(), target, p.force)
				if err != nil {
					return p.errorf("%s", "%s", p.fault(err))
				}
				p.say("%s : %s", "%s: %s", shown(filepath.ToSlash(target)), p.holds(saved))
				return nil
			})
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	p.forceFlag(c)
	return c
}

// holds tells what a copy of the ledger holds.
func (p *program) holds(s carnet.Sauvegarde) string {
	text := nounNumber.Count(s.Numeros, p.langue)
	if s.Dernier != "" {
		text += p.t(", le dernier ", ", the last one ") + s.Dernier
	}
	return text
}

var nounNumber = diag.Noun{
	One:     texte("numéro", "number"),
	Several: texte("numéros", "numbers"),
}

// readLedger runs something on the ledger of the project, open for reading. There must be one.
func (p *program) readLedger(ctx context.Context, named string, do func(*carnet.Carnet) error) error {
	path, err := p.ledgerPath(named)
	if err != nil {
		return err
	}
	ledger, err := carnet.Consulter(ctx, path)
	switch {
	case errors.Is(err, os.ErrNotExist):
		if err := carnet.Eprouver(ctx, path, carnet.Intention{}); err != nil { // there was one
			return p.errorf("%s", "%s", p.fault(err))
		}
		return p.errorf("carnet %s : %s", "ledger %s: %s", shown(path), p.cause(err))
	case err != nil:
		return p.errorf("%s", "%s", p.fault(err))
	}
	defer func() { _ = ledger.Close() }() // only read
	return do(ledger)
}

var nounFile = diag.Noun{
	One:     texte("fichier", "file"),
	Several: texte("fichiers", "files"),
}

// ledgerRestore builds the command that puts a backup back.
func (p *program) ledgerRestore() *cobra.Command {
	var named string
	c := &cobra.Command{
		Use:   "restaurer [options] " + p.t("FICHIER", "FILE"),
		Short: p.t("Remet une sauvegarde à la place du carnet", "Put a backup in the place of the ledger"),
		Long: p.t(`La sauvegarde est d'abord relue : abîmée, ou d'un autre programme, elle est refusée. Le carnet présent est gardé à
côté, sous un autre nom. Si des numéros ont été donnés après la sauvegarde, aucun ne l'est tant que le carnet ne les
connaît pas tous : guichet carnet reconstruire les lui apprend.

Statut de sortie :
  0    sauvegarde remise
  1    sauvegarde remise, mais il lui manque des numéros, ou ce qui a été noté depuis
  2    mauvais usage, ou sauvegarde refusée : rien n'est changé`,
			`The backup is read through at first: damaged, or of another program, it is refused. The present ledger is kept beside
it, under another name. If numbers were given after the backup, no other one is before the ledger knows them all:
guichet carnet reconstruire teaches it them.

Exit status:
  0    backup put back
  1    backup put back, but it lacks numbers, or what was recorded since
  2    misuse, or a backup that was refused: nothing is changed`),
		Example: p.examples("guichet carnet restaurer sauvegarde.db", "revenir à cette sauvegarde", "go back to this backup"),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{c.CommandPath(), p.errorf("indiquez la sauvegarde", "name the backup")}
			}
			path, err := p.ledgerPath(named)
			if err != nil {
				return err
			}
			if err := p.otherKind(args[0], args[0], wantedLedger); err != nil {
				return err
			}
			p.tellSynchronised(path)
			r, err := carnet.Restaurer(c.Context(), path, args[0], p.now)
			if err != nil {
				return p.errorf("%s", "%s", p.fault(err))
			}
			return p.tellRestored(path, r)
		},
	}
	c.Flags().SortFlags = false
	p.ledgerFlag(c, &named)
	return c
}

func (p *program) tellRestored(path string, r carnet.Restauration) error {
	p.say("%s remis : %s", "%s put back: %s", shown(path), p.holds(r.Sauvegarde))
	p.tellAside(r.Ecarte)
	switch {
	case r.Ancien != nil:
		p.say("%s", "%s", p.fault(r.Ancien))
	case r.Oublis > 0:
		p.say("des dépôts ou des réponses notés depuis la sauvegarde n'y sont pas : relisez les retours (guichet retour) et redites ce qui est déposé (guichet carnet deposer)",
			"deposits or answers recorded since the backup are not in it: read the returned files again (guichet retour) and say again what was deposited (guichet carnet deposer)")
	default:
		return nil
	}
	return findings
}

func (p *program) tellAside(aside string) {
	if aside != "" {
		p.say("le carnet d'avant est gardé : %s", "the former ledger is kept: %s", shown(filepath.ToSlash(near(aside))))
	}
}
