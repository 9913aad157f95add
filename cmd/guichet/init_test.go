package main

import (
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/projet"
)

// typing is a person at a keyboard who answers each question.
func typing(text string) *keyboard {
	k := &keyboard{stdin: strings.NewReader(text)}
	k.terminals = []any{k.stdin, &k.stderr}
	return k
}

// A wrong answer is told at once, with what is expected; Enter takes what stands in brackets.
func TestInitAsks(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "campagne")
	k := typing("ANS1\n\nANS0000001\n123\n000 000 001 00008\n\nmes bons\n\n\n")
	if got := k.run(t.Context(), "init", folder); got != 0 {
		t.Fatalf("exit status %d: %s", got, &k.stderr)
	}
	for _, want := range []string{
		"Numéro de référencement du logiciel (numeroAns, 10 caractères) : ",
		"« ANS1 » trouvé, 10 caractères alphanumériques attendus",
		"une réponse est nécessaire",
		"« 123 » trouvé, 14 chiffres attendus",
		"Dossier des fichiers à déposer [depots] : ",
		"guichet.yaml écrit",
		"→ cd ",
	} {
		if !strings.Contains(k.stderr.String(), want) {
			t.Errorf("standard error has no %q:\n%s", want, &k.stderr)
		}
	}
	p, err := projet.Charger(folder, projet.Sources{})
	if err != nil || p.NumeroAns.Texte != "ANS0000001" || p.SIRET.Texte != "00000000100008" || p.Pieces.Texte != filepath.Join(folder, "mes bons") {
		t.Errorf("%+v, %v", p, err)
	}
	for _, made := range []string{"depots", "mes bons"} {
		if info, err := os.Stat(filepath.Join(folder, made)); err != nil || !info.IsDir() {
			t.Errorf("%s: %v", made, err)
		}
	}
}

// What a flag or the environment says is not asked, or proposed.
func TestInitAsksOnlyWhatIsOpen(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	k := typing("\n\n\n\n")
	k.environment = map[string]string{"GUICHET_SIRET": "00000000100008"}
	if got := k.run(t.Context(), "init", "--lang", "en", "--numero-ans", "ANS0000001", "--sortie", "out", folder); got != 0 {
		t.Fatalf("exit status %d: %s", got, &k.stderr)
	}
	text := k.stderr.String()
	if strings.Contains(text, "numeroAns") || strings.Contains(text, "files to deposit") || !strings.Contains(text, "[00000000100008]") {
		t.Errorf("asked:\n%s", text)
	}
	written, err := os.ReadFile(filepath.Join(folder, projet.Nom))
	if err != nil || !strings.Contains(string(written), "\nsortie: out\n") || len(foreign(string(written), false)) > 0 {
		t.Errorf("%s, %v", written, err)
	}
}

// Ctrl-D in the middle of the answers leaves nothing behind.
func TestInitGivenUp(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "campagne")
	for _, answers := range []string{"", "ANS0000001\n", "ANS0000001\n00000000100008\ndep"} {
		k := typing(answers)
		if got := k.run(t.Context(), "init", folder); got != 2 || !strings.Contains(k.stderr.String(), "rien n'est écrit") {
			t.Errorf("%q: exit status %d: %s", answers, got, &k.stderr)
		}
		if _, err := os.Stat(folder); err == nil {
			t.Errorf("%q: left behind", answers)
		}
	}
}

// Ctrl-C ends the wait for an answer.
func TestInitInterrupted(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "campagne")
	stdin := silent{make(chan struct{})}
	k := &keyboard{stdin: stdin}
	k.terminals = []any{any(stdin), &k.stderr}
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		<-stdin.asked
		cancel()
	}()
	if got := k.run(ctx, "init", folder); got != 130 {
		t.Errorf("exit status %d, want 130: %s", got, &k.stderr)
	}
	if _, err := os.Stat(folder); err == nil {
		t.Error("left behind")
	}
}

// The answers of a person are never taken from a pipe.
func TestInitWithoutTerminal(t *testing.T) {
	t.Parallel()
	k := &keyboard{stdin: io.MultiReader()}
	if got := k.run(t.Context(), "init", t.TempDir()); got != 2 || !strings.Contains(k.stderr.String(), "indiquez --numero-ans et --siret") {
		t.Errorf("exit status %d: %s", got, &k.stderr)
	}
}

// What a kill left under a hidden name is taken away, by whatever writes there next.
func TestInitSweeps(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	left := filepath.Join(folder, ".guichet.yaml.1.guichet-tmp")
	long := time.Now().Add(-48 * time.Hour)
	if err := errors.Join(os.WriteFile(left, []byte("numero"), 0o666), os.Chtimes(left, long, long)); err != nil {
		t.Fatal(err)
	}
	k := &keyboard{stdin: strings.NewReader("")}
	if got := k.run(t.Context(), "init", "--numero-ans", "ANS0000001", "--siret", "00000000100008", folder); got != 0 {
		t.Fatalf("exit status %d: %s", got, &k.stderr)
	}
	if _, err := os.Lstat(left); !errors.Is(err, os.ErrNotExist) {
		t.Error(err)
	}
}
