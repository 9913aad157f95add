package main

import (
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"
)

// formatsNamed are the formats that the end of a file's name speaks of; none for a kind of file that guichet writes nowhere.
// Other names, .txt among them, speak of none.
var formatsNamed = map[string][]string{
	".html": {"html"}, ".htm": {"html"}, ".xlsx": {"xlsx"}, ".csv": {"csv"}, ".json": {"json", "sarif"}, ".sarif": {"sarif"},
	".xml": {"junit"}, ".md": {"markdown"},
	".xlsm": {"xlsx"}, ".ods": nil, ".xls": nil, ".pdf": nil, ".doc": nil, ".docx": nil, ".odt": nil, ".zip": nil,
}

// fitFormat has the name that --output gives decide on the format where --format does not, and refuses a name that would lie
// about what is in the file: a text under .html is not opened, one under .xlsx is called damaged.
func (p *program) fitFormat(c *cobra.Command) error {
	output, form := c.Flags().Lookup("output"), c.Flags().Lookup("format")
	if output == nil || form == nil {
		return nil
	}
	name := output.Value.String()
	end := strings.ToLower(filepath.Ext(name))
	named, known := formatsNamed[end]
	if !known {
		return nil
	}
	offered := p.offered(c, "format")
	fit := slices.DeleteFunc(slices.Clone(named), func(f string) bool { return !slices.Contains(offered, f) })
	switch {
	case len(fit) == 0:
		return p.errorf("--output %s : %s n'écrit pas de fichier %s ; formats : %s", "--output %s: %s writes no %s file; formats: %s",
			shown(name), c.CommandPath(), end, p.or(offered))
	case !form.Changed:
		return form.Value.Set(fit[0])
	case !slices.Contains(fit, form.Value.String()):
		return p.errorf("--output %s et --format %s se contredisent : changez l'un ou l'autre", "--output %s and --format %s contradict each other: change one of them",
			shown(name), form.Value)
	}
	return nil
}

// offered are the values that offer gave a flag.
func (p *program) offered(c *cobra.Command, flag string) []string {
	complete, ok := c.GetFlagCompletionFunc(flag)
	if !ok {
		return nil
	}
	values, _ := complete(c, nil, "")
	return values
}
