package panne

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"
)

// Each error of the system is a sentence in both languages, however deep it is wrapped; no other error is.
func TestDe(t *testing.T) {
	t.Parallel()
	absent := filepath.Join(t.TempDir(), "absent")
	_, err := os.Open(absent)
	for _, c := range []struct {
		err      error
		fr, file string
	}{
		{fmt.Errorf("open: %w", err), "introuvable", absent},
		{&os.PathError{Op: "write", Path: "x", Err: syscall.EIO}, "le disque ne répond pas comme il faut", "x"},
		{&os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.ENOSPC}, "le disque est plein", "b"},
		{syscall.EROFS, "le disque est en lecture seule", ""},
		{&os.SyscallError{Syscall: "bind", Err: syscall.EADDRINUSE}, "un autre programme y est déjà", ""},
		{syscall.Errno(71), "erreur n° 71 du système", ""},
	} {
		p, ok := De(c.err)
		if !ok || p.Cause.Fr != c.fr || p.Cause.En == "" || p.Aide.Fr == "" || p.Aide.En == "" {
			t.Errorf("%v: %+v, %v; want %q", c.err, p, ok, c.fr)
		}
		if got := Fichier(c.err); got != c.file {
			t.Errorf("%v: file %q, want %q", c.err, got, c.file)
		}
	}
	if p, ok := De(errors.New("autre")); ok {
		t.Errorf("another error is %+v", p)
	}
}
