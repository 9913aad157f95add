package carnet

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Retrouve is a JSON file that was found again, with what it says of its demandes; or an archive, without any.
type Retrouve struct {
	Nom                    string
	Dossier                string // where it was found
	SHA256                 string // of the file as it was deposited; "" where only the returned one is left
	NumeroAns, Jour, ImpID string
	Rang                   int
	Ecarte                 bool // it stood in DossierEcartes: what no other file has of it was taken back
	Demandes               []Demande
}

// Reconstruction counts what the ledger learnt.
type Reconstruction struct {
	Fichiers, Demandes int
	DejaConnues        int      // demandes that the ledger had before
	Deplacees          int      // demandes that were in a file that was set aside since, and are in another one
	Deduites           []string // rejected numbers that one later demande alone can have replaced
	Manquent           int      // numbers that were given here, and that no file has
}

// Reconstruire teaches the ledger the files that were found again. What it knows stays as it is, but for demandes that it
// has as prepared in a file that was set aside since: they are in another one, or taken back. Of a number, the first
// file that has it counts; give those that were set aside last. Returned files are recorded afterwards, as ever;
// [Carnet.Rapprocher] ends the work.
func (c *Carnet) Reconstruire(ctx context.Context, fichiers []Retrouve) (r Reconstruction, err error) {
	defer c.expliquer(&err, faireEcrire)
	if c.lot != nil {
		return r, ErrLotOuvert
	}
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		a := apprentissage{carnet: c, tx: tx, lots: map[string]int64{}, ecartes: map[string]bool{}, connues: map[string]bool{}, apprises: map[string]bool{}, bilan: &r}
		avant, err := changements(ctx, tx)
		if err != nil {
			return err
		}
		for _, f := range fichiers {
			ecarte, vu := a.ecartes[strings.ToUpper(f.Nom)]
			a.ecartes[strings.ToUpper(f.Nom)] = f.Ecarte && (ecarte || !vu)
		}
		for _, f := range fichiers {
			if err := a.fichier(ctx, f); err != nil {
				return fmt.Errorf("take in %s: %w", f.Nom, err)
			}
		}
		r.DejaConnues = len(a.connues)
		return a.marquer(ctx, avant)
	})
	return r, err
}

// apprentissage is a reconstruction under way.
type apprentissage struct {
	carnet            *Carnet
	tx                *sql.Tx
	lots              map[string]int64 // by folder
	ecartes           map[string]bool  // files that stand nowhere else than among those set aside, by name in capitals
	connues, apprises map[string]bool  // numbers that the ledger had, and those that it learns, in capitals
	bilan             *Reconstruction
}

// Rapprocher ends a reconstruction, once the returned files are recorded: a rejected demande whose ESMS one later
// demande alone asks for was replaced by it. It tells how many numbers were given here that the ledger still does not
// know; when it knows them all, it is the ledger of this folder again.
func (c *Carnet) Rapprocher(ctx context.Context, r *Reconstruction) (err error) {
	defer c.expliquer(&err, faireEcrire)
	err = c.transaction(ctx, func(tx *sql.Tx) error {
		paires, err := lire(ctx, tx, func(scan func(...any) error) (p [2]string, err error) { return p, scan(&p[0], &p[1]) },
			`SELECT a.numero, min(d.numero) FROM demande a JOIN demande d ON d.id > a.id AND d.ogs = a.ogs
			WHERE a.etat = 'rejetée' AND a.remplacee_par = '' AND d.etat <> 'annulée' GROUP BY a.id HAVING count(*) = 1`)
		if err != nil {
			return err
		}
		for _, p := range paires {
			if _, err := tx.ExecContext(ctx, "UPDATE demande SET etat = ?, remplacee_par = ? WHERE numero = ?", Remplacee, p[1], p[0]); err != nil {
				return err
			}
			r.Deduites = append(r.Deduites, p[0])
		}
		return nil
	})
	if err != nil {
		return err
	}
	connus, err := c.compter(ctx)
	if err != nil {
		return err
	}
	if r.Manquent = max(0, c.attendus-connus); r.Manquent == 0 {
		return c.signer(ctx)
	}
	return nil
}

// Completer opens a ledger to be completed from files that were found again: one that is lost, older than its
// folder, or sound.
func Completer(ctx context.Context, chemin string, maintenant func() time.Time) (*Carnet, error) {
	attendus := 0
	if t := (&Carnet{chemin: chemin}).lireTemoin(); t != nil {
		attendus = t.Numeros
	}
	ouvrir := func() (*Carnet, error) {
		return (&Carnet{maintenant: maintenant, confiance: true, incomplet: true, attendus: attendus}).ouvrir(ctx, chemin)
	}
	c, err := ouvrir()
	var abime *ErreurAbime
	if !errors.As(err, &abime) {
		return c, err
	}
	ecarte, err := ecarterAbime(ctx, chemin, maintenant)
	if err != nil {
		return nil, err
	}
	if c, err = ouvrir(); err != nil {
		return nil, err
	}
	c.ecarte = ecarte
	return c, nil
}

// Ecarte is where the damaged ledger is that this one stands for, "" for none.
func (c *Carnet) Ecarte() string { return c.ecarte }

// ecarterAbime moves a damaged ledger, with what lies beside it, to another name. It is never removed.
func ecarterAbime(ctx context.Context, chemin string, maintenant func() time.Time) (ecarte string, err error) {
	c := &Carnet{maintenant: maintenant}
	if c.chemin, err = filepath.Abs(chemin); err != nil {
		return "", fmt.Errorf("place the ledger: %w", err)
	}
	defer c.expliquer(&err, faireEcrire)
	defer func() { err = errors.Join(err, c.Close()) }()
	if err := c.verrouiller(ctx); err != nil {
		return "", err
	}
	if ecarte, err = c.mettreDeCote(ctx); err != nil {
		return "", err
	}
	if err := os.Remove(c.chemin); err != nil && !absent(err) {
		return "", fmt.Errorf("set the damaged ledger aside: %w", err)
	}
	return ecarte, nil
}
