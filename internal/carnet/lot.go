package carnet

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
)

// Intention is what a lot needs.
type Intention struct {
	NumeroAns string
	Jour      string // AAAAMMJJ
	Dossier   string // where the files go; it exists
	Numeros   int    // how many numbers
	Prefixe   string // of the numbers: at most 4 digits and capital letters
	Fichiers  int    // how many JSON files
}

func (i Intention) valide() error {
	switch {
	case !numeroAns.MatchString(i.NumeroAns), !jour.MatchString(i.Jour), i.Numeros < 0, i.Fichiers < 0:
		return fmt.Errorf("lot of the ledger: %+v cannot be", i)
	case !prefixe.MatchString(i.Prefixe):
		return &ErreurReserve{texteReserve}
	}
	return nil
}

// Lot is a set of files made together: all of them appear, with their demandes, or none. Its numbers and ranks
// are promised to nobody else while it is open: there is one open lot in one open ledger. They are used from
// the moment that Decider has them recorded, and free again when that never comes.
//
// The journal of a lot is: its line is committed as "commence", then its folder made; the files are written and
// synced; one transaction records the demandes and turns the line to "decide"; the files are moved to their
// places; the line says "fait".
type Lot struct {
	Numeros []string // in their order, each of 5 characters
	Rangs   []int    // of the JSON files, from 1 (printed 001)
	Dossier string   // hidden, in that of the intention: the files are written here

	carnet    *Carnet
	intention Intention
	id        int64

	synchros synchroniseurs
	mu       sync.Mutex
	tx       *sql.Tx // nil once decided or given up
	attente  *attente
}

// debutTemporaire starts the names of the folders of lots: nothing else is ever removed.
const debutTemporaire = ".guichet-lot-"

// Commencer opens a lot. Errors: [*ErreurReserve] when there are not enough numbers or ranks,
// [*ErreurFichiers] when files of the folder have numbers that the ledger does not know.
func (c *Carnet) Commencer(ctx context.Context, i Intention) (_ *Lot, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return nil, ErrLotOuvert
	}
	if err := i.valide(); err != nil {
		return nil, err
	}
	if i.Numeros > 0 {
		if err := c.depotsConnus(ctx, i); err != nil {
			return nil, err
		}
	}
	l := &Lot{carnet: c, intention: i, synchros: synchroniseurs{places: make(chan struct{}, enParallele)}}
	if l.Numeros, err = c.libres(ctx, i.Prefixe, i.Numeros); err != nil {
		return nil, err
	}
	if l.Rangs, err = c.rangs(ctx, i); err != nil {
		return nil, err
	}
	if err := l.noter(ctx); err != nil {
		return nil, err
	}
	if err := l.ouvrir(ctx); err != nil {
		return nil, errors.Join(err, c.annuler(context.WithoutCancel(ctx), l.id, l.Dossier))
	}
	c.lot = l
	return l, nil
}

// noter commits the intention, before anything is made in the folder.
func (l *Lot) noter(ctx context.Context) error {
	c := l.carnet
	relatif, err := c.relatif(l.intention.Dossier)
	if err != nil {
		return err
	}
	nom := debutTemporaire + rand.Text()
	l.Dossier = filepath.Join(c.absolu(relatif), nom)
	r, err := c.db.ExecContext(ctx, "INSERT INTO lot (dossier, temporaire, etat, instant) VALUES (?, ?, 'commence', ?)", relatif, nom, c.instant())
	if err != nil {
		return fmt.Errorf("record the lot: %w", err)
	}
	c.passe("noté")
	l.id, err = r.LastInsertId()
	return err
}

// ouvrir makes the folder and begins the transaction that records what goes in.
func (l *Lot) ouvrir(ctx context.Context) (err error) {
	if err := os.Mkdir(l.Dossier, 0o777); err != nil {
		return fmt.Errorf("make the folder of the lot: %w", err)
	}
	l.carnet.passe("dossier")
	// The lot outlives the call; whoever opened it decides or gives up.
	if l.tx, err = l.carnet.db.BeginTx(context.WithoutCancel(ctx), nil); err != nil {
		return fmt.Errorf("begin the lot: %w", err)
	}
	registre, err := l.inscription(ctx)
	if err != nil {
		return errors.Join(err, l.tx.Rollback())
	}
	l.attente = attendre(context.WithoutCancel(ctx), registre)
	return nil
}

// Fichier is a file of a lot.
type Fichier struct {
	Nom      string // in l.Dossier, then in its place
	SHA256   string // in hexadecimal
	Rang     int    // of a JSON file; 0 for an archive or another file
	Demandes []Demande
	// Deplacees are demandes of files that this lot sets aside, which are now in this one.
	Deplacees []Deplacee
}

// Ajouter records a file that is complete in l.Dossier, in the transaction that Decider commits. It may be
// called by several goroutines, as files are done: two files at most wait to be written. Errors, of this file or of
// one before, and of Decider too: [*ErreurNumero] when a number was given before, or replaces a demande that is not
// rejected; [*ErreurPlace]. After an error the lot can only be given up.
func (l *Lot) Ajouter(ctx context.Context, f Fichier) (err error) {
	defer l.carnet.expliquer(&err, faireEcrire)
	if f.Nom != filepath.Base(f.Nom) || !filepath.IsLocal(f.Nom) {
		return fmt.Errorf("file of the lot: %q is no plain name", f.Nom)
	}
	place := filepath.Join(filepath.Dir(l.Dossier), f.Nom)
	if _, err := os.Lstat(place); !absent(err) {
		return errors.Join(err, &ErreurPlace{Chemin: place, Lot: l.Dossier})
	}
	if err := l.synchros.suivre(filepath.Join(l.Dossier, f.Nom)); err != nil {
		return err
	}
	rangees := apreter(f)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.tx == nil || l.attente == nil {
		return fmt.Errorf("file %s: the lot is closed", f.Nom)
	}
	l.attente.file <- rangees
	return l.attente.erreur()
}

// NomFichier is the name by the norm of a JSON file of this lot.
func (l *Lot) NomFichier(rang int) string {
	return NomFichier(l.intention.NumeroAns, l.intention.Jour, rang)
}
