// Package fichier keeps what people send, byte for byte, under its SHA-256: files of demandes, archives,
// documents. What is kept never changes. A file that nothing refers to is harmless, and swept later.
package fichier

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"sync"
	"time"

	"guichet/internal/durable"
)

// Magasin is a folder of kept files. Safe for concurrent use, also by several processes.
type Magasin struct {
	racine  string
	tampons sync.Pool // of *[tampon]byte
	verrous *verrous
}

// Garde is a file that is kept.
type Garde struct {
	SHA256 string // in hexadecimal
	Taille int64
}

// ErrTropLourd says that there are more bytes than allowed: nothing is kept.
var ErrTropLourd = errors.New("more bytes than allowed")

// enCours is the folder of the files that are being received, each under a name that its receiver holds: what nobody holds
// is left of a counter that was killed.
const enCours = "en-cours"

// Ouvrir opens a folder, and creates it.
func Ouvrir(racine string) (*Magasin, error) {
	if err := os.MkdirAll(filepath.Join(racine, enCours), 0o700); err != nil {
		return nil, fmt.Errorf("open the folder of kept files: %w", err)
	}
	return &Magasin{racine: racine, tampons: sync.Pool{New: func() any { return new([tampon]byte) }}, verrous: nouveauxVerrous(racine)}, nil
}

// Vide tells whether bytes hold nothing: none at all, blanks, the mark of an encoding, or the zeros of a disk that lost them.
func Vide(octets []byte) bool {
	for _, marque := range []string{"\ufeff", "\xff\xfe", "\xfe\xff"} {
		octets = bytes.TrimPrefix(octets, []byte(marque))
	}
	return len(bytes.Trim(octets, " \t\r\n\v\f\x00\x1a")) == 0
}

// Garder keeps what r gives, at most max bytes. When it returns, the file is durable under its name. Memory
// does not depend on the size. Whoever goes on to refer to it calls Tenir first.
func (m *Magasin) Garder(ctx context.Context, r io.Reader, max int64) (g Garde, err error) {
	g.SHA256, err = m.recevoir(ctx, func(f *os.File) (string, error) {
		h := sha256.New()
		g.Taille, err = m.copier(ctx, f, h, r, max)
		return hex.EncodeToString(h.Sum(nil)), err
	})
	if err != nil {
		return Garde{}, err
	}
	return g, nil
}

// GarderOctets keeps bytes that are in memory, and returns their SHA-256.
func (m *Magasin) GarderOctets(ctx context.Context, octets []byte) (sha string, err error) {
	if err := ctx.Err(); err != nil {
		return "", err
	}
	return m.recevoir(ctx, func(f *os.File) (string, error) {
		_, err := f.Write(octets)
		somme := sha256.Sum256(octets)
		return hex.EncodeToString(somme[:]), err
	})
}

// recevoir makes durable what ecrire puts in a file, under the SHA-256 that it returns.
func (m *Magasin) recevoir(ctx context.Context, ecrire func(f *os.File) (sha string, err error)) (string, error) {
	nom, t := nomProvisoire(), &tenue{verrous: m.verrous}
	defer t.rendre()
	if t.garder(nom) != nil { // before the file is there, so that no sweep finds it unheld
		nom = rand.Text() // a disk without locks: a sweep goes by its age
	}
	f, err := os.OpenFile(filepath.Join(m.racine, enCours, nom), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", fmt.Errorf("keep a file: %w", err)
	}
	sha, err := ecrire(f)
	if err == nil {
		err = f.Sync()
	}
	err = errors.Join(err, f.Close())
	if err == nil {
		err = tenir(ctx, sha)
	}
	if err == nil {
		err = m.placer(f.Name(), sha)
	}
	if err != nil {
		return "", errors.Join(fmt.Errorf("keep a file: %w", err), retirer(f.Name()))
	}
	return sha, nil
}

// nomProvisoire is a name that can be held as the SHA-256 of a kept file is.
func nomProvisoire() string {
	var b [sha256.Size]byte
	_, _ = rand.Read(b[:]) // it never fails
	return hex.EncodeToString(b[:])
}

// tampon is how much is read and written at a time, in bytes; the disk is given aPousser at a time.
const (
	tampon   = 256 << 10
	aPousser = 4 << 20
)

// copier writes what r gives to f and to h. The disk begins to write while the next bytes are still on their way: of
// a large file little is left to wait for at its end.
func (m *Magasin) copier(ctx context.Context, f *os.File, h hash.Hash, r io.Reader, max int64) (n int64, err error) {
	b := m.tampons.Get().(*[tampon]byte)
	defer m.tampons.Put(b)
	for pousse := int64(0); ; {
		if err := ctx.Err(); err != nil {
			return n, err
		}
		lu, fin := remplir(r, b[:])
		if n += int64(lu); n > max {
			return n, ErrTropLourd
		}
		h.Write(b[:lu])
		if _, err := f.Write(b[:lu]); err != nil {
			return n, err
		}
		if n-pousse >= aPousser {
			pousser(f, pousse, n-pousse)
			pousse = n
		}
		switch {
		case errors.Is(fin, io.EOF):
			return n, nil
		case fin != nil:
			return n, fin
		}
	}
}

// remplir fills b. Unlike io.ReadFull it keeps the reader's io.EOF, which alone is the end: a reader that gives
// io.ErrUnexpectedEOF was cut short.
func remplir(r io.Reader, b []byte) (n int, err error) {
	for n < len(b) && err == nil {
		var lu int
		lu, err = r.Read(b[n:])
		n += lu
	}
	return n, err
}

// placer moves a received file to its name, and makes that durable.
func (m *Magasin) placer(recu, sha string) error {
	chemin := m.chemin(sha)
	if _, err := os.Stat(chemin); err == nil {
		maintenant := time.Now() // a sweep spares what has just been given again
		return errors.Join(os.Chtimes(chemin, maintenant, maintenant), retirer(recu))
	}
	dossier := filepath.Dir(chemin)
	err := os.Rename(recu, chemin)
	if errors.Is(err, fs.ErrNotExist) {
		if err = os.Mkdir(dossier, 0o700); err == nil || errors.Is(err, fs.ErrExist) {
			err = errors.Join(durable.Dossier(m.racine), os.Rename(recu, chemin))
		}
	}
	if err != nil {
		return err
	}
	return durable.Dossier(dossier)
}

func retirer(chemin string) error {
	if err := os.Remove(chemin); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return nil
}

func (m *Magasin) chemin(sha string) string { return filepath.Join(m.racine, sha[:2], sha) }

// Lire opens a kept file; fs.ErrNotExist when there is none.
func (m *Magasin) Lire(sha string) (*os.File, error) {
	if !empreinte(sha) {
		return nil, fmt.Errorf("read a kept file: %w", fs.ErrNotExist)
	}
	f, err := os.Open(m.chemin(sha))
	if err != nil {
		return nil, fmt.Errorf("read a kept file: %w", err)
	}
	return f, nil
}

// Octets reads a kept file whole, at most max bytes.
func (m *Magasin) Octets(sha string, max int64) (octets []byte, err error) {
	f, err := m.Lire(sha)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.Size() > max:
		return nil, ErrTropLourd
	}
	octets = make([]byte, info.Size())
	_, err = io.ReadFull(f, octets)
	return octets, err
}

// empreinte tells whether a text is a SHA-256: names come from the database, but also from addresses.
func empreinte(sha string) bool {
	b, err := hex.DecodeString(sha)
	return err == nil && len(b) == sha256.Size
}
