package journal

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"guichet/internal/portail/db"
)

// Arbre gives entries their places in the tree, and signs its head. Many may do so at once, in many processes: they take turns.
type Arbre struct {
	Base *db.Base
	Cle  Cle
}

// maxLot bounds what one transaction gives places to: where others wait for it to end it is short.
const (
	maxLot     = 1000
	maxLotSeul = 250
)

// Integrer gives their places to all entries that are committed and have none, whatever their ids: one that was given earlier may commit
// later. It returns how many.
func (a *Arbre) Integrer(ctx context.Context) (n int, err error) {
	max := maxLot
	if a.Base.Dialecte.Seul {
		max = maxLotSeul
	}
	for {
		if oui, err := a.attendues(ctx); err != nil || !oui {
			return n, err
		}
		var faites int
		err := a.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) (err error) {
			faites, err = a.lot(ctx, tx, max)
			return err
		})
		if err != nil {
			return n, fmt.Errorf("integrate the journal: %w", err)
		}
		if n += faites; faites < max {
			return n, nil
		}
	}
}

// attendues tells whether entries wait, without a place among those that write.
func (a *Arbre) attendues(ctx context.Context) (oui bool, err error) {
	err = a.Base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM journal WHERE indice IS NULL)`).Scan(&oui)
	if err != nil {
		return false, fmt.Errorf("look for entries without a place: %w", err)
	}
	return oui, nil
}

// lot integrates up to max entries, wholly or not at all. The row of the head keeps other integrators waiting.
func (a *Arbre) lot(ctx context.Context, tx *sql.Tx, max int) (faites int, err error) {
	var avant int64
	if err := tx.QueryRowContext(ctx, `SELECT taille FROM journal_tete WHERE numero = 1 `+a.Base.Dialecte.Verrou).Scan(&avant); err != nil {
		return 0, fmt.Errorf("take the head: %w", err)
	}
	entrees, err := db.Lignes(ctx, tx, func(l db.Ligne, e *attendue) error { return l.Scan(&e.entree, &e.empreinte) },
		`SELECT entree, empreinte FROM journal WHERE indice IS NULL ORDER BY entree LIMIT $1`, max)
	if err != nil || len(entrees) == 0 {
		return 0, err
	}
	arbre, taille := lireArbre(ctx, tx), avant
	for _, e := range entrees {
		if err := arbre.grandir(taille, tlog.Hash(e.empreinte)); err != nil {
			return 0, err
		}
		if err := db.Poser(ctx, tx, `UPDATE journal SET indice = $1 WHERE entree = $2`, taille, e.entree); err != nil {
			return 0, err
		}
		taille++
	}
	if err := arbre.ecrire(tx, avant, taille); err != nil {
		return 0, err
	}
	return len(entrees), a.signer(ctx, tx, arbre, taille)
}

type attendue struct {
	entree    int64
	empreinte []byte
}

// signer writes the head of a tree.
func (a *Arbre) signer(ctx context.Context, tx *sql.Tx, arbre *arbre, taille int64) error {
	racine, err := tlog.TreeHash(taille, arbre)
	if err != nil {
		return fmt.Errorf("compute the head: %w", err)
	}
	signee, err := Tete{a.Cle.Name(), taille, racine}.signer(a.Cle)
	if err != nil {
		return err
	}
	return db.Poser(ctx, tx, `UPDATE journal_tete SET taille = $1, note = $2 WHERE numero = 1`, taille, signee)
}

// Annoncer notes in the journal that another key signs it from now on, when this one did not sign its head, and tells so.
func (a *Arbre) Annoncer(ctx context.Context, maintenant time.Time) (autre bool, err error) {
	var signee string
	err = a.Base.Lire().QueryRowContext(ctx, `SELECT note FROM journal_tete WHERE numero = 1`).Scan(&signee)
	if errors.Is(err, sql.ErrNoRows) || err == nil && signee == "" {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("read the head of the journal: %w", err)
	}
	if _, err := LireTete(signee, a.Cle.Verifieurs()); err == nil {
		return false, nil
	}
	return true, a.Base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		return Ajouter(ctx, tx, a.Base.Dialecte, Ligne{Instant: maintenant, Action: "journal.cle", Objet: a.Cle.Publique})
	})
}
