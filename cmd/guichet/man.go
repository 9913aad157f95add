package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/cpuguy83/go-md2man/v2/md2man"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// man builds the command that writes the man pages.
func (p *program) man() *cobra.Command {
	c := &cobra.Command{
		Use:   "man " + p.t("DOSSIER", "FOLDER"),
		Short: p.t("Écrit les pages de manuel", "Write the man pages"),
		Example: p.examples(
			"guichet man ~/.local/share/man/man1", "puis : man guichet-check", "then: man guichet-check",
		),
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usageError{c.CommandPath(), p.errorf("indiquez un dossier", "name a folder")}
			}
			if err := os.MkdirAll(args[0], 0o777); err != nil {
				return p.errorf("%s : %s", "%s: %s", shown(args[0]), p.cause(err))
			}
			return p.manPages(c.Root(), args[0])
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
	}
	p.forceFlag(c)
	return c
}

// manPages writes the page of a command and those of its own.
func (p *program) manPages(c *cobra.Command, folder string) error {
	page := manPage{p: p}
	page.write(c)
	name := filepath.Join(folder, pageName(c)+".1")
	if err := p.emitBytes(name, md2man.Render([]byte(page.String()))); err != nil {
		return err
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			if err := p.manPages(sub, folder); err != nil {
				return err
			}
		}
	}
	return nil
}

// built is the date of a page: now, or what whoever makes a release asks for (reproducible-builds.org).
func (p *program) built() time.Time {
	if seconds, err := strconv.ParseInt(p.getenv("SOURCE_DATE_EPOCH"), 10, 64); err == nil {
		return time.Unix(seconds, 0).UTC()
	}
	return p.now()
}

func pageName(c *cobra.Command) string { return strings.ReplaceAll(c.CommandPath(), " ", "-") }

// manPage is the page of one command in the making, in Markdown. That of cobra speaks English only and
// does not name the values of flags.
type manPage struct {
	strings.Builder
	p *program
}

func (m *manPage) write(c *cobra.Command) {
	fmt.Fprintf(m, "%% %q %q %q %q %q\n", strings.ToUpper(pageName(c)), "1", m.p.built().Format(time.DateOnly), "Guichet "+version(), "Guichet")
	m.section("NOM", "NAME", pageName(c)+` \- `+prose(c.Short))
	m.section("SYNOPSIS", "SYNOPSIS", "**"+prose(m.p.useLine(c))+"**")
	if c.Long != "" {
		m.section("DESCRIPTION", "DESCRIPTION", prose(c.Long))
	}
	m.section("EXEMPLES", "EXAMPLES", "```\n"+c.Example+"\n```")
	m.flags("OPTIONS", "OPTIONS", c.LocalFlags())
	m.flags("OPTIONS GÉNÉRALES", "GLOBAL OPTIONS", c.InheritedFlags())
	m.section("VOIR AUSSI", "SEE ALSO", seeAlso(c))
}

func (m *manPage) section(fr, en, body string) {
	fmt.Fprintf(m, "\n# %s\n%s\n", m.p.t(fr, en), strings.TrimSpace(body))
}

func (m *manPage) flags(fr, en string, flags *pflag.FlagSet) {
	if !flags.HasAvailableFlags() {
		return
	}
	var b strings.Builder
	flags.VisitAll(func(f *pflag.Flag) {
		if f.Shorthand != "" {
			fmt.Fprintf(&b, "**-%s**, ", f.Shorthand)
		}
		kind, usage := pflag.UnquoteUsage(f)
		if f.DefValue != "" && f.Value.Type() != "bool" {
			usage += fmt.Sprintf(m.p.t(" (par défaut %s)", " (default %s)"), f.DefValue)
		}
		fmt.Fprintf(&b, "**--%s** %s\n: %s\n\n", f.Name, prose(kind), prose(usage))
	})
	m.section(fr, en, b.String())
}

// seeAlso names the page above and those below.
func seeAlso(c *cobra.Command) string {
	var pages []string
	if c.HasParent() {
		pages = append(pages, "**"+pageName(c.Parent())+"**(1)")
	}
	for _, sub := range c.Commands() {
		if sub.IsAvailableCommand() {
			pages = append(pages, "**"+pageName(sub)+"**(1)")
		}
	}
	return strings.Join(pages, ", ")
}

// prose keeps the marks of a text from being taken for Markdown.
func prose(text string) string {
	return strings.NewReplacer(`\`, `\\`, "<", `\<`, "*", `\*`, "_", `\_`, "`", "\\`", "[", `\[`, "|", `\|`).Replace(text)
}
