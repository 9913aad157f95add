package main

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// A file that Excel holds open: the person is told to close it, in either language.
func TestWindowsCauses(t *testing.T) {
	t.Parallel()
	for _, number := range []syscall.Errno{5, 32, 33, 1224} {
		text := windowsCauses[number]
		if !strings.Contains(text.Fr, "Excel") || !strings.Contains(text.Fr, "fermez-le") ||
			!strings.Contains(text.En, "Excel") || !strings.Contains(text.En, "close it") {
			t.Errorf("%d: %q", number, text)
		}
	}
	for number, text := range windowsCauses {
		if text.Fr == "" || text.En == "" || text.Fr == text.En {
			t.Errorf("%d: %q", number, text)
		}
	}
	if _, ok := ofWindows(&fs.PathError{Err: syscall.Errno(32)}); ok {
		t.Error("32 is another error on this system")
	}
}

// Who clicks on the program in Explorer reads what to do, or what was found, before the window closes.
func TestClicked(t *testing.T) {
	t.Parallel()
	bad := filepath.Join(t.TempDir(), "mon fichier.JSON")
	if err := os.WriteFile(bad, []byte("{}"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		args   []string
		status int
		said   string
	}{
		{nil, 0, "tapez  cmd  puis Entrée"},
		{[]string{"--lang=en"}, 0, "Checks the files"},
		{[]string{bad}, 1, "rejeté"},
		{[]string{"tableau.xlsx"}, 2, "commande inconnue"},
	} {
		var out bytes.Buffer
		stdin := strings.NewReader("\nreste")
		got := runClicked(t.Context(), env{
			args: c.args, stdin: stdin, stdout: &out, stderr: &out, now: time.Now,
			getenv: func(string) string { return "" }, isTerminal: func(any) bool { return false },
		}, true)
		if got != c.status || !strings.Contains(out.String(), c.said) {
			t.Errorf("%q: exit status %d, said\n%s", c.args, got, &out)
		}
		if !strings.Contains(out.String(), "Entrée pour fermer") && !strings.Contains(out.String(), "Press Enter to close") {
			t.Errorf("%q: does not wait to be read\n%s", c.args, &out)
		}
	}
}
