package journal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"guichet/internal/portail/db"
)

// Rupture says where a chain is not what was written.
type Rupture struct {
	Chaine, Rang int64
	Raison       string
}

// Error tells it to developers.
func (r *Rupture) Error() string {
	return fmt.Sprintf("journal: chain %d is broken at row %d: %s", r.Chaine, r.Rang, r.Raison)
}

// Verifier reads a whole chain again and returns how many rows it has, or a *Rupture at the first one that is
// not what was written.
func Verifier(ctx context.Context, base *sql.DB, chaine int64) (rangs int64, err error) {
	var empreinte []byte
	err = parcourir(ctx, base, chaine, 1, func(l Ligne, details string, ecrite []byte) error {
		rangs++
		if l.Rang != rangs {
			return &Rupture{chaine, rangs, "the row is missing"}
		}
		if empreinte = enchainer(empreinte, l, details); !bytes.Equal(empreinte, ecrite) {
			return &Rupture{chaine, rangs, "the hash is not that of the row"}
		}
		return nil
	})
	if err != nil {
		return rangs, err
	}
	return rangs, terminer(ctx, base, chaine, rangs, empreinte)
}

// terminer compares the last row with the end that was noted: rows cut off at the end show.
func terminer(ctx context.Context, base *sql.DB, chaine, rangs int64, empreinte []byte) error {
	var rang int64
	var notee []byte
	err := base.QueryRowContext(ctx, `SELECT rang, empreinte FROM journal_fin WHERE chaine = $1`, chaine).Scan(&rang, &notee)
	switch {
	case errors.Is(err, sql.ErrNoRows) && rangs == 0:
		return nil
	case err != nil:
		return fmt.Errorf("read the end of the journal: %w", err)
	case rang != rangs || !bytes.Equal(notee, empreinte):
		return &Rupture{chaine, rangs + 1, "the chain does not end where it was noted to end"}
	}
	return nil
}

// Lire returns up to max rows of a chain, from rang on.
func Lire(ctx context.Context, base *sql.DB, chaine, rang int64, max int) (lignes []Ligne, err error) {
	assez := errors.New("enough")
	err = parcourir(ctx, base, chaine, rang, func(l Ligne, details string, _ []byte) error {
		if len(lignes) == max {
			return assez
		}
		lignes = append(lignes, l)
		return json.Unmarshal([]byte(details), &lignes[len(lignes)-1].Details)
	})
	if errors.Is(err, assez) {
		err = nil
	}
	return lignes, err
}

func parcourir(ctx context.Context, base *sql.DB, chaine, rang int64, f func(l Ligne, details string, empreinte []byte) error) (err error) {
	rows, err := base.QueryContext(ctx, `SELECT chaine, rang, instant, acteur, action, objet, details, empreinte
		FROM journal WHERE chaine = $1 AND rang >= $2 ORDER BY rang`, chaine, rang)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var l Ligne
		var instant int64
		var details string
		var empreinte []byte
		if err := rows.Scan(&l.Chaine, &l.Rang, &instant, &l.Acteur, &l.Action, &l.Objet, &details, &empreinte); err != nil {
			return fmt.Errorf("read the journal: %w", err)
		}
		l.Instant = db.Temps(instant)
		if err := f(l, details, empreinte); err != nil {
			return err
		}
	}
	return rows.Err()
}
