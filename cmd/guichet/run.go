package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/vbauerster/mpb/v8/cwriter"

	"guichet/modele"
)

// env is all that a run sees of the machine.
type env struct {
	args           []string // without the program's name
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	getenv         func(string) string
	isTerminal     func(stream any) bool
}

func machine() env {
	return env{
		args: os.Args[1:], stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr,
		now: time.Now, getenv: os.Getenv, isTerminal: isTerminal,
	}
}

func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && cwriter.IsTerminal(int(f.Fd())) && understandsColours(f)
}

// program is one run: the machine and the language of all that it says.
type program struct {
	env
	langue   modele.Langue
	adjusted *modele.Modele  // the table of the project's adjustments, nil without any
	closing  []func() error  // what to close when the run ends
	force    bool            // --force: files that are there are replaced
	written  map[string]bool // files that this run wrote, by their real path
	swept    sync.Map        // folders where nothing of a former run is left
}

// status is a way to end that has been told already: its number is the exit status.
type status int

// The exit statuses.
const (
	success     status = iota
	findings           // at least one erreur or rejet is listed
	misuse             // wrong arguments, or a file that could not be opened
	interrupted status = 130
)

func (s status) Error() string { return fmt.Sprintf("exit status %d", int(s)) }

// run runs the program and returns its exit status.
func run(ctx context.Context, e env) int {
	p := &program{env: e, langue: preferred(e)}
	defer p.close()
	return int(p.conclude(ctx, p.root().ExecuteContext(ctx)))
}

// close closes what was open for reading until the end.
func (p *program) close() {
	for _, end := range p.closing {
		_ = end()
	}
}

// conclude says what went wrong, where nobody has yet.
func (p *program) conclude(ctx context.Context, err error) status {
	var told status
	var wrong usageError
	switch {
	case err == nil:
		return success
	case errors.As(err, &told):
		return told
	case ctx.Err() != nil:
		p.say("interrompu", "interrupted")
		return interrupted
	case errors.As(err, &wrong):
		p.say("%s", "%s", err)
		_, _ = fmt.Fprintf(p.stderr, "→ %s --help\n", wrong.command)
	default:
		p.say("%s", "%s", err)
	}
	return misuse
}

// say writes a message to the person at the keyboard.
func (p *program) say(fr, en string, args ...any) {
	_, _ = fmt.Fprintf(p.stderr, "guichet"+p.t(" : ", ": ")+p.t(fr, en)+"\n", args...)
}

// errorf makes an error in the language of the run.
func (p *program) errorf(fr, en string, args ...any) error { return fmt.Errorf(p.t(fr, en), args...) }

// t returns the text in the language of the run.
func (p *program) t(fr, en string) string {
	return modele.Texte{Fr: fr, En: en}.In(p.langue)
}

// preferred returns the language that the arguments ask for, else the environment: help and errors need
// it before the arguments are read. What is no language is reported when they are.
func preferred(e env) modele.Langue {
	l := parseLangue(e.getenv("GUICHET_LANG"))
	for i, a := range e.args {
		value, joined := strings.CutPrefix(a, "--lang=")
		switch {
		case a == "--":
			return l
		case joined:
			l = parseLangue(value)
		case a == "--lang" && i+1 < len(e.args):
			l = parseLangue(e.args[i+1])
		}
	}
	return l
}

func parseLangue(name string) modele.Langue {
	if name == "en" {
		return modele.Anglais
	}
	return modele.Francais
}
