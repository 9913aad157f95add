package main

import (
	"archive/zip"
	"bufio"
	"compress/gzip"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// packed tells whether a file is an archive that holds a returned file; one of documents is none.
func packed(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".zip":
		return zipHasJSON(path)
	case ".gz":
		return gzipHasJSON(path)
	case ".rar", ".7z": // their names are all that is known
		return normName.MatchString(filepath.Base(path))
	}
	return false
}

// unreadableArchive tells whether a file has the name of an archive of which nobody can say here what it holds.
func unreadableArchive(path string) bool {
	switch strings.ToLower(filepath.Ext(path)) {
	case ".zip":
		z, err := zip.OpenReader(path)
		if err == nil {
			_ = z.Close() // only read
		}
		return err != nil
	case ".gz", ".rar", ".7z", ".tar", ".tgz":
		return true
	}
	return false
}

func zipHasJSON(path string) bool {
	z, err := zip.OpenReader(path)
	if err != nil {
		return false
	}
	defer func() { _ = z.Close() }() // only read
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return strings.EqualFold(filepath.Ext(f.Name), ".json") })
}

func gzipHasJSON(path string) bool {
	f, err := os.Open(path)
	if err != nil {
		return false
	}
	defer func() { _ = f.Close() }() // only read
	z, err := gzip.NewReader(bufio.NewReader(f))
	if err != nil {
		return false
	}
	start, _ := bufio.NewReader(z).Peek(64)
	return strings.HasPrefix(strings.TrimLeft(string(start), "\uFEFF \t\r\n"), "{")
}
