package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// verdict is what became of a mutant.
type verdict string

const (
	killed       verdict = "noticed "
	survived     verdict = "SURVIVED"
	uncompilable verdict = "-"
)

// try runs the tests of one package after the other with the mutant in place of its file, until one notices it, and tells which: the first
// is the mutant's own. The file itself is not touched.
func (m mutant) try(ctx context.Context, folders []string, timeout time.Duration) (v verdict, by string, err error) {
	place, err := os.MkdirTemp("", "mutant")
	if err != nil {
		return "", "", fmt.Errorf("make a place for a mutant: %w", err)
	}
	defer os.RemoveAll(place)
	overlay, err := m.write(place)
	if err != nil {
		return "", "", fmt.Errorf("write the mutant %s: %w", m, err)
	}
	for _, folder := range folders {
		if v, err = m.test(ctx, folder, overlay, timeout); err != nil || v != survived {
			return v, folder, err
		}
	}
	return survived, folders[0], nil
}

// write writes the changed file, and the list that has the compiler take it.
func (m mutant) write(place string) (overlay string, err error) {
	file, err := filepath.Abs(m.file)
	if err != nil {
		return "", err
	}
	text, err := os.ReadFile(file)
	if err != nil {
		return "", err
	}
	changed := filepath.Join(place, filepath.Base(file))
	text = bytes.Join([][]byte{text[:m.start], []byte(m.become), text[m.end:]}, nil)
	if err := os.WriteFile(changed, text, 0o600); err != nil {
		return "", err
	}
	list, err := json.Marshal(map[string]map[string]string{"Replace": {file: changed}})
	if err != nil {
		return "", err
	}
	overlay = filepath.Join(place, "overlay.json")
	return overlay, os.WriteFile(overlay, list, 0o600)
}

// test builds the tests, then runs them: what does not compile was never a change that a person could make.
func (m mutant) test(ctx context.Context, folder, overlay string, timeout time.Duration) (verdict, error) {
	binary := filepath.Join(filepath.Dir(overlay), "mutant.test")
	build := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, ".")
	build.Dir = folder
	if build.Run() != nil {
		return uncompilable, ctx.Err()
	}
	limited, stop := context.WithTimeout(ctx, timeout)
	defer stop()
	tests := exec.CommandContext(limited, binary, "-test.failfast", "-test.short")
	tests.Dir = folder
	tests.Env = append(os.Environ(), "GOMEMLIMIT=4GiB")
	tests.WaitDelay = time.Second
	if tests.Run() != nil {
		return killed, ctx.Err()
	}
	return survived, nil
}
