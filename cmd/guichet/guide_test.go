package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestGuideAndReadme runs the commands that the guide and the README print, on the files of exemples/, in
// order, so that both stay true. A command may find anomalies; it may not be misused.
func TestGuideAndReadme(t *testing.T) {
	for _, page := range []string{"../../docs/guide-fournisseur.md", "../../README.md"} {
		text, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		commands := commandsOf(string(text))
		if len(commands) == 0 {
			t.Fatalf("%s has no command", page)
		}
		t.Run(filepath.Base(page), func(t *testing.T) {
			folder := t.TempDir()
			if err := os.CopyFS(filepath.Join(folder, "exemples"), os.DirFS("../../exemples")); err != nil {
				t.Fatal(err)
			}
			t.Chdir(folder)
			for _, command := range commands {
				runPrinted(t, command)
			}
		})
	}
}

// TestReadmeSession runs the sessions that the README prints, in exemples/, and wants each line that it shows of an
// answer, in order. A line "…" leaves some out.
func TestReadmeSession(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	if err := os.CopyFS(folder, os.DirFS("../../exemples")); err != nil {
		t.Fatal(err)
	}
	t.Chdir(folder)
	ran := 0
	for _, block := range regexp.MustCompile("(?s)```console\n(.*?)```").FindAllStringSubmatch(string(text), -1) {
		for _, one := range strings.Split("\n"+block[1], "\n$ ")[1:] {
			command, shown, _ := strings.Cut(one, "\n")
			command, _, _ = strings.Cut(command, "  #")
			answer := runPrinted(t, strings.TrimSpace(command))
			ran++
			for line := range strings.Lines(shown) {
				if line = strings.TrimSpace(line); line == "" || line == "…" {
					continue
				}
				_, rest, found := strings.Cut(answer, line)
				if !found {
					t.Errorf("%s: the README shows %q, which is not (or not there) in\n%s", command, line, answer)
				}
				answer = rest
			}
		}
	}
	if ran < 5 {
		t.Errorf("%d commands found in the sessions", ran)
	}
}

// commandsOf lists the lines of the sh blocks that run guichet, built or from its source, and those that change
// the folder.
func commandsOf(page string) (commands []string) {
	for _, block := range regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(page, -1) {
		for line := range strings.Lines(block[1]) {
			line = strings.TrimSpace(strings.Replace(line, "go run ./cmd/guichet", "guichet", 1))
			runs := strings.HasPrefix(line, "guichet ") && !strings.Contains(line, "--watch")
			if runs || strings.HasPrefix(line, "cd ") {
				commands = append(commands, line)
			}
		}
	}
	return commands
}

// runPrinted runs a command, and returns what it answers.
func runPrinted(t *testing.T, command string) string {
	t.Helper()
	if folder, ok := strings.CutPrefix(command, "cd "); ok {
		t.Chdir(folder)
		return ""
	}
	arguments, input, redirected := strings.Cut(strings.TrimPrefix(command, "guichet "), " < ")
	k := &keyboard{stdin: strings.NewReader("")}
	if redirected {
		f, err := os.Open(input)
		if err != nil {
			t.Fatal(err)
		}
		defer f.Close()
		k.stdin = f
	}
	if s := k.run(t.Context(), strings.Fields(arguments)...); s != int(success) && s != int(findings) {
		t.Errorf("%s: exit status %d\n%s", command, s, k.stderr.String())
	}
	return k.stdout.String() + k.stderr.String()
}
