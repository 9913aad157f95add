package main

import (
	"fmt"
	"runtime"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"guichet/modele/ms1dui"
)

// number is the version of the program between two releases.
const number = "0.1.0-dev"

// version returns the release that was installed, else number.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" {
		return number
	}
	return strings.TrimPrefix(info.Main.Version, "v")
}

func (p *program) versionCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "version",
		Short: p.t("Écrit la version et les éditions connues", "Write the version and the known editions"),
		Example: p.examples(
			"guichet version", "à joindre à un rapport d'anomalie du programme", "to add to a bug report",
		),
		Args: p.noArgs,
		RunE: func(*cobra.Command, []string) error { return p.emitBytes("", []byte(p.versionText())) },
	}
}

func (p *program) versionText() string {
	var b strings.Builder
	fmt.Fprintf(&b, "guichet %s (%s %s/%s)\n", version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for i, m := range ms1dui.Editions() {
		fmt.Fprintf(&b, p.t("%s, édition %s%s\n", "%s, edition %s%s\n"), m.Nom, m.Edition, map[bool]string{true: p.t(", en vigueur", ", in force")}[i == 0])
	}
	return b.String()
}
