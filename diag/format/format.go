// Package format names the formats of a report and picks the writer of each. It stands apart from diag so
// that a program that needs one format alone does not carry the others.
package format

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"guichet/diag"
	"guichet/diag/page"
)

// Format is the name of a format, as --format takes it.
type Format string

// The formats.
const (
	Text   Format = "text"
	JSON   Format = "json"
	SARIF  Format = "sarif"
	JUnit  Format = "junit"
	GitHub Format = "github"
	CSV    Format = "csv"
	HTML   Format = "html"
)

var writers = []struct {
	format Format
	write  func(io.Writer, *diag.Rapport, diag.Options) error
}{
	{Text, diag.WriteText},
	{JSON, diag.WriteJSON},
	{SARIF, diag.WriteSARIF},
	{JUnit, diag.WriteJUnit},
	{GitHub, diag.WriteGitHub},
	{CSV, diag.WriteCSV},
	{HTML, page.Write},
}

// Formats lists the names of all formats, the default one first.
func Formats() []string {
	names := make([]string, len(writers))
	for i, x := range writers {
		names[i] = string(x.format)
	}
	return names
}

// Parse returns the format of that name; the error lists those there are.
func Parse(name string) (Format, error) {
	if slices.Contains(Formats(), name) {
		return Format(name), nil
	}
	return "", fmt.Errorf("unknown format %q: choose one of %s", name, strings.Join(Formats(), ", "))
}

// Write writes a summarised report in the format f.
func Write(w io.Writer, f Format, r *diag.Rapport, o diag.Options) error {
	for _, x := range writers {
		if x.format == f {
			return x.write(w, r, o)
		}
	}
	_, err := Parse(string(f))
	return err
}
