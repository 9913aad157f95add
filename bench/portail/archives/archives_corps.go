package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"mime/multipart"
	"net/http"
	"os"
	"path/filepath"
	"strings"

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/corpus"
	"guichet/jsondoc"
	"guichet/modele/ms1dui"
)

// archiveBytes is the size of an archive: close to the 200 Mo of §2.1.
const archiveBytes = 200_000_000

// deposit deposits a file whose documents fill an archive.
func (a *archiving) deposit(ctx context.Context) error {
	octets := corpus.Fichier(corpus.Forme{Demandes: 50, OGs: 1, ESMS: 1, Indente: true})
	expected, err := appariement.Lire(ms1dui.Courante(), octets, jsondoc.Limits{})
	if err != nil {
		return err
	}
	for _, p := range expected.Pieces {
		a.names = append(a.names, p.Nom)
	}
	var form bytes.Buffer
	m := multipart.NewWriter(&form)
	err = errors.Join(m.WriteField("type", "avance"), m.WriteField("numeroAns", "ANS0000001"))
	file, failed := m.CreateFormFile("fichier", "JSON-ANS0000001-20261124-001.json")
	if err := errors.Join(err, failed); err != nil {
		return err
	}
	_, err = file.Write(octets)
	if err := errors.Join(err, m.Close()); err != nil {
		return err
	}
	got, err := a.ask(ctx, a.client, http.MethodPost, "/deposer", m.FormDataContentType(), sized{&form, int64(form.Len())})
	a.path = got.path + "/pieces"
	return err
}

// make writes an archive unlike those before it: the first document has another comment at its end.
func (a *archiving) make(ctx context.Context) (string, error) {
	a.made++
	document := corpus.PDF(archiveBytes/len(a.names) - 1000)
	var contents []archive.Contenu
	for i, name := range a.names {
		octets := document
		if i == 0 {
			octets = bytes.Replace(document, []byte("%PDF-1.4\n"), fmt.Appendf(nil, "%%PDF-1.%d\n", 4+a.made%4), 1)
			octets = append(octets, fmt.Sprintf("%% %d\n%%%%EOF\n", a.made)...)
		}
		contents = append(contents, archive.Contenu{
			Nom: name, Taille: int64(len(octets)), CRC: crc32.ChecksumIEEE(octets),
			Ouvrir: func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(octets)), nil },
		})
	}
	path := filepath.Join(a.dir, fmt.Sprintf("lot-%03d.zip", a.made))
	f, err := os.Create(path)
	if err != nil {
		return "", err
	}
	return path, errors.Join(archive.Ecrire(ctx, f, contents), f.Sync(), f.Close())
}

// clear removes the archives that were sent, and the copies.
func (a *archiving) clear() error {
	found, err := filepath.Glob(filepath.Join(a.dir, "lot-*"))
	for _, f := range found {
		err = errors.Join(err, os.Remove(f))
	}
	return err
}

// copyDurably is the limit: the bytes once through SHA-256, written, and on the disk.
func copyDurably(from, to string) (err error) {
	r, err := os.Open(from)
	if err != nil {
		return err
	}
	defer r.Close()
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	sum := sha256.New()
	if _, err := io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(w, sum)}, struct{ io.Reader }{r}, make([]byte, 256<<10)); err != nil {
		return err
	}
	return w.Sync()
}

// sized is a body and its size.
type sized struct {
	io.Reader
	size int64
}

func body(text string) sized { return sized{strings.NewReader(text), int64(len(text))} }

// fileBody is a file as a body; it is to be closed afterwards.
func fileBody(path string) (sized, func() error, error) {
	f, err := os.Open(path)
	if err != nil {
		return sized{}, nil, err
	}
	info, err := f.Stat()
	if err != nil {
		return sized{}, nil, errors.Join(err, f.Close())
	}
	return sized{io.NopCloser(f), info.Size()}, f.Close, nil
}

// formBody puts a file into a form of one field.
func formBody(field, name string, content sized) (kind string, form sized) {
	var head bytes.Buffer
	m := multipart.NewWriter(&head)
	_, _ = m.CreateFormFile(field, name) // a buffer takes all
	tail := "\r\n--" + m.Boundary() + "--\r\n"
	size := int64(head.Len()) + content.size + int64(len(tail))
	return m.FormDataContentType(), sized{io.MultiReader(&head, content.Reader, strings.NewReader(tail)), size}
}
