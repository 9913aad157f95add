package main

import (
	"fmt"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"guichet/modele/ms1dui"
)

// number is the version of the program between two releases.
const number = "0.1.0-dev"

// betweenReleases is how Go calls a commit that has no tag of its own.
var betweenReleases = regexp.MustCompile(`\d{14}-[0-9a-f]{12}(\+dirty)?$`)

// version returns the release that was built or installed, else number.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" || info.Main.Version == "(devel)" || betweenReleases.MatchString(info.Main.Version) {
		return number
	}
	return strings.TrimPrefix(strings.TrimSuffix(info.Main.Version, "+dirty"), "v")
}

// commit names the commit that the program was built of, with its day: "commit 0123456789ab, 2023-10-02, ".
func (p *program) commit() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return ""
	}
	settings := map[string]string{}
	for _, s := range info.Settings {
		settings[s.Key] = s.Value
	}
	revision, date := settings["vcs.revision"], settings["vcs.time"]
	if len(revision) < 12 || len(date) < len(time.DateOnly) {
		return ""
	}
	said := "commit " + revision[:12] + ", " + date[:len(time.DateOnly)] + ", "
	if settings["vcs.modified"] == "true" {
		said += p.t("modifié, ", "modified, ")
	}
	return said
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
	fmt.Fprintf(&b, "guichet %s (%s%s %s/%s)\n", version(), p.commit(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	for i, m := range ms1dui.Editions() {
		fmt.Fprintf(&b, p.t("%s, édition %s%s\n", "%s, edition %s%s\n"), m.Nom, m.Edition, map[bool]string{true: p.t(", en vigueur", ", in force")}[i == 0])
	}
	return b.String()
}
