package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// examples writes triples of a command line and what it is for, in French and in English.
func (p *program) examples(triples ...string) string {
	width := 0
	for i := 0; i < len(triples); i += 3 {
		width = max(width, len(triples[i]))
	}
	var b strings.Builder
	for i := 0; i+2 < len(triples); i += 3 {
		fmt.Fprintf(&b, "  %-*s  # %s\n", width, triples[i], p.t(triples[i+1], triples[i+2]))
	}
	return strings.TrimRight(b.String(), "\n")
}

// help writes the help of a command: what it is for, examples first, then the details.
func (p *program) help(c *cobra.Command, _ []string) {
	h := helpPage{p: p, w: c.OutOrStdout()}
	h.line("%s.", c.Short)
	if c.HasExample() {
		h.section("Exemples", "Examples", c.Example)
	}
	h.section("Usage", "Usage", "  "+p.useLine(c))
	if c.Long != "" {
		h.line("\n%s", strings.TrimSpace(c.Long))
	}
	h.commands(c)
	h.flags("Options", "Options", c.LocalFlags())
	h.flags("Options générales", "Global options", c.InheritedFlags())
}

// useLine shows how a command is called.
func (p *program) useLine(c *cobra.Command) string {
	if c.HasAvailableSubCommands() {
		return c.CommandPath() + p.t(" COMMANDE [options]", " COMMAND [options]")
	}
	return c.UseLine()
}

// helpPage is the help of one command in the making.
type helpPage struct {
	p *program
	w io.Writer
}

func (h helpPage) line(format string, args ...any) { _, _ = fmt.Fprintf(h.w, format+"\n", args...) }

func (h helpPage) section(fr, en, body string) {
	h.line("\n%s\n%s", h.p.t(fr+" :", en+":"), strings.TrimRight(body, "\n"))
}

func (h helpPage) commands(c *cobra.Command) {
	var b strings.Builder
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() || sub.Name() == "help" {
			fmt.Fprintf(&b, "  %-*s  %s\n", sub.NamePadding(), sub.Name(), sub.Short)
		}
	}
	if b.Len() > 0 {
		h.section("Commandes", "Commands", b.String())
	}
}

func (h helpPage) flags(fr, en string, flags *pflag.FlagSet) {
	if flags.HasAvailableFlags() {
		h.section(fr, en, strings.ReplaceAll(flags.FlagUsages(), " (default ", h.p.t(" (par défaut ", " (default ")))
	}
}
