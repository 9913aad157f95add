package main

import (
	"archive/zip"
	"errors"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	"guichet/internal/corpus"
)

// document writes a document: document pdf 600 bons/x.pdf, of so many bytes or pixels on a side.
func document(ts *testscript.TestScript, _ bool, args []string) {
	n, err := strconv.Atoi(args[1])
	ts.Check(err)
	makers := map[string]func() []byte{
		"pdf": func() []byte { return corpus.PDF(n) },
		"png": func() []byte { return corpus.PNG(n, n) },
		"jpg": func() []byte { return corpus.JPG(n, n) },
	}
	for _, name := range args[2:] {
		ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(name)), 0o777))
		ts.Check(os.WriteFile(ts.MkAbs(name), makers[args[0]](), 0o666))
	}
}

// zipped writes an archive of files under other names: zipped lot.zip bon.pdf=a/b.pdf.
func zipped(ts *testscript.TestScript, _ bool, args []string) {
	f, err := os.Create(ts.MkAbs(args[0]))
	ts.Check(err)
	z := zip.NewWriter(f)
	for _, pair := range args[1:] {
		from, to, _ := strings.Cut(pair, "=")
		w, err := z.Create(to)
		if err == nil {
			_, err = io.WriteString(w, ts.ReadFile(from))
		}
		ts.Check(err)
	}
	ts.Check(errors.Join(z.Close(), f.Close()))
}

// Of several files, none is written unless all are.
func TestReplaceAll(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	a, b := filepath.Join(folder, "a"), filepath.Join(folder, "b")
	content := func(text string) func(int, io.Writer) error {
		return func(i int, w io.Writer) error {
			_, err := io.WriteString(w, text)
			return err
		}
	}
	if _, err := new(program).replaceAll([]string{a}, content("old")); err != nil {
		t.Fatal(err)
	}
	boom := errors.New("boom")
	failed, err := new(program).replaceAll([]string{a, b}, func(i int, w io.Writer) error {
		if i == 1 {
			return boom
		}
		return content("new")(i, w)
	})
	if failed != b || !errors.Is(err, boom) {
		t.Errorf("replaceAll = %s, %v", failed, err)
	}
	wantFiles(t, folder, map[string]string{"a": "old"})
	// A folder in the way of the second one: the first, which was new, is taken away again.
	if err := os.MkdirAll(filepath.Join(folder, "d", "x"), 0o777); err != nil {
		t.Fatal(err)
	}
	if failed, err := new(program).replaceAll([]string{b, filepath.Join(folder, "d")}, content("new")); err == nil || filepath.Base(failed) != "d" {
		t.Errorf("replaceAll = %s, %v", failed, err)
	}
	if err := os.RemoveAll(filepath.Join(folder, "d")); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"a": "old"})
	if _, err := new(program).replaceAll([]string{a, b}, content("new")); err != nil {
		t.Fatal(err)
	}
	wantFiles(t, folder, map[string]string{"a": "new", "b": "new"})
}

func wantFiles(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != len(want) {
		t.Errorf("%v, %v in the folder, want %v", entries, err, want)
	}
	for name, text := range want {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != text {
			t.Errorf("%s has %q, %v", name, got, err)
		}
	}
}
