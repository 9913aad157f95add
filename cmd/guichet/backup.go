package main

import (
	"context"
	"errors"
	"path/filepath"

	"github.com/spf13/cobra"

	"guichet/internal/portail/reglages"
	"guichet/internal/portail/sauvegarde"
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
		p.say("la clé n'y est pas ; gardez ailleurs %s", "the key is not in it; keep %s elsewhere", p.keyPlace(r))
		return p.tellMissing(b)
	})
}

// restore builds the command that makes a counter of a backup.
func (p *program) restore() *cobra.Command {
	c := &cobra.Command{
		Use:   p.t("restore DOSSIER [options]", "restore FOLDER [options]"),
		Short: p.t("Refait un guichet d'une sauvegarde, là où il n'y en a pas", "Make a counter of a backup, where there is none"),
		Long: p.t(`Remet les fichiers reçus, chacun comparé à son empreinte, puis la base : un guichet n'est là qu'à la fin. Rien n'est jamais
remplacé : le dossier de données n'a pas de base, ou la base PostgreSQL est vide. Remettez ensuite la clé, puis guichet serve.

Statut de sortie :
  0    tout est remis
  1    remis, mais des fichiers reçus manquent ou sont abîmés
  2    mauvais usage, ou rien n'est remis`,
			`Puts the received files back, each held to its digest, then the database: there is a counter only at the end. Nothing is ever
replaced: the data folder has no database, or the PostgreSQL database is empty. Then bring the key back, then guichet serve.

Exit status:
  0    everything is back
  1    it is back, but some received files are missing or damaged
  2    misuse, or nothing is back`),
		Example: p.examples(
			"guichet restore /media/sauvegardes/guichet --donnees portail", "dans un dossier neuf", "into a new folder",
		),
		Args: p.oneBackup,
	}
	return p.withSettings(c, func(ctx context.Context, r reglages.Reglages, args []string) error {
		b, err := sauvegarde.Restaurer(ctx, args[0], p.kept(r))
		if err != nil {
			return p.errorf("rien n'est remis : %s", "nothing is back: %s", p.backupFault(err))
		}
		p.say("remis, comme le %s : la base, %d fichiers reçus", "back as on %s: the database, %d received files", b.Instant.Local().Format("02/01/2006 15:04"), b.Fichiers)
		p.say("remettez maintenant la clé : %s", "now bring the key back: %s", p.keyPlace(r))
		return p.tellMissing(b)
	})
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
	}
	return p.cause(err)
}

// maxMissing is how many missing files are named.
const maxMissing = 20

func (p *program) tellMissing(b sauvegarde.Bilan) error {
	if len(b.Absents) == 0 {
		return nil
	}
	for _, digest := range b.Absents[:min(len(b.Absents), maxMissing)] {
		p.say("fichier absent ou abîmé : %s", "missing or damaged file: %s", digest)
	}
	p.say("%d fichiers reçus dont la base parle manquent ou sont abîmés : cherchez-les dans une sauvegarde plus ancienne (fichiers/)",
		"%d received files that the database speaks of are missing or damaged: look for them in an earlier backup (fichiers/)", len(b.Absents))
	return findings
}
