package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"guichet/diag"
)

// usageError is a misuse of a command: its help is worth a look.
type usageError struct {
	command string
	error
}

func (e usageError) Unwrap() error { return e.error }

// flagError says in the language of the run what is wrong with a flag.
func (p *program) flagError(c *cobra.Command, err error) error {
	return usageError{c.CommandPath(), p.translated(c, err)}
}

func (p *program) translated(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	var lacking *pflag.ValueRequiredError
	var refused *pflag.InvalidValueError
	var syntax *pflag.InvalidSyntaxError
	switch {
	case errors.As(err, &unknown):
		return p.unknownFlag(c, unknown)
	case errors.As(err, &lacking):
		return p.errorf("--%s demande une valeur", "--%s needs a value", lacking.GetFlag().Name)
	case errors.As(err, &refused):
		return p.refusedValue(refused)
	case errors.As(err, &syntax):
		return p.errorf("%s n'est pas une option", "%s is no flag", shown(syntax.GetSpecifiedFlag()))
	}
	return err
}

func (p *program) unknownFlag(c *cobra.Command, e *pflag.NotExistError) error {
	if short := e.GetSpecifiedShortnames(); short != "" {
		return p.errorf("option inconnue : -%s", "unknown flag: -%s", shown(short))
	}
	name := e.GetSpecifiedName()
	var flags []string
	c.Flags().VisitAll(func(f *pflag.Flag) { flags = append(flags, f.Name) })
	err := p.errorf("option inconnue : --%s", "unknown flag: --%s", shown(name))
	for distance := 1; distance <= 2; distance++ {
		if near := nearest(name, flags, distance); len(near) > 0 {
			return p.errorf("%w ; vouliez-vous dire --%s ?", "%w; did you mean --%s?", err, p.or(near))
		}
	}
	return err
}

func (p *program) refusedValue(e *pflag.InvalidValueError) error {
	expected := errors.Unwrap(e)
	var number *strconv.NumError
	if errors.As(expected, &number) { // pflag's own flags are booleans
		expected = p.errorf("true ou false attendu", "true or false expected")
	}
	return p.errorf("--%s : « %s » trouvé, %w", `--%s: "%s" found, %w`, e.GetFlag().Name, shown(e.GetValue()), expected)
}

// nearest lists the names within a few letters of a word, or that start with it. The measure is the one
// that cobra has for its commands.
func nearest(word string, names []string, distance int) []string {
	c := &cobra.Command{SuggestionsMinimumDistance: distance}
	for _, n := range names {
		c.AddCommand(&cobra.Command{Use: n, Run: func(*cobra.Command, []string) {}})
	}
	near := c.SuggestionsFor(word)
	return near[:min(len(near), 5)]
}

// shown makes a text from outside safe to show at a terminal.
func shown(text string) string { return diag.Neutralize(text) }

// quoted is a word as a person can type it in a shell.
func quoted(word string) string {
	if strings.ContainsAny(word, " '\"$&|;()<>*?[]\\`") {
		return fmt.Sprintf("'%s'", strings.ReplaceAll(shown(word), "'", `'\''`))
	}
	return shown(word)
}
