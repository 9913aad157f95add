package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/internal/portail/reglages"
	"guichet/internal/portail/sauvegarde"
	"guichet/internal/portail/web"
)

// backup builds the command that copies the counter while it works.
func (p *program) backup() *cobra.Command {
	c := &cobra.Command{
		Use:   p.t("backup DOSSIER [options]", "backup FOLDER [options]"),
		Short: p.t("Sauvegarde le guichet dans un dossier, pendant qu'il travaille", "Back the counter up into a folder, while it works"),
		Long: p.t(`Copie la base telle qu'elle est à un instant, puis les fichiers dont elle parle. Le guichet peut recevoir des dépôts pendant
ce temps. Dans un dossier qui a déjà une sauvegarde, seuls les nouveaux fichiers sont copiés, et l'ancienne vaut jusqu'à la fin.
La clé de l'installation n'y est jamais : gardez-la ailleurs. Une base PostgreSQL demande pg_dump.

Statut de sortie :
  0    tout est sauvegardé
  1    sauvegardé, mais des fichiers reçus manquent ou sont abîmés
  2    mauvais usage, ou rien n'est sauvegardé`,
			`Copies the database as it is at one moment, then the files that it speaks of. The counter may take deposits meanwhile. In a
folder that has a backup already, only new files are copied, and the earlier backup holds until the end. The key of the
installation is never in it: keep it elsewhere. A PostgreSQL database needs pg_dump.

Exit status:
  0    everything is saved
  1    saved, but some received files are missing or damaged
  2    misuse, or nothing is saved`),
		Example: p.examples(
			"guichet backup /media/sauvegardes/guichet", "le guichet d'ici", "the counter here",
			"guichet backup /media/sauvegardes/guichet --config guichet-portail.yaml", "selon son fichier de réglages", "by its file of settings",
		),
		Args: p.oneBackup,
	}
	return p.withSettings(c, func(ctx context.Context, r reglages.Reglages, args []string) error {
		g := p.kept(r)
		b, err := sauvegarde.Sauver(ctx, g, args[0], p.now())
		if err != nil {
			return p.errorf("rien n'est sauvegardé : %s", "nothing is saved: %s", p.backupFault(err))
		}
		p.say("sauvegardé dans %s : la base, %d fichiers reçus dont %d nouveaux", "saved in %s: the database, %d received files, %d of them new", args[0], b.Fichiers, b.Copies)
		p.say("les clés n'y sont pas ; gardez ailleurs %s et %s", "the keys are not in it; keep %s and %s elsewhere", p.keyPlace(r), p.journalKeyPlace(r))
		return p.tellMissing(b)
	})
}

// restore builds the command that makes a counter of a backup.
func (p *program) restore() *cobra.Command {
	c := &cobra.Command{
		Use:   p.t("restore DOSSIER [options]", "restore FOLDER [options]"),
		Short: p.t("Refait un guichet d'une sauvegarde, là où il n'y en a pas", "Make a counter of a backup, where there is none"),
		Long: p.t(`Lit d'abord toute la sauvegarde, chaque fichier comparé à son empreinte, puis remet les fichiers reçus, et la base à la fin. Rien
n'est jamais remplacé : le dossier de données n'a pas de base, ou la base PostgreSQL est vide. S'il manque un fichier, rien n'est
remis, sauf avec --incomplet. Remettez ensuite les clés, puis guichet serve.

Statut de sortie :
  0    tout est remis
  1    remis avec --incomplet, sans les fichiers reçus qui manquent ou sont abîmés
  2    mauvais usage, ou rien n'est remis`,
			`Reads the whole backup first, each file held to its digest, then puts the received files back, and the database at the end.
Nothing is ever replaced: the data folder has no database, or the PostgreSQL database is empty. If a file is missing, nothing is
back, unless with --incomplet. Then bring the keys back, then guichet serve.

Exit status:
  0    everything is back
  1    it is back with --incomplet, without the received files that are missing or damaged
  2    misuse, or nothing is back`),
		Example: p.examples(
			"guichet restore /media/sauvegardes/guichet --donnees portail", "dans un dossier neuf", "into a new folder",
		),
		Args: p.oneBackup,
	}
	var incomplete bool
	p.withSettings(c, func(ctx context.Context, r reglages.Reglages, args []string) error {
		b, err := sauvegarde.Restaurer(ctx, args[0], p.kept(r), incomplete)
		if errors.Is(err, sauvegarde.ErrIncomplete) {
			p.nameMissing(b)
			return p.errorf("rien n'est remis : %d fichiers reçus manquent dans cette sauvegarde ou y sont abîmés ; remettez-les dans %s depuis une autre sauvegarde, ou faites sans eux avec --incomplet",
				"nothing is back: %d received files are missing from this backup or damaged; bring them back into %s from another backup, or do without them with --incomplet", len(b.Absents), filepath.Join(args[0], "fichiers"))
		}
		if err != nil {
			return p.errorf("rien n'est remis : %s", "nothing is back: %s", p.backupFault(err))
		}
		p.say("remis, comme le %s : la base, %d fichiers reçus", "back as on %s: the database, %d received files", web.Seconde(b.Instant).In(p.langue), b.Fichiers)
		p.say("remettez maintenant les clés : %s et %s", "now bring the keys back: %s and %s", p.keyPlace(r), p.journalKeyPlace(r))
		return p.tellMissing(b)
	})
	c.Flags().BoolVar(&incomplete, "incomplet", false, p.t("remettre ce qui est là quand des fichiers reçus manquent", "restore what is there when received files are missing"))
	return c
}

