package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"guichet/internal/provisoire"
)

// emit writes to a file, or to standard output when it has no name. What write fails to write leaves the
// file as it was. A file that a person may have edited is not written over (see spare), unless it already is what would
// be written; and what was written is sealed so that it shows (see sealer).
func (p *program) emit(name string, write func(io.Writer) error) error {
	if name == "" || name == standardOutput {
		w := bufio.NewWriter(p.stdout)
		if err := errors.Join(write(w), w.Flush()); err != nil {
			return p.errorf("écriture sur la sortie standard : %s", "writing to standard output: %s", p.cause(err))
		}
		return nil
	}
	whole := func(w io.Writer) error {
		s := newSealer(w)
		if err := write(s); err != nil {
			return err
		}
		return s.finish()
	}
	if err := p.spare(name); err != nil {
		if same, fault := alreadyHas(name, whole); fault != nil || !same {
			return errors.Join(fault, err)
		}
		return nil
	}
	err := p.replace(name, whole)
	if errors.Is(err, fs.ErrNotExist) {
		return p.errorf("écriture de %s : le dossier n'existe pas", "writing %s: the folder does not exist", shown(name))
	}
	if err != nil {
		return p.errorf("écriture de %s : %s", "writing %s: %s", shown(name), p.cause(err))
	}
	p.wrote(name)
	return nil
}

// emitBytes writes a text that is ready.
func (p *program) emitBytes(name string, text []byte) error {
	return p.emit(name, func(w io.Writer) error {
		_, err := w.Write(text)
		return err
	})
}

// replace writes a file beside its place, then moves it there: a reader finds the old file or the new one,
// never a part. What a kill left in the folder is taken away. Links stay links, and what is no plain file (/dev/null, a pipe) is written to directly.
func (p *program) replace(name string, write func(io.Writer) error) error {
	if target, err := filepath.EvalSymlinks(name); err == nil {
		name = target
	}
	mode := fs.FileMode(0o666)
	if info, err := os.Stat(name); err == nil {
		if !info.Mode().IsRegular() {
			return writeFile(name, os.O_WRONLY, mode, write)
		}
		mode = info.Mode().Perm()
	}
	p.sweep(filepath.Dir(name))
	beside := provisoire.Nom(name)
	err := writeFile(beside, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode, write)
	if err == nil {
		err = os.Rename(beside, name)
	}
	if err != nil {
		_ = os.Remove(beside)
	}
	return err
}

// sweep takes away what a run that was killed left in a folder, once a run.
func (p *program) sweep(folder string) {
	if _, done := p.swept.LoadOrStore(folder, true); !done {
		provisoire.Retirer(folder)
	}
}

func writeFile(name string, flag int, mode fs.FileMode, write func(io.Writer) error) (err error) {
	f, err := os.OpenFile(name, flag, mode)
	if err != nil {
		return fmt.Errorf("create the file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	w := bufio.NewWriter(f)
	return errors.Join(write(w), w.Flush())
}
