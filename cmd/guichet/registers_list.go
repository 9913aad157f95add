package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"guichet/diag"
	"guichet/modele"
	"guichet/referentiel"
)

// registersVersion is the version of the JSON of list: a minor version adds, a major one breaks.
const registersVersion = "1.0"

// registersList is the JSON of list.
type registersList struct {
	Version   string          `json:"format_version"`
	Dossier   string          `json:"dossier"`
	Registres []registerEntry `json:"registres"`
}

// registerEntry is one register; the rest is empty when it is not loaded.
type registerEntry struct {
	Registre referentiel.Nom `json:"registre"`
	Charge   bool            `json:"charge"`
	Lignes   int             `json:"lignes"`
	Valide   string          `json:"valide"`   // AAAA-MM-JJ
	Age      *int            `json:"age"`      // days since then
	ChargeLe string          `json:"chargeLe"` // AAAA-MM-JJ
	Fichier  string          `json:"fichier"`
	SHA256   string          `json:"sha256"`
}

// listRegisters builds the command that shows the registers.
func (p *program) listRegisters() *cobra.Command {
	format := "text"
	c := &cobra.Command{
		Use:   "list [options]",
		Short: p.t("Montre les registres chargés, leur date et leur âge", "Show the loaded registers, their date and age"),
		Example: p.examples(
			"guichet referentiel list", "ce qui est chargé, et de quand", "what is loaded, and of when",
			"guichet referentiel list --format json", "pour un programme", "for a program",
		),
		Args: p.noArgs,
	}
	folder := p.folderFlag(c)
	c.Flags().Var(&option{&format, "FORMAT", p.oneOf("text", "json")}, "format", p.t("format de la liste : text ou json", "format of the list: text or json"))
	p.offer(c, "format", "text", "json")
	c.RunE = func(*cobra.Command, []string) error {
		at, err := folder()
		if err != nil {
			return err
		}
		registers, fault := referentiel.Ouvrir(at)
		list := p.registersList(at, registers.Metas())
		write := p.registersTable
		if format == "json" {
			write = registersJSON
		}
		if err := p.emit("", func(w io.Writer) error { return write(w, list) }); err != nil {
			return err
		}
		if fault != nil {
			return p.errorf("%s", "%s", shown(p.registerFault(fault)))
		}
		return nil
	}
	return c
}

func (p *program) registersList(folder string, loaded []referentiel.Meta) registersList {
	list := registersList{Version: registersVersion, Dossier: filepath.ToSlash(folder)}
	for _, n := range referentiel.Noms() {
		e := registerEntry{Registre: n}
		for _, m := range loaded {
			if m.Registre == n {
				e = p.registerEntry(m)
			}
		}
		list.Registres = append(list.Registres, e)
	}
	return list
}

func (p *program) registerEntry(m referentiel.Meta) registerEntry {
	e := registerEntry{Registre: m.Registre, Charge: true, Lignes: m.Lignes, Fichier: m.Fichier, SHA256: m.SHA256}
	if !m.Charge.IsZero() {
		e.ChargeLe = m.Charge.Format(time.DateOnly)
	}
	if !m.Valide.IsZero() {
		e.Valide = m.Valide.Format(time.DateOnly)
		days := int(p.now().Sub(m.Valide).Hours()) / 24
		e.Age = &days
	}
	return e
}

func registersJSON(w io.Writer, list registersList) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(list)
}

var day = diag.Noun{One: modele.Texte{Fr: "jour", En: "day"}, Several: modele.Texte{Fr: "jours", En: "days"}}

func (p *program) registersTable(w io.Writer, list registersList) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, p.t("Registre\tContenu\tValide au\tÂge\tFichier", "Register\tContent\tValid on\tAge\tFile"))
	for _, e := range list.Registres {
		if !e.Charge {
			fmt.Fprintf(t, "%s\t%s\n", e.Registre, p.t("non chargé", "not loaded"))
			continue
		}
		age := "-"
		if e.Age != nil {
			age = day.Count(*e.Age, p.langue)
		}
		valid := e.Valide
		if valid == "" {
			valid = "-"
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", e.Registre, registerRows[e.Registre].Count(e.Lignes, p.langue), valid, age, diag.Neutralize(e.Fichier))
	}
	return t.Flush()
}
