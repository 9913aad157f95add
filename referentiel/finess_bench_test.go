package referentiel_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"guichet/internal/corpus"
	"guichet/referentiel"
)

const nombreBanc = 100_000

func banc(b *testing.B, latin1 bool) (extrait []byte, f *referentiel.Finess) {
	b.Helper()
	extrait = corpus.Extrait{Etablissements: nombreBanc, ParOG: 2, Latin1: latin1}.Octets()
	f, err := referentiel.LireFiness(bytes.NewReader(extrait), referentiel.Origine{})
	if err != nil {
		b.Fatal(err)
	}
	return extrait, f
}

func BenchmarkLireFiness(b *testing.B) {
	for nom, latin1 := range map[string]bool{"utf8": false, "latin1": true} {
		b.Run(nom, func(b *testing.B) {
			extrait, _ := banc(b, latin1)
			b.SetBytes(int64(len(extrait)))
			for b.Loop() {
				if _, err := referentiel.LireFiness(bytes.NewReader(extrait), referentiel.Origine{}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkOuvrirFiness(b *testing.B) {
	_, f := banc(b, false)
	var forme bytes.Buffer
	if err := f.Ecrire(&forme); err != nil {
		b.Fatal(err)
	}
	dossier := b.TempDir()
	if err := os.WriteFile(filepath.Join(dossier, referentiel.NomFiness.Fichier()), forme.Bytes(), 0o666); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(forme.Len()))
	for b.Loop() {
		if j, err := referentiel.Ouvrir(dossier); err != nil || j.Finess == nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkChercher(b *testing.B) {
	_, f := banc(b, false)
	numeros := make([][]byte, nombreBanc)
	for i := range numeros {
		numeros[i] = []byte(corpus.Finess(500_000 + i*7919%nombreBanc))
	}
	i := 0
	for b.Loop() {
		if f.EJ(numeros[i]) == nil {
			b.Fatal("not found")
		}
		if i++; i == nombreBanc {
			i = 0
		}
	}
}

func BenchmarkProches(b *testing.B) {
	_, f := banc(b, false)
	faux := []byte(corpus.Finess(543_210))
	faux[4] = '9'
	for b.Loop() {
		f.ProchesET(string(faux))
	}
}
