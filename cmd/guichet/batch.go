package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"

	"guichet/internal/provisoire"
)

// replaceAll writes several files beside their places, and moves them there only when all are complete and on
// the disk. It names the file that could not be written; then none of them is.
func (p *program) replaceAll(names []string, write func(i int, w io.Writer) error) (failed string, err error) {
	beside := make([]string, len(names))
	defer func() {
		for _, name := range beside {
			if name != "" {
				_ = os.Remove(name)
			}
		}
	}()
	for i, name := range names {
		p.sweep(filepath.Dir(name))
		beside[i] = provisoire.Nom(name)
		if err := writeSynced(beside[i], func(w io.Writer) error { return write(i, w) }); err != nil {
			return name, err
		}
	}
	for i, name := range names {
		_, missing := os.Lstat(name)
		if err := os.Rename(beside[i], name); err != nil {
			return name, err
		}
		// What was written for nothing is taken away again; what was replaced stays replaced.
		if beside[i] = ""; missing != nil {
			defer func() {
				if err != nil {
					_ = os.Remove(name)
				}
			}()
		}
	}
	return "", nil
}

func writeSynced(name string, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	return errors.Join(write(f), f.Sync())
}