func (p *program) oneBackup(c *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return usageError{c.CommandPath(), p.errorf("donnez le dossier de la sauvegarde, et lui seul", "give the folder of the backup, and nothing else")}
}

// kept is where the counter of some settings has what it keeps.
func (p *program) kept(r reglages.Reglages) sauvegarde.Guichet {
	config := p.counter(r)
	return sauvegarde.Guichet{Base: config.AdresseBase(), Donnees: config.Donnees, Referentiels: config.DossierReferentiels()}
}

// keyPlace is where the key of the installation is.
func (p *program) keyPlace(r reglages.Reglages) string {
	if r.Texte("cle") != "" {
		return p.t("celle du réglage « cle »", "that of the setting \"cle\"")
	}
	return filepath.Join(r.Texte("donnees"), "cle")
}

// nameMissing names the first of the files that are missing or damaged.
func (p *program) nameMissing(b sauvegarde.Bilan) {
	for _, digest := range b.Absents[:min(len(b.Absents), maxMissing)] {
		p.say("fichier absent ou abîmé : %s", "missing or damaged file: %s", digest)
	}
}

// backupFault says what went wrong and what to do.
func (p *program) backupFault(err error) string {
	var program sauvegarde.SansClient
	switch {
	case errors.As(err, &program):
		return p.t("il faut "+program.Nom+", du paquet postgresql-client, de la version du serveur ou d'une plus récente",
			program.Nom+" is needed, of the package postgresql-client, of the server's version or a later one")
	case errors.Is(err, sauvegarde.ErrSansGuichet):
		return p.t("il n'y a pas de guichet ici ; donnez --donnees ou --db", "there is no counter here; give --donnees or --db")
	case errors.Is(err, sauvegarde.ErrOccupe):
		return p.t("il y a déjà un guichet ici, et rien n'est remplacé ; donnez un autre --donnees, ou une base vide",
			"there is a counter here already, and nothing is replaced; give another --donnees, or an empty database")
	case errors.Is(err, sauvegarde.ErrPasUneSauvegarde):
		return p.t("ce dossier n'a pas de sauvegarde entière de ce genre de base ; donnez celui de guichet backup, et le même genre de --db",
			"this folder has no whole backup of this kind of database; give that of guichet backup, and the same kind of --db")
	case errors.Is(err, sauvegarde.ErrDedans):
		return p.t("une sauvegarde ne va pas dans le dossier du guichet, avec lequel elle se perdrait ; donnez un dossier d'un autre disque",
			"a backup does not go into the folder of the counter, with which it would be lost; give a folder of another disk")
	case errors.Is(err, sauvegarde.ErrEtranger):
		return p.t("ce dossier contient autre chose qu'une sauvegarde ; donnez un dossier vide, ou qui n'existe pas encore",
			"this folder holds something else than a backup; give an empty folder, or one that is not there yet")
	case errors.Is(err, sauvegarde.ErrAbimee):
		return p.t("la base de cette sauvegarde manque ou est abîmée ; prenez une autre sauvegarde", "the database of this backup is missing or damaged; take another backup")
	}
	return p.fault(err)
}

// maxMissing is how many missing files are named.
const maxMissing = 20

func (p *program) tellMissing(b sauvegarde.Bilan) error {
	if len(b.Absents) == 0 {
		return nil
	}
	p.nameMissing(b)
	p.say("%d fichiers reçus dont la base parle manquent ou sont abîmés : cherchez-les dans une sauvegarde plus ancienne (fichiers/)",
		"%d received files that the database speaks of are missing or damaged: look for them in an earlier backup (fichiers/)", len(b.Absents))
	return findings
}
