package main

import (
	"archive/zip"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/carnet"
)

// rest is a file that waits to be deposited and some of whose demandes leave it. The others go, with their numbers
// and documents as they are, to a file of their own: a file is deposited as a whole.
type rest struct {
	file carnet.Attendu
	out  map[string]bool // the numbers that leave it
	name string          // of the new file, once it is written
}

// kept counts the demandes that stay.
func (r *rest) kept() int { return len(r.file.Numeros) - len(r.out) }

// check tells whether the demandes that stay can be copied.
func (r *rest) check() error {
	if r.kept() == 0 {
		return nil
	}
	for _, f := range append([]carnet.Attendu{r.file}, r.file.Archives...) {
		if err := f.Verifier(); err != nil {
			return fmt.Errorf("%s: %w", f.Nom, err)
		}
	}
	return nil
}

// write writes what is left of the file to a lot that has set it aside.
func (r *rest) write(ctx context.Context, lot *carnet.Lot, rank int) error {
	content, err := os.ReadFile(r.file.Chemin())
	if err != nil {
		return err
	}
	content, moved, err := r.without(content)
	if err != nil {
		return err
	}
	prefix, _, _ := strings.Cut(r.file.Nom, "JSON-") // a draft has one
	r.name = prefix + lot.NomFichier(rank)
	if err := os.WriteFile(filepath.Join(lot.Dossier, r.name), content, 0o666); err != nil {
		return err
	}
	err = lot.Ajouter(ctx, carnet.Fichier{Nom: r.name, SHA256: fmt.Sprintf("%x", sha256.Sum256(content)), Rang: rank, Deplacees: moved})
	if err != nil {
		return err
	}
	return r.archives(ctx, lot, moved)
}

// inFile is a demande as a file has it.
type inFile struct {
	number     string
	text       []byte
	start, end int
}

// linesOf finds the demandes of a file.
func linesOf(content []byte) (lines []inFile, err error) {
	var file struct {
		LignesImport []json.RawMessage `json:"lignesImport"`
	}
	if err := json.Unmarshal(content, &file); err != nil {
		return nil, err
	}
	end := 0
	for _, text := range file.LignesImport {
		var numbered struct {
			NumeroEditeur string `json:"numeroEditeur"`
		}
		start := bytes.Index(content[end:], text)
		if err := json.Unmarshal(text, &numbered); err != nil || start < 0 {
			return nil, errors.Join(err, errors.New("a demande cannot be read"))
		}
		start += end
		end = start + len(text)
		lines = append(lines, inFile{numbered.NumeroEditeur, text, start, end})
	}
	return lines, nil
}

var rankTag = regexp.MustCompile(`("numLigne"\s*:\s*)\d+`)

// without copies a file but for the demandes that leave it: the bytes of the others stay, their numLigne apart.
func (r *rest) without(content []byte) (copied []byte, moved []carnet.Deplacee, err error) {
	lines, err := linesOf(content)
	if err != nil || len(lines) < 2 {
		return nil, nil, errors.Join(err, errors.New("nothing is left of the file"))
	}
	var b bytes.Buffer
	b.Write(content[:lines[0].start])
	between := content[lines[0].end:lines[1].start]
	for _, l := range lines {
		if r.out[l.number] {
			continue
		}
		if len(moved) > 0 {
			b.Write(between)
		}
		moved = append(moved, carnet.Deplacee{Numero: l.number, NumLigne: len(moved) + 1})
		b.Write(rankTag.ReplaceAll(l.text, fmt.Appendf(nil, "${1}%d", len(moved))))
	}
	b.Write(content[lines[len(lines)-1].end:])
	return b.Bytes(), moved, nil
}

// archives copies the documents of the demandes that stay to archives beside the new file.
func (r *rest) archives(ctx context.Context, lot *carnet.Lot, moved []carnet.Deplacee) error {
	numbers := map[string]bool{}
	for _, d := range moved {
		numbers[d.Numero] = true
	}
	var documents []archive.Contenu
	for _, a := range r.file.Archives {
		z, err := zip.OpenReader(a.Chemin())
		if err != nil {
			return err
		}
		defer func() { _ = z.Close() }() // only read from
		for _, f := range z.File {
			if numbers[numberOf(f.Name)] {
				documents = append(documents, archive.Contenu{Nom: f.Name, Taille: int64(f.UncompressedSize64), CRC: f.CRC32, Ouvrir: f.Open})
			}
		}
	}
	if len(documents) == 0 {
		return nil
	}
	shares, err := archive.Repartir(documents, appariement.Produire.Archives)
	if err != nil {
		return err
	}
	for i, share := range shares {
		name := fmt.Sprintf("%s-%02d.zip", strings.TrimSuffix(r.name, ".json"), i+1)
		sum := sha256.New()
		err := writeFile(filepath.Join(lot.Dossier, name), os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666, func(w io.Writer) error {
			return archive.Ecrire(ctx, io.MultiWriter(w, sum), share)
		})
		if err == nil {
			err = lot.Ajouter(ctx, carnet.Fichier{Nom: name, SHA256: fmt.Sprintf("%x", sum.Sum(nil))})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// numberOf is the number that the name of a document ends with: MS1-DUI-Va1-BDC-00001.pdf.
func numberOf(document string) string {
	stem := strings.TrimSuffix(document, filepath.Ext(document))
	return stem[strings.LastIndexByte(stem, '-')+1:]
}

// sumOfFile returns the SHA-256 of a file in hexadecimal.
func sumOfFile(path string) (sum string, err error) {
	f, err := os.Open(path)
	if err != nil {
		return "", err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	h := sha256.New()
	_, err = io.Copy(h, f)
	return fmt.Sprintf("%x", h.Sum(nil)), err
}
