package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"guichet/appariement"
	"guichet/archive"
	"guichet/diag"
	"guichet/diag/format"
	"guichet/modele"
)

// pack builds the command that makes the archives of a file.
func (p *program) pack() *cobra.Command {
	o := &choices{format: string(format.Text), color: "auto", max: 100, maxTaille: 64}
	var folder string
	c := &cobra.Command{
		Use:     "pack [options] " + p.t("FICHIER.json DOSSIER", "FILE.json FOLDER"),
		Short:   p.t("Réunit les pièces d'un fichier en archives à déposer", "Gather the documents of a file in archives to deposit"),
		Long:    p.packLong(),
		Example: p.packExamples(),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 2 {
				return usageError{c.CommandPath(), p.errorf("indiquez un fichier JSON et le dossier de ses pièces", "name a JSON file and the folder of its documents")}
			}
			o.pieces = []string{args[1]}
			j, err := p.job(c, *o, args[:1])
			if err != nil {
				return err
			}
			return j.runPack(c.Context(), folder)
		},
	}
	c.Flags().SortFlags = false
	p.mappingFlag(c, o)
	c.Flags().Var(&option{&folder, p.t("DOSSIER", "FOLDER"), nil}, "sortie", p.t("écrit les archives dans ce dossier, au lieu de celui du fichier JSON", "write the archives to this folder, not to that of the JSON file"))
	p.forceFlag(c)
	o.edition = p.editionFlag(c)
	p.registersFlags(c, &o.registers)
	p.ledgerFlags(c, &o.ledgers)
	c.Flags().Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("la date du jour, pour un résultat reproductible", "the day that today is, for a reproducible result"))
	return c
}

func (p *program) packLong() string {
	return p.t(`Cherche dans le dossier chaque pièce que nomme le fichier JSON, contrôle le fichier et les pièces comme
guichet check --pieces, renomme les pièces selon la norme et les réunit en aussi peu de .zip que possible, de
200 Mo au plus : FICHIER-01.zip, FICHIER-02.zip…

Une pièce se reconnaît à son nom (MS1-DUI-Va1-BDC-<numeroEditeur>.pdf) ou à sa ligne dans le fichier de
--mapping. Le même dossier donne toujours les mêmes octets. S'il y a une seule erreur, rien n'est écrit.

Statut de sortie :
  0    archives écrites
  1    au moins une erreur ou un rejet, rien n'est écrit
  2    mauvais usage, ou un fichier qui n'a pu être lu ou écrit`,
		`Looks in the folder for each document that the JSON file names, checks file and documents as
guichet check --pieces does, renames the documents to the norm and gathers them in as few .zip as possible, of
at most 200 Mo: FILE-01.zip, FILE-02.zip…

A document is known by its name (MS1-DUI-Va1-BDC-<numeroEditeur>.pdf) or by its line in the file of
--mapping. The same folder always gives the same bytes. If there is a single error, nothing is written.

Exit status:
  0    archives written
  1    at least one error or rejection, nothing is written
  2    misuse, or a file that could not be read or written`)
}

func (p *program) packExamples() string {
	return p.examples(
		"guichet pack JSON-ANS0000001-20231002-001.json bons-signes/", "réunir les pièces d'un fichier", "gather the documents of a file",
		"guichet pack --mapping noms.csv JSON-ANS0000001-20231002-001.json scans/", "des pièces qui ont un autre nom", "documents that have another name",
		"guichet pack --sortie depot/ JSON-ANS0000001-20231002-001.json bons-signes/", "écrire ailleurs", "write elsewhere",
	)
}

// runPack checks a file and its documents, and writes the archives when there is nothing to object to.
func (j *job) runPack(ctx context.Context, folder string) error {
	found := j.expand(ctx)
	if len(found.sources) > 1 || len(found.sources) == 1 && found.sources[0].path == standardInput {
		return usageError{"guichet pack", j.errorf("indiquez un seul fichier JSON", "name one JSON file")}
	}
	if err := j.gather(ctx, found); err != nil {
		return err
	}
	defer j.documents.close()
	results := j.checkAll(ctx, found)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	report, failures := j.collect(found, results)
	for _, f := range failures {
		j.say("%s : %s", "%s: %s", shown(f.shown), j.cause(f.err))
	}
	switch {
	case len(failures) > 0:
		return misuse
	case !report.Valid || j.documents.resultat == nil:
		if err := j.write(report); err != nil {
			return err
		}
		j.say("aucune archive écrite", "no archive written")
		return findings
	}
	if folder == "" {
		folder = filepath.Dir(found.sources[0].path)
	}
	base := strings.TrimSuffix(filepath.Base(found.sources[0].path), filepath.Ext(found.sources[0].path))
	return j.writeArchives(ctx, filepath.Join(folder, base))
}

// contents are the documents of a comparison, under the names of the norm.
func contents(r *appariement.Resultat) []archive.Contenu {
	all := make([]archive.Contenu, len(r.Paires))
	for i, p := range r.Paires {
		all[i] = archive.Contenu{Nom: p.Piece.Nom, Taille: p.Taille, CRC: p.CRC, Ouvrir: p.Document.Ouvrir}
	}
	return all
}

// writeArchives writes the archives prefix-01.zip, prefix-02.zip…, all or none of them.
func (j *job) writeArchives(ctx context.Context, prefix string) error {
	lots, err := archive.Repartir(contents(j.documents.resultat), appariement.Produire.Archives)
	if err != nil {
		return fmt.Errorf("guichet pack: %w", err)
	}
	names := make([]string, len(lots))
	for i := range lots {
		names[i] = fmt.Sprintf("%s-%02d.zip", prefix, i+1)
	}
	if err := j.noOlderArchive(prefix, len(lots)); err != nil {
		return err
	}
	for _, name := range names {
		if err := j.spare(name); err != nil {
			return err
		}
	}
	failed, err := j.replaceAll(names, func(i int, w io.Writer) error { return archive.Ecrire(ctx, w, lots[i]) })
	switch {
	case ctx.Err() != nil:
		return ctx.Err()
	case errors.Is(err, fs.ErrNotExist):
		return j.errorf("écriture de %s : le dossier n'existe pas", "writing %s: the folder does not exist", shown(failed))
	case err != nil:
		return j.errorf("écriture de %s : %s", "writing %s: %s", shown(failed), j.cause(err))
	}
	for i, name := range names {
		j.say("%s : %s", "%s: %s", shown(filepath.ToSlash(name)), packedPiece.Count(len(lots[i]), j.langue))
	}
	return nil
}

// noOlderArchive refuses to leave beside the new archives one of an earlier run, which had more of them: it
// would be deposited with them.
func (j *job) noOlderArchive(prefix string, count int) error {
	older := fmt.Sprintf("%s-%02d.zip", prefix, count+1)
	if _, err := os.Lstat(older); err == nil {
		return j.errorf("%s existe déjà et n'est pas de ce lot : retirez-la d'abord", "%s already exists and is not of this lot: take it away first", shown(filepath.ToSlash(older)))
	}
	return nil
}

var packedPiece = diag.Noun{
	One:     modele.Texte{Fr: "pièce", En: "document"},
	Several: modele.Texte{Fr: "pièces", En: "documents"},
}
