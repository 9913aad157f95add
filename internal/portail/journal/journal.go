// Package journal writes the audit journal: who did what, when, to what. It is append-only; each row holds
// the hash of the row before it, so that a row changed, taken out or put in later shows.
package journal

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"guichet/internal/portail/db"
)

// Agence is the chain of what concerns no single supplier.
const Agence = 0

// Ligne is one row.
type Ligne struct {
	Chaine  int64 // id of the supplier that it concerns, or Agence
	Rang    int64 // from 1; given by Ajouter
	Instant time.Time
	Acteur  int64  // id of the account, 0 for the program itself
	Action  string // "depot.accepte", "compte.ouvert"
	Objet   string // what it is about: an impId, a numeroASP, the id of an account
	Details map[string]string
}

// Ajouter adds a row to its chain, in the transaction of what it tells: at its end, so that others who add to the chain wait no longer
// than its commit takes. Details hold no personal data and no secret.
func Ajouter(ctx context.Context, tx *sql.Tx, d db.Dialecte, l Ligne) error {
	return db.Differer(ctx, tx, l, func(ctx context.Context, tx *sql.Tx, lignes []Ligne) error {
		slices.SortStableFunc(lignes, func(a, b Ligne) int { return cmp.Compare(a.Chaine, b.Chaine) }) // chains are locked in one order
		for i := 0; i < len(lignes); {
			n := i
			for n < len(lignes) && lignes[n].Chaine == lignes[i].Chaine {
				n++
			}
			if err := allonger(ctx, tx, d, lignes[i:n]); err != nil {
				return err
			}
			i = n
		}
		return nil
	})
}

// allonger adds rows to one chain.
func allonger(ctx context.Context, tx *sql.Tx, d db.Dialecte, lignes []Ligne) error {
	chaine := lignes[0].Chaine
	rang, empreinte, err := fin(ctx, tx, d, chaine)
	if err != nil {
		return fmt.Errorf("find the end of the journal: %w", err)
	}
	for _, l := range lignes {
		rang++
		l.Rang = rang
		if empreinte, err = ecrire(ctx, tx, l, empreinte); err != nil {
			return fmt.Errorf("write the journal: %w", err)
		}
	}
	if err := db.Poser(ctx, tx, `UPDATE journal_fin SET rang = $1, empreinte = $2 WHERE chaine = $3`, rang, empreinte, chaine); err != nil {
		return fmt.Errorf("write the end of the journal: %w", err)
	}
	return nil
}

// ecrire writes a row, and returns its hash.
func ecrire(ctx context.Context, tx *sql.Tx, l Ligne, precedente []byte) ([]byte, error) {
	details, err := json.Marshal(l.Details)
	if err != nil {
		return nil, err
	}
	empreinte := enchainer(precedente, l, string(details))
	return empreinte, db.Poser(ctx, tx, `INSERT INTO journal (chaine, rang, instant, acteur, action, objet, details, empreinte)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
		l.Chaine, l.Rang, db.Instant(l.Instant), l.Acteur, l.Action, l.Objet, string(details), empreinte)
}

// fin returns the last row of a chain, and keeps others from adding to it until the transaction ends.
func fin(ctx context.Context, tx *sql.Tx, d db.Dialecte, chaine int64) (rang int64, empreinte []byte, err error) {
	lire := func() error {
		return tx.QueryRowContext(ctx, `SELECT rang, empreinte FROM journal_fin WHERE chaine = $1 `+d.Verrou, chaine).Scan(&rang, &empreinte)
	}
	if err = lire(); !errors.Is(err, sql.ErrNoRows) {
		return rang, empreinte, err
	}
	err = db.Poser(ctx, tx, `INSERT INTO journal_fin (chaine, rang, empreinte) VALUES ($1, 0, $2) ON CONFLICT DO NOTHING`, chaine, []byte{})
	if err == nil {
		err = lire() // another transaction may have been first
	}
	return rang, empreinte, err
}

// enchainer computes the hash of a row: SHA-256 of the hash before it and of the row as a JSON array.
func enchainer(precedente []byte, l Ligne, details string) []byte {
	ligne, err := json.Marshal([]any{l.Chaine, l.Rang, db.Instant(l.Instant), l.Acteur, l.Action, l.Objet, details})
	if err != nil {
		panic("journal: numbers and texts do not encode: " + err.Error()) // cannot be
	}
	h := sha256.New()
	h.Write(precedente)
	h.Write(ligne)
	return h.Sum(nil)
}
