//go:build unix

package main

import (
	"bufio"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// Ctrl-C ends the real program: status 130, the old report as it was.
func TestCtrlC(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	output := filepath.Join(folder, "rapport.txt")
	if err := os.WriteFile(output, []byte("avant"), 0o600); err != nil {
		t.Fatal(err)
	}
	c := exec.Command("guichet", "check", "-", "--force", "--output", output)
	stdin, err := c.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer stdin.Close()
	status, stderr := interrupt(t, c, func() string {
		// More than a pipe holds: when it is written, the program is reading.
		if _, err := stdin.Write(make([]byte, 1<<20)); err != nil {
			t.Error(err)
		}
		return ""
	})
	if status != 130 || !strings.Contains(stderr, "interrompu") {
		t.Errorf("exit status %d, want 130: %s", status, stderr)
	}
	if got, _ := os.ReadFile(output); string(got) != "avant" {
		t.Errorf("the report was written: %q", got)
	}
	if left, _ := os.ReadDir(folder); len(left) != 1 {
		t.Errorf("left behind: %v", left)
	}
}

// Ctrl-C is the way to end a watch: the status is that of the last check.
func TestCtrlCWatch(t *testing.T) {
	t.Parallel()
	c := exec.Command("guichet", "check", "--watch", file(t, goodName, faulty()))
	status, stderr := interrupt(t, c, nil)
	if status != 1 || strings.Contains(stderr, "interrompu") {
		t.Errorf("exit status %d, want 1: %s", status, stderr)
	}
}

// interrupt starts a program, waits until it is busy, and sends it the signal of Ctrl-C. Without busy, the
// first line that it says will do.
func interrupt(t *testing.T, c *exec.Cmd, busy func() string) (status int, said string) {
	t.Helper()
	stderr, err := c.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(stderr)
	if busy == nil {
		busy = func() string { lines.Scan(); return lines.Text() }
	}
	said = busy()
	if err := c.Process.Signal(os.Interrupt); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		said += lines.Text()
	}
	var exit *exec.ExitError
	if err := c.Wait(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return c.ProcessState.ExitCode(), said
}
