package carnet

import (
	"context"
	"sync/atomic"
)

// attente hands the files of a lot to the one goroutine that writes them to the ledger, while the caller makes the
// next ones: SQLite takes about as long for a file as the caller.
type attente struct {
	file  chan pret
	fin   chan struct{}
	echec atomic.Pointer[error] // what the first file that failed ended with
}

// pret is a file whose rows are ready to be inserted.
type pret struct {
	Fichier
	lignes [][2]string // OGs and documents of each demande, as JSON
}

// apreter makes the rows of a file.
func apreter(f Fichier) pret {
	p := pret{Fichier: f, lignes: make([][2]string, len(f.Demandes))}
	var b []byte
	for k, d := range f.Demandes {
		b = listerOGs(b[:0], d.OGs)
		ogs := string(b)
		b = listerPieces(b[:0], d.Pieces)
		p.lignes[k] = [2]string{ogs, string(b)}
	}
	return p
}

// attendre starts the goroutine.
func attendre(ctx context.Context, i *inscription) *attente {
	a := &attente{file: make(chan pret, 2), fin: make(chan struct{})}
	go func() {
		defer close(a.fin)
		for f := range a.file {
			if a.echec.Load() != nil {
				continue
			}
			if err := i.fichier(ctx, &f); err != nil {
				a.echec.Store(&err)
			}
		}
	}()
	return a
}

// erreur is what went wrong so far.
func (a *attente) erreur() error {
	if err := a.echec.Load(); err != nil {
		return *err
	}
	return nil
}

// finir waits for what was handed over.
func (a *attente) finir() error {
	close(a.file)
	<-a.fin
	return a.erreur()
}
