package main

import (
	"bufio"
	"bytes"
	"context"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"guichet/modele"
)

// A watched file is checked again when it is saved, as editors do it; Ctrl-C gives the last status.
func TestWatch(t *testing.T) {
	t.Parallel()
	path := file(t, goodName, faulty())
	reports, status, stop := startWatch(t, path)
	if got := nextOutcome(t, reports); !strings.Contains(got, "refusé") {
		t.Errorf("first report: %q", got)
	}
	beside := path + ".neuf"
	if err := os.WriteFile(beside, good(), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(beside, path); err != nil {
		t.Fatal(err)
	}
	if got := nextOutcome(t, reports); !strings.Contains(got, "accepté") {
		t.Errorf("report of the corrected file: %q", got)
	}
	stop()
	if got := <-status; got != 0 {
		t.Errorf("exit status %d, want that of the last check, 0", got)
	}
}

// Files that come into a watched folder are checked too.
func TestWatchFolder(t *testing.T) {
	t.Parallel()
	folder := filepath.Dir(file(t, goodName, good()))
	reports, status, stop := startWatch(t, folder)
	if got := nextOutcome(t, reports); !strings.HasPrefix(got, "1 fichier") {
		t.Errorf("first report: %q", got)
	}
	if err := os.WriteFile(filepath.Join(folder, "JSON-ANS0000001-20231002-002.json"), faulty(), 0o600); err != nil {
		t.Fatal(err)
	}
	if got := nextOutcome(t, reports); !strings.HasPrefix(got, "2 fichiers") {
		t.Errorf("second report: %q", got)
	}
	stop()
	if got := <-status; got != 1 {
		t.Errorf("exit status %d, want 1", got)
	}
}

func startWatch(t *testing.T, path string) (reports *bufio.Scanner, status <-chan int, stop func()) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	out, in := io.Pipe()
	done := make(chan int, 1)
	go func() {
		done <- run(ctx, env{
			args: []string{"check", "--watch", path}, stdout: in, stderr: io.Discard, now: time.Now,
			getenv: func(string) string { return "" }, isTerminal: func(any) bool { return false },
		})
		in.Close()
	}()
	t.Cleanup(func() { cancel(); out.Close() })
	return bufio.NewScanner(out), done, cancel
}

// nextOutcome reads up to the line that sums up a report.
func nextOutcome(t *testing.T, reports *bufio.Scanner) string {
	t.Helper()
	for reports.Scan() {
		line := reports.Text()
		if strings.HasPrefix(line, "1 fichier :") || strings.HasPrefix(line, "2 fichiers :") {
			return line
		}
	}
	t.Fatal("the watch ended")
	return ""
}

// Without the system's word, looking now and then finds the change.
func TestWatchWithoutNotification(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		looks := 0
		look := func() string {
			if looks++; looks < 4 {
				return "before"
			}
			return "after"
		}
		w := &watcher{known: map[string]bool{}}
		begun := time.Now()
		if !w.wait(t.Context(), "before", look) {
			t.Error("no change was seen")
		}
		if got, want := time.Since(begun), 4*lookEvery+settle; got != want {
			t.Errorf("seen after %v, want %v", got, want)
		}
	})
}

// A file that grows is left to settle.
func TestWatchSettles(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		looks := 0
		look := func() string {
			looks++
			return strings.Repeat("x", min(looks, 5))
		}
		w := &watcher{known: map[string]bool{}}
		if !w.wait(t.Context(), "", look) || looks != 6 {
			t.Errorf("checked after %d looks, want 6", looks)
		}
	})
}

// A touched file that comes back to what it was is not checked again.
func TestWatchEnds(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 5*lookEvery)
		defer cancel()
		w := &watcher{known: map[string]bool{}}
		if w.wait(ctx, "same", func() string { return "same" }) {
			t.Error("a change was seen where there is none")
		}
	})
}

// A bar is shown from the third second on, and leaves nothing behind.
func TestProgress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name  string
		lasts time.Duration
		want  bool
	}{{"short", 2900 * time.Millisecond, false}, {"long", 4 * time.Second, true}} {
		synctest.Test(t, func(t *testing.T) {
			var stderr bytes.Buffer
			j := &job{program: &program{env: env{stderr: &stderr, isTerminal: func(any) bool { return true }}, langue: modele.Francais}}
			bar := j.progress(10)
			for range 4 {
				bar.step()
			}
			time.Sleep(c.lasts)
			bar.end()
			shown := strings.Contains(stderr.String(), "4 / 10 fichiers")
			if shown != c.want {
				t.Errorf("%s: a bar %t, want %t: %q", c.name, shown, c.want, &stderr)
			}
		})
	}
}

func TestNoProgress(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		total    int
		terminal bool
	}{{1, true}, {10, false}} {
		j := &job{program: &program{env: env{isTerminal: func(any) bool { return c.terminal }}}}
		if j.progress(c.total) != nil {
			t.Errorf("a bar for %d files, terminal %t", c.total, c.terminal)
		}
	}
}
