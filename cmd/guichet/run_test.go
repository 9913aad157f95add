package main

import (
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/export"
	"guichet/internal/corpus"
	"guichet/modele/ms1dui"
)

// keyboard is a machine for tests: nothing of the real one but its files.
type keyboard struct {
	stdin          io.Reader
	stdout, stderr bytes.Buffer
	terminals      []any // the streams that are terminals
	environment    map[string]string
	clock          func() time.Time // nil for a day of the example
}

func (k *keyboard) run(ctx context.Context, args ...string) int {
	clock := k.clock
	if clock == nil {
		clock = func() time.Time { return time.Date(2023, 10, 2, 9, 30, 0, 0, time.UTC) }
	}
	return run(ctx, env{
		args: args, stdin: k.stdin, stdout: &k.stdout, stderr: &k.stderr,
		now:        clock,
		getenv:     func(name string) string { return k.environment[name] },
		isTerminal: func(stream any) bool { return slices.Contains(k.terminals, stream) },
	})
}

// file writes a file to a folder of the test and returns its path.
func file(t *testing.T, name string, content []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

const goodName = "JSON-ANS0000001-20231002-001.json"

func good() []byte { return export.Exemple(ms1dui.Courante()) }

func faulty() []byte { return bytes.ReplaceAll(good(), []byte("2433.33"), []byte("2433.3")) }

func TestColor(t *testing.T) {
	t.Parallel()
	path := file(t, goodName, faulty())
	for _, c := range []struct {
		name        string
		terminal    bool
		args        []string
		environment map[string]string
		want        bool
	}{
		{"a pipe", false, nil, nil, false},
		{"a terminal", true, nil, nil, true},
		{"NO_COLOR", true, nil, map[string]string{"NO_COLOR": "1"}, false},
		{"NO_COLOR, empty", true, nil, map[string]string{"NO_COLOR": ""}, true},
		{"TERM=dumb", true, nil, map[string]string{"TERM": "dumb"}, false},
		{"never", true, []string{"--color", "never"}, nil, false},
		{"always", false, []string{"--color", "always"}, map[string]string{"NO_COLOR": "1"}, true},
		{"always, JSON", false, []string{"--color", "always", "--format", "json"}, nil, false},
	} {
		k := &keyboard{environment: c.environment}
		if c.terminal {
			k.terminals = []any{&k.stdout}
		}
		if got := k.run(t.Context(), append([]string{"check", path}, c.args...)...); got != 1 {
			t.Errorf("%s: exit status %d, want 1: %s", c.name, got, &k.stderr)
		}
		if got := bytes.Contains(k.stdout.Bytes(), []byte("\x1b[")); got != c.want {
			t.Errorf("%s: colours %t, want %t", c.name, got, c.want)
		}
	}
}

// The next command is named to a person, never to a program.
func TestSuggestion(t *testing.T) {
	t.Parallel()
	fine := file(t, goodName, good())
	bad := file(t, "J'ai fini.json", corpus.Fichier(corpus.Forme{Demandes: 40, OGs: 1, ESMS: 1, Fautives: 2}))
	for _, c := range []struct {
		name     string
		terminal bool
		args     []string
		want     string
	}{
		{"accepted", true, []string{fine}, "→ guichet check " + fine + " --retour retours : "},
		{"accepted, in English", true, []string{fine, "--lang", "en"}, " --retour retours: writes"},
		{"many anomalies", true, []string{bad}, `J'\''ai fini.json' --group`},
		{"two files", true, []string{fine, bad}, "→ guichet check … --group"},
		{"gathered already", true, []string{bad, "--group"}, ""},
		{"returned already", true, []string{fine, "--retour", t.TempDir()}, "1 fichier retourné écrit"},
		{"no person", false, []string{fine}, ""},
		{"a program's format", true, []string{fine, "--format", "json"}, ""},
	} {
		k := &keyboard{}
		if c.terminal {
			k.terminals = []any{&k.stderr}
		}
		k.run(t.Context(), append([]string{"check"}, c.args...)...)
		got := k.stderr.String()
		if !strings.Contains(got, c.want) || c.want == "" && got != "" {
			t.Errorf("%s: %q on standard error, want %q", c.name, got, c.want)
		}
	}
}

// silent never gives a byte, as a person who does not type.
type silent struct{ asked chan struct{} }

func (s silent) Read([]byte) (int, error) {
	close(s.asked)
	select {}
}

// Ctrl-C ends a run that waits for input, and leaves nothing behind.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	output := filepath.Join(t.TempDir(), "rapport.txt")
	stdin := silent{make(chan struct{})}
	k := &keyboard{stdin: stdin}
	k.terminals = []any{any(stdin)}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-stdin.asked
		cancel()
	}()
	if got := k.run(ctx, "check", "-", "--output", output); got != 130 {
		t.Errorf("exit status %d, want 130", got)
	}
	if want := "guichet : lecture de l'entrée standard, Ctrl-D pour finir\nguichet : interrompu\n"; k.stderr.String() != want {
		t.Errorf("%q on standard error, want %q", &k.stderr, want)
	}
	if left, err := os.ReadDir(filepath.Dir(output)); len(left) > 0 || err != nil {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

// A run that was interrupted before it began checks nothing and writes no returned file.
func TestInterruptedFirst(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	retours := filepath.Join(t.TempDir(), "retours")
	k := &keyboard{}
	if got := k.run(ctx, "check", "--retour", retours, file(t, goodName, good())); got != 130 || k.stdout.Len() > 0 {
		t.Errorf("exit status %d, want 130; %q on standard output", got, &k.stdout)
	}
	if left, _ := os.ReadDir(retours); len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// broken is an output that takes nothing.
type broken struct{}

func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestBrokenOutput(t *testing.T) {
	t.Parallel()
	path := file(t, goodName, good())
	for _, args := range [][]string{{"check", path}, {"rules"}, {"version"}} {
		var stderr bytes.Buffer
		got := run(t.Context(), env{
			args: args, stdout: broken{}, stderr: &stderr, now: time.Now,
			getenv: func(string) string { return "" }, isTerminal: func(any) bool { return false },
		})
		if got != 2 || !strings.Contains(stderr.String(), "écriture sur la sortie standard") {
			t.Errorf("%v: exit status %d, want 2: %s", args, got, &stderr)
		}
	}
}

// long is an input that goes on and on, to an end that nobody should see.
type long struct{ read int }

func (l *long) Read(b []byte) (int, error) {
	if l.read >= 16<<20 {
		return 0, io.EOF
	}
	clear(b)
	l.read += len(b)
	return len(b), nil
}

// Of an input without end, no more is read than the limit.
func TestInputIsBounded(t *testing.T) {
	t.Parallel()
	stdin := &long{}
	k := &keyboard{stdin: stdin}
	if got := k.run(t.Context(), "check", "--max-taille", "1", "-"); got != 1 || !strings.Contains(k.stdout.String(), "S005") {
		t.Errorf("exit status %d, want 1: %s", got, &k.stdout)
	}
	if stdin.read > 1<<20+1 {
		t.Errorf("%d bytes read, want one more than a MiB at most", stdin.read)
	}
}
