package main

import (
	"archive/tar"
	"archive/zip"
	"bytes"
	"cmp"
	"compress/gzip"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
)

// fichier is a file of an archive.
type fichier struct {
	nom    string // with slashes
	mode   fs.FileMode
	octets []byte
}

func ranges(files []fichier) []fichier {
	return slices.SortedFunc(slices.Values(files), func(a, b fichier) int { return cmp.Compare(a.nom, b.nom) })
}

// zip writes files in a folder of an archive.
func (p *paquet) zip(nom, racine string, files []fichier) error {
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range ranges(files) {
		h := &zip.FileHeader{Name: path.Join(racine, f.nom), Method: zip.Deflate, Modified: p.date}
		h.SetMode(f.mode)
		e, err := w.CreateHeader(h)
		if err != nil {
			return err
		}
		if _, err := e.Write(f.octets); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), os.WriteFile(nom, b.Bytes(), 0o666))
}

// tarGz writes files in a folder of an archive.
func (p *paquet) tarGz(nom, racine string, files []fichier) error {
	var b bytes.Buffer
	g, err := gzip.NewWriterLevel(&b, gzip.BestCompression)
	if err != nil {
		return err
	}
	w := tar.NewWriter(g)
	for _, f := range ranges(files) {
		h := &tar.Header{
			Name: path.Join(racine, f.nom), Mode: int64(f.mode), Size: int64(len(f.octets)), ModTime: p.date,
			Typeflag: tar.TypeReg, Format: tar.FormatPAX,
		}
		if err := w.WriteHeader(h); err != nil {
			return err
		}
		if _, err := w.Write(f.octets); err != nil {
			return err
		}
	}
	return errors.Join(w.Close(), g.Close(), os.WriteFile(nom, b.Bytes(), 0o666))
}

// sommes writes the checksums of what a folder has, as sha256sum -c reads them.
func sommes(out string) error {
	entries, err := os.ReadDir(out) // in the order of the names
	if err != nil {
		return err
	}
	var b bytes.Buffer
	for _, e := range entries {
		octets, err := os.ReadFile(filepath.Join(out, e.Name()))
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, "%x  %s\n", sha256.Sum256(octets), e.Name())
	}
	return os.WriteFile(filepath.Join(out, "SHA256SUMS"), b.Bytes(), 0o666)
}
