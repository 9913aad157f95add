package main

import (
	"bytes"
	"context"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"guichet/controle"
	"guichet/correction"
	"guichet/diag"
	"guichet/jsondoc"
	"guichet/modele"
)

// repair is what the flags of fix say.
type repair struct {
	diff, write, unsafe bool
}

// fix builds the command that repairs files.
func (p *program) fix() *cobra.Command {
	var r repair
	o := &choices{maxTaille: jsondoc.DefaultMaxBytes >> 20}
	c := &cobra.Command{
		Use:   "fix [options] " + p.t("FICHIER|DOSSIER|MOTIF", "FILE|FOLDER|PATTERN") + "|-…",
		Short: p.t("Répare ce qui peut l'être sans deviner", "Repair what can be without guessing"),
		Long: p.t(`Liste les réparations sûres : textes "null" et "true", casse des balises et des valeurs, montants à deux décimales,
majuscules, indicatifs et dates, numLigne, graphies tolérées. Rien d'autre ne change : ni la mise en page, ni l'ordre
des balises. Ce qui demande un choix est proposé, et n'est fait qu'avec --unsafe.

Sans --write, aucun fichier n'est modifié. L'entrée standard réparée va sur la sortie standard.

Statut de sortie :
  0    plus rien à réparer, et rien au-dessus d'une alerte
  1    des réparations à faire (sans --write), ou des erreurs qui restent
  2    mauvais usage, ou un fichier qui n'a pu être ouvert`,
			`Lists the safe repairs: texts "null" and "true", case of tags and values, amounts with two decimals, upper case,
prefixes and dates, numLigne, tolerated spellings. Nothing else changes: neither the layout nor the order of the tags.
What takes a choice is proposed, and only made with --unsafe.

Without --write no file is changed. Standard input goes repaired to standard output.

Exit status:
  0    nothing left to repair, and nothing above a warning
  1    repairs to make (without --write), or errors that are left
  2    misuse, or a file that could not be opened`),
		Example: p.examples(
			"guichet fix brouillon.json", "lister les réparations", "list the repairs",
			"guichet fix --diff brouillon.json", "les voir ligne par ligne", "see them line by line",
			"guichet fix --write brouillon.json", "réparer le fichier", "repair the file",
			"export-crm | guichet fix - > demandes.json", "réparer la sortie d'un programme", "repair the output of a program",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if r.diff && r.write {
				return usageError{c.CommandPath(), p.errorf("choisissez --diff ou --write", "choose --diff or --write")}
			}
			j, err := p.job(c, *o, args)
			if err != nil {
				return err
			}
			return j.fixAll(c.Context(), r)
		},
	}
	f := c.Flags()
	f.SortFlags = false
	f.BoolVar(&r.diff, "diff", false, p.t("montre les réparations ligne par ligne, comme diff -u", "show the repairs line by line, as diff -u does"))
	f.BoolVar(&r.write, "write", false, p.t("écrit les fichiers réparés à leur place", "write the repaired files in their place"))
	f.BoolVar(&r.unsafe, "unsafe", false, p.t("fait aussi les réparations proposées : relisez-les", "make the proposed repairs too: read them again"))
	f.Var(&option{&o.date, p.t("AAAA-MM-JJ", "YYYY-MM-DD"), p.isDate}, "date", p.t("la date du jour, pour un résultat reproductible", "the day that today is, for a reproducible result"))
	o.edition = p.editionFlag(c)
	p.registersFlags(c, &o.registers)
	p.ledgerFlags(c, &o.ledgers)
	return c
}

// fixAll repairs the files one after the other.
func (j *job) fixAll(ctx context.Context, r repair) error {
	found := j.expand(ctx)
	end := success
	for _, s := range found.sources {
		switch left, err := j.fixOne(ctx, r, s); {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil:
			found.failures = append(found.failures, failure{s.shown, err})
		case left:
			end = findings
		}
	}
	for _, f := range found.failures {
		j.say("%s : %s", "%s: %s", shown(f.shown), j.cause(f.err))
		end = misuse
	}
	if end == success {
		return nil
	}
	return end
}

// fixOne repairs one file and tells whether something is left to do.
func (j *job) fixOne(ctx context.Context, r repair, s source) (left bool, err error) {
	octets, err := j.read(ctx, s)
	if err != nil {
		return false, err
	}
	if told := j.notJSON(s.shown, octets); told != nil && s.path != standardInput && !r.diff {
		_, err = fmt.Fprintln(j.stdout, told)
		return true, err
	}
	o := j.options
	o.Nom, o.NomConnu = j.nameOf(s), j.nom != ""
	o = j.knowing(ctx, o)
	limits := jsondoc.Limits{MaxBytes: j.maxBytes()}
	result := correction.Corriger(j.modele, octets, o, limits, r.unsafe)
	left = j.faulty(result.Octets, o, limits)
	switch {
	case s.path == standardInput:
		_, err = j.stdout.Write(result.Octets)
		return left, err
	case r.diff:
		_, err = j.stdout.Write(correction.Difference(s.shown, octets, result.Octets))
		return left || len(result.Faites) > 0, err
	case r.write && len(result.Faites) > 0:
		err = j.replace(s.path, func(w io.Writer) error {
			_, err := w.Write(result.Octets)
			return err
		})
	}
	if err != nil {
		return false, err
	}
	return left || !r.write && len(result.Faites) > 0, j.tellRepairs(s, r, result, left)
}

// faulty tells whether the portal would refuse something of a file.
func (j *job) faulty(octets []byte, o controle.Options, l jsondoc.Limits) bool {
	return controle.Preparer(j.modele, l).Controler(octets, o).Verdict != diag.Accepte
}

// tellRepairs lists what was repaired, or would be, and what is left to a person.
func (j *job) tellRepairs(s source, r repair, result correction.Resultat, left bool) error {
	var b bytes.Buffer
	done := modele.Texte{Fr: "réparations à faire", En: "repairs to make"}
	if r.write {
		done = modele.Texte{Fr: "réparations faites", En: "repairs made"}
	}
	fmt.Fprintf(&b, "%s\n", shown(s.shown))
	j.listRepairs(&b, done, result.Faites)
	j.listRepairs(&b, modele.Texte{Fr: "à décider (--unsafe)", En: "to decide (--unsafe)"}, result.Proposees)
	switch {
	case !r.write && len(result.Faites) > 0:
		fmt.Fprintf(&b, "  → %s\n", j.t("--diff les montre ligne par ligne, --write les écrit", "--diff shows them line by line, --write writes them"))
	case left:
		fmt.Fprintf(&b, "  → %s\n", j.t("il reste des erreurs à corriger à la main : guichet check ", "errors are left to mend by hand: guichet check ")+quoted(s.shown))
	case len(result.Faites) == 0:
		fmt.Fprintf(&b, "  %s\n", j.t("rien à réparer", "nothing to repair"))
	}
	_, err := b.WriteTo(j.stdout)
	return err
}

func (j *job) listRepairs(w io.Writer, title modele.Texte, repairs []controle.Correction) {
	if len(repairs) == 0 {
		return
	}
	fmt.Fprintf(w, "  %s : %d\n", title.In(j.langue), len(repairs))
	for _, c := range repairs {
		fmt.Fprintf(w, "    %s %d  %s  %s\n", j.t("ligne", "line"), c.Ligne, c.Code, diag.Neutralize(c.In(j.langue)))
	}
}
