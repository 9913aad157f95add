package appariement_test

import (
	"crypto/sha256"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"guichet/appariement"
	"guichet/archive"
	"guichet/internal/corpus"
)

// BenchmarkPack measures the whole way from a folder to an archive, with all its checks, against its floor:
// the same bytes copied to a file with their SHA-256. The goal is 1.3 times the floor.
func BenchmarkPack(b *testing.B) {
	octets := corpus.Fichier(corpus.Forme{Demandes: 48, OGs: 1, ESMS: 1, Indente: true})
	folder, out, total := b.TempDir(), filepath.Join(b.TempDir(), "out"), int64(0)
	named := attendues(octets).Pieces
	content := corpus.PDF(2_900_000)
	for _, p := range named {
		total += int64(len(content))
		if err := os.WriteFile(filepath.Join(folder, p.Nom), content, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	b.Run("pack", func(b *testing.B) {
		b.SetBytes(total)
		for b.Loop() {
			if err := pack(b, octets, folder, out); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("copy and sha256", func(b *testing.B) {
		b.SetBytes(total)
		for b.Loop() {
			if err := copyAll(named, folder, out); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func pack(b *testing.B, octets []byte, folder, out string) error {
	l := &appariement.Lot{Limites: appariement.Produire}
	if err := l.AjouterDossier(b.Context(), folder, os.DirFS(folder)); err != nil {
		return err
	}
	r, err := appariement.Comparer(b.Context(), attendues(octets), l, appariement.Options{})
	if err != nil || !r.Valide() {
		return errors.Join(err, errors.New("a document is not as it should be"))
	}
	var contenus []archive.Contenu
	for _, p := range r.Paires {
		contenus = append(contenus, archive.Contenu{Nom: p.Piece.Nom, Taille: p.Taille, CRC: p.CRC, Ouvrir: p.Document.Ouvrir})
	}
	lots, err := archive.Repartir(contenus, l.Limites.Archives)
	if err != nil || len(lots) != 1 {
		return errors.Join(err, errors.New("not one archive"))
	}
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	return errors.Join(archive.Ecrire(b.Context(), f, lots[0]), f.Close())
}

func copyAll(named []appariement.Piece, folder, out string) error {
	f, err := os.Create(out)
	if err != nil {
		return err
	}
	sum, buffer := sha256.New(), make([]byte, 256<<10)
	for _, p := range named {
		r, err := os.Open(filepath.Join(folder, p.Nom))
		if err != nil {
			return err
		}
		// The plain types keep io.CopyBuffer to its buffer.
		_, err = io.CopyBuffer(struct{ io.Writer }{io.MultiWriter(f, sum)}, struct{ io.Reader }{r}, buffer)
		if err = errors.Join(err, r.Close()); err != nil {
			return err
		}
	}
	return f.Close()
}
