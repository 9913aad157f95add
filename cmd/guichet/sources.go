package main

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// standardInput and standardOutput stand for a file's name.
const (
	standardInput  = "-"
	standardOutput = "-"
)

// maxFiles bounds a run: the report holds all files.
const maxFiles = 10_000

// source is a file to check.
type source struct {
	shown string // as it was given, with slashes
	path  string // standardInput for that
	real  string // without links, to know it again
}

// failure is a file or folder that could not be used.
type failure struct {
	shown string
	err   error
}

// Reasons that the system does not give.
var (
	errNoJSON   = errors.New("no .json file in this folder")
	errNoMatch  = errors.New("no file matches")
	errTooMany  = errors.New("too many files")
	errSource   = errors.New("one of the files to check")
	errSameName = errors.New("another file has the same name")
)

// expansion is what the arguments come to: the files in their order, each once.
type expansion struct {
	ctx      context.Context
	sources  []source
	failures []failure
	met      int             // files met in folders, those known already included
	seen     map[string]bool // files, by their real path
	folders  map[string]bool // folders gone into, by their real path
	aside    []string        // folders of what is not to be deposited: one that is named is gone into
	skipped  map[string]bool // what this run writes: folders do not bring it back in
}

// expand lists the files to check.
func (j *job) expand(ctx context.Context) *expansion {
	x := &expansion{ctx: ctx, seen: map[string]bool{}, folders: map[string]bool{}, skipped: map[string]bool{}}
	for _, own := range []string{j.output, j.retour} {
		if own != "" {
			x.skipped[real(own)] = true
		}
	}
	for _, a := range j.args {
		x.argument(a)
	}
	for _, folder := range x.aside {
		if _, told := j.asideTold.LoadOrStore(folder, true); !told {
			j.say("%s : laissé de côté, ces fichiers ne sont pas à déposer", "%s: left aside, what is in it is not to be deposited", shown(folder))
		}
	}
	return x
}

func (x *expansion) argument(arg string) {
	if arg == standardInput {
		x.add(source{shown: arg, path: arg, real: arg})
		return
	}
	info, err := os.Stat(arg)
	switch {
	case err == nil:
		x.path(arg, info)
	case strings.ContainsAny(arg, "*?["):
		x.pattern(arg)
	default:
		x.fail(arg, err)
	}
}

// pattern takes the files of a pattern that no shell has expanded, without the hidden ones, as a shell would.
func (x *expansion) pattern(pattern string) {
	matches, err := filepath.Glob(pattern)
	if !strings.HasPrefix(filepath.Base(pattern), ".") {
		matches = slices.DeleteFunc(matches, func(m string) bool { return strings.HasPrefix(filepath.Base(m), ".") })
	}
	if len(matches) == 0 {
		x.fail(pattern, cmp.Or(err, errNoMatch))
	}
	for _, m := range matches {
		if info, err := os.Stat(m); err != nil {
			x.fail(m, err)
		} else {
			x.path(m, info)
		}
	}
}

func (x *expansion) path(path string, info fs.FileInfo) {
	if !info.IsDir() {
		x.file(path)
		return
	}
	met, failed := x.met, len(x.failures)
	x.folder(path)
	if x.met == met && len(x.failures) == failed {
		x.fail(path, errNoJSON)
	}
}

func (x *expansion) file(path string) {
	x.met++
	x.add(source{shown: filepath.ToSlash(path), path: path, real: real(path)})
}

func (x *expansion) add(s source) {
	switch {
	case x.seen[s.real] || x.stopped():
	case len(x.sources) == maxFiles:
		x.fail(s.shown, errTooMany)
	default:
		x.seen[s.real] = true
		x.sources = append(x.sources, s)
	}
}

func (x *expansion) fail(path string, err error) {
	if !x.stopped() {
		x.failures = append(x.failures, failure{filepath.ToSlash(path), err})
	}
}

// stopped tells whether there is nothing left to look for: the person has stopped the run, or one file
// too many was found.
func (x *expansion) stopped() bool {
	n := len(x.failures)
	return x.ctx.Err() != nil || n > 0 && x.failures[n-1].err == errTooMany || n >= maxFiles
}

// real returns the one path of a file, as far as it exists.
func real(path string) string {
	if path == standardInput {
		return path
	}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if resolved, err := filepath.EvalSymlinks(absolute); err == nil {
		return resolved
	}
	// A file that is to be written: its folder may be a link.
	if folder, err := filepath.EvalSymlinks(filepath.Dir(absolute)); err == nil {
		return filepath.Join(folder, filepath.Base(absolute))
	}
	return absolute
}
