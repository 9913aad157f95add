package main

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// option is the text of a flag: where it goes, the name that help shows for it, and what it may be.
type option struct {
	target *string
	kind   string
	check  func(string) error // says what is expected; nil takes any text
}

func (o *option) String() string { return *o.target }
func (o *option) Type() string   { return o.kind }

func (o *option) Set(text string) error {
	if o.check != nil {
		if err := o.check(text); err != nil {
			return err
		}
	}
	*o.target = text
	return nil
}

// list is a flag that may be given several times, and several values at once with commas.
type list struct {
	target *[]string
	kind   string
	check  func(string) error
}

func (l *list) String() string { return strings.Join(*l.target, ",") }
func (l *list) Type() string   { return l.kind }

func (l *list) Set(text string) error {
	for _, v := range strings.Split(text, ",") {
		v = strings.ToUpper(strings.TrimSpace(v))
		if err := l.check(v); err != nil {
			return err
		}
		*l.target = append(*l.target, v)
	}
	return nil
}

// whole is a flag whose value is a whole number between two others.
type whole struct {
	target   *int
	min, max int
	p        *program
}

func (w *whole) String() string { return strconv.Itoa(*w.target) }
func (w *whole) Type() string   { return "N" }

func (w *whole) Set(text string) error {
	n, err := strconv.Atoi(text)
	if err != nil || n < w.min || n > w.max {
		return w.p.errorf("nombre de %d à %d attendu", "a number from %d to %d expected", w.min, w.max)
	}
	*w.target = n
	return nil
}

// oneOf checks that a text is one of the values.
func (p *program) oneOf(values ...string) func(string) error {
	return func(text string) error {
		for _, v := range values {
			if v == text {
				return nil
			}
		}
		return p.errorf("%s attendu", "%s expected", p.or(values))
	}
}

// or joins values as one would say it: text, json ou html.
func (p *program) or(values []string) string {
	last := len(values) - 1
	if last < 1 {
		return strings.Join(values, "")
	}
	return strings.Join(values[:last], ", ") + p.t(" ou ", " or ") + values[last]
}

// offer has the shell complete the value of a flag with these.
func (p *program) offer(c *cobra.Command, flag string, values ...string) {
	// The flag exists: it was added just before.
	_ = c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp))
}
