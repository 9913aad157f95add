package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"guichet/internal/carnet"
)

// folder goes into a folder, once: links may lead back to it.
func (x *expansion) folder(path string) {
	place := real(path)
	if x.folders[place] {
		x.met++
		return
	}
	if x.skipped[place] || x.stopped() {
		return
	}
	x.folders[place] = true
	entries, err := os.ReadDir(path)
	if err != nil {
		x.fail(path, err)
	}
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			x.entry(filepath.Join(path, e.Name()), e)
		}
	}
}

func (x *expansion) entry(path string, e fs.DirEntry) {
	json := strings.EqualFold(filepath.Ext(path), ".json")
	mode := e.Type()
	if mode&fs.ModeSymlink != 0 {
		info, err := os.Stat(path)
		if err != nil {
			if json {
				x.fail(path, err)
			}
			return
		}
		mode = info.Mode()
	}
	switch {
	case mode.IsDir() && e.Name() == carnet.DossierEcartes:
		x.aside = append(x.aside, filepath.ToSlash(path))
	case mode.IsDir():
		x.folder(path)
	case json && mode.IsRegular() && !x.skipped[real(path)]:
		x.file(path)
	}
}
