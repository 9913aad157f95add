package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/vbauerster/mpb/v8/decor"

	"guichet/diag"
	"guichet/modele"
	"guichet/referentiel"
)

// loadRegister builds the command that loads a register.
func (p *program) loadRegister() *cobra.Command {
	c := &cobra.Command{
		Use:   "load [options] finess|references|eligibles|bareme " + p.t("FICHIER|MOTIF", "FILE|PATTERN") + "…",
		Short: p.t("Charge un registre", "Load a register"),
		Long: p.t(`Lit le fichier tel que son éditeur le publie, et le garde sous une forme qui s'ouvre en quelques millisecondes. De
plusieurs fichiers, le plus récent est pris : la date est celle du nom (AAAAMMJJ), sinon celle du fichier.

Les fichiers sont en UTF-8 ou Windows-1252, séparés par des points-virgules, des tabulations ou des virgules. Un fichier
qui a une ligne fautive n'est pas chargé : ce qui l'était reste.`,
			`Reads the file as its publisher gives it, and keeps it in a form that opens in a few milliseconds. Of several
files, the newest is taken: its date is that of the name (YYYYMMDD), else that of the file.

Files are in UTF-8 or Windows-1252, with semicolons, tabs or commas. A file that has a faulty line is not loaded:
what was loaded before stays.`),
		Example: p.examples(
			"guichet referentiel load finess etalab-cs1100502-stock-*.csv", "l'extraction FINESS de data.gouv.fr, la plus récente", "the FINESS extract of data.gouv.fr, the newest",
			"guichet referentiel load references references.csv", "les profils de chaque logiciel référencé", "the profiles of each software",
			"guichet referentiel load eligibles esms.csv", "un FINESS géographique par ligne", "one FINESS number a line",
			"guichet referentiel load bareme bareme.csv", "tranche;esms_min;esms_max;montant_ttc", "tranche;esms_min;esms_max;montant_ttc",
		),
		ValidArgsFunction: func(_ *cobra.Command, args []string, _ string) ([]string, cobra.ShellCompDirective) {
			if len(args) == 0 {
				return registerNames(), cobra.ShellCompDirectiveNoFileComp
			}
			return []string{"csv", "txt"}, cobra.ShellCompDirectiveFilterFileExt
		},
	}
	folder := p.folderFlag(c)
	p.forceFlag(c)
	c.RunE = func(c *cobra.Command, args []string) error {
		if len(args) < 2 {
			return usageError{c.CommandPath(), p.errorf("indiquez un registre (%s) et son fichier", "name a register (%s) and its file", p.or(registerNames()))}
		}
		n, err := p.register(c, args[0])
		if err != nil {
			return err
		}
		at, err := folder()
		if err != nil {
			return err
		}
		return p.load(c.Context(), n, args[1:], at)
	}
	return c
}

// load reads the newest of the files and stores the register in the folder.
func (p *program) load(ctx context.Context, n referentiel.Nom, files []string, folder string) error {
	name, info, err := p.newest(files)
	if err != nil {
		return err
	}
	if err := p.otherKind(name, name, wantedRegister); err != nil {
		return err
	}
	r, err := p.readRegister(ctx, n, name, info)
	if ctx.Err() != nil {
		return ctx.Err()
	}
	if err != nil {
		return p.errorf("%s : %s", "%s: %s", shown(name), shown(p.registerFault(err)))
	}
	before, _ := referentiel.Ouvrir(folder) // one that cannot be used is replaced all the same
	path := filepath.Join(folder, n.Fichier())
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return p.errorf("%s : %s", "%s: %s", shown(folder), p.cause(err))
	}
	if err := p.emit(path, r.Ecrire); err != nil {
		return err
	}
	m := r.Meta()
	p.say("registre %s chargé : %s%s, dans %s", "register %s loaded: %s%s, in %s", n, registerRows[n].Count(m.Lignes, p.langue), p.validOn(m), shown(filepath.ToSlash(path)))
	for _, old := range before.Metas() {
		if old.Registre == n && old.Valide.After(m.Valide) {
			p.say("attention : celui qui était chargé est plus récent, du %s (%s)", "beware: the one that was loaded is newer, of %s (%s)", old.Valide.Format(p.t("02/01/2006", "2 Jan 2006")), shown(old.Fichier))
		}
	}
	return nil
}

// registerRows names what the registers have rows of.
var registerRows = map[referentiel.Nom]diag.Noun{
	referentiel.NomFiness:     {One: modele.Texte{Fr: "établissement", En: "establishment"}, Several: modele.Texte{Fr: "établissements", En: "establishments"}},
	referentiel.NomReferences: {One: modele.Texte{Fr: "logiciel", En: "software"}, Several: modele.Texte{Fr: "logiciels", En: "software"}},
	referentiel.NomEligibles:  {One: modele.Texte{Fr: "ESMS", En: "ESMS"}, Several: modele.Texte{Fr: "ESMS", En: "ESMS"}},
	referentiel.NomBareme:     {One: modele.Texte{Fr: "tranche", En: "tranche"}, Several: modele.Texte{Fr: "tranches", En: "tranches"}},
}

func (p *program) validOn(m referentiel.Meta) string {
	if m.Valide.IsZero() {
		return ""
	}
	return m.Valide.Format(p.t(" au 02/01/2006", " of 2 Jan 2006"))
}

// readRegister reads the file of a register, and shows how far it is when it takes long.
func (p *program) readRegister(ctx context.Context, n referentiel.Nom, name string, info os.FileInfo) (referentiel.Registre, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	bar := p.bar(max(info.Size(), 1), p.t("Lecture ", "Reading "), decor.CountersKibiByte("% .1f / % .1f"))
	defer bar.end()
	r, err := referentiel.Lire(n, counted{stoppable{ctx, f}, bar}, referentiel.Origine{
		Fichier: filepath.Base(name), Modifie: info.ModTime(), Charge: p.now(),
	})
	if err != nil {
		return nil, fmt.Errorf("load the register %s: %w", n, err)
	}
	return r, nil
}

// stoppable is a reader that ends with its context.
type stoppable struct {
	ctx context.Context
	io.Reader
}

func (s stoppable) Read(dst []byte) (int, error) {
	if err := s.ctx.Err(); err != nil {
		return 0, err
	}
	return s.Reader.Read(dst)
}

// newest returns the newest of files and patterns, and says which one it took of several.
func (p *program) newest(files []string) (name string, info os.FileInfo, err error) {
	var all []string
	for _, f := range files {
		if found, err := filepath.Glob(f); err == nil && len(found) > 0 && strings.ContainsAny(f, "*?[") {
			all = append(all, found...)
			continue
		}
		all = append(all, f)
	}
	var latest time.Time
	for _, f := range all {
		i, err := os.Stat(f)
		if err != nil {
			return "", nil, p.errorf("%s : %s", "%s: %s", shown(f), p.cause(err))
		}
		date, told := referentiel.DateDuNom(filepath.Base(f))
		if !told {
			date = i.ModTime()
		}
		if info == nil || date.After(latest) {
			name, info, latest = f, i, date
		}
	}
	if len(all) > 1 {
		p.say("%s, le plus récent est pris : %s", "%s, the newest is taken: %s", diag.NounFichier.Count(len(all), p.langue), shown(filepath.ToSlash(name)))
	}
	return name, info, nil
}
