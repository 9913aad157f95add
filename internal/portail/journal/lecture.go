package journal

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// Rupture says where a chain is not what was written.
type Rupture struct {
	Chaine, Rang int64
	Raison       modele.Texte
}

// Error tells it to developers.
func (r *Rupture) Error() string {
	return fmt.Sprintf("journal: chain %d is broken at row %d: %s", r.Chaine, r.Rang, r.Raison.En)
}

// What a break looks like.
var (
	absente  = modele.Texte{Fr: "l'entrée manque", En: "the row is missing"}
	changee  = modele.Texte{Fr: "l'empreinte n'est pas celle de l'entrée : l'une d'elles a été changée", En: "the hash is not that of the row: one of them was changed"}
	finAutre = modele.Texte{Fr: "la chaîne ne finit pas là où sa fin est notée", En: "the chain does not end where it was noted to end"}
)

// Verifier reads a whole chain again and returns how many rows it has, or a *Rupture at the first one that is
// not what was written. Rows may be added meanwhile: the end is read first, and they follow it.
func Verifier(ctx context.Context, base *sql.DB, chaine int64) (rangs int64, err error) {
	fin, notee, err := finDe(ctx, base, chaine)
	if err != nil {
		return 0, err
	}
	var empreinte []byte
	err = parcourir(ctx, base, chaine, 1, func(l Ligne, details string, ecrite []byte) error {
		rangs++
		if l.Rang != rangs {
			return &Rupture{chaine, rangs, absente}
		}
		if empreinte = enchainer(empreinte, l, details); !bytes.Equal(empreinte, ecrite) {
			return &Rupture{chaine, rangs, changee}
		}
		if rangs == fin && !bytes.Equal(empreinte, notee) {
			return &Rupture{chaine, rangs, finAutre}
		}
		return nil
	})
	switch {
	case err != nil:
		return rangs, err
	case rangs < fin:
		return rangs, &Rupture{chaine, rangs + 1, absente}
	case fin < rangs && notee == nil:
		return rangs, &Rupture{chaine, 1, finAutre} // no end was noted, although rows are there
	}
	return rangs, nil
}

// finDe is the end of a chain as it was noted, nil where there is none.
func finDe(ctx context.Context, base *sql.DB, chaine int64) (rang int64, empreinte []byte, err error) {
	err = base.QueryRowContext(ctx, `SELECT rang, empreinte FROM journal_fin WHERE chaine = $1`, chaine).Scan(&rang, &empreinte)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil, nil
	}
	if err != nil {
		return 0, nil, fmt.Errorf("read the end of the journal: %w", err)
	}
	return rang, append([]byte{}, empreinte...), nil
}

// Lire returns up to max rows of a chain, from rang on.
func Lire(ctx context.Context, base *sql.DB, chaine, rang int64, max int) ([]Ligne, error) {
	lignes, _, err := Partie(ctx, base, chaine, rang, max)
	return lignes, err
}

// Dernieres returns up to max rows of a chain before a rang, the last first; 0 for all.
func Dernieres(ctx context.Context, base *sql.DB, chaine, avant int64, max int) (lignes []Ligne, err error) {
	if avant <= 0 {
		avant = math.MaxInt64
	}
	err = lire(ctx, base, func(l Ligne, details string, _ []byte) error {
		lignes = append(lignes, l)
		return json.Unmarshal([]byte(details), &lignes[len(lignes)-1].Details)
	}, colonnes+`WHERE chaine = $1 AND rang < $2 ORDER BY rang DESC LIMIT $3`, chaine, avant, max)
	return lignes, err
}

// Partie returns up to max rows of a chain, from rang on, with their hashes.
func Partie(ctx context.Context, base *sql.DB, chaine, rang int64, max int) (lignes []Ligne, empreintes [][]byte, err error) {
	err = lire(ctx, base, func(l Ligne, details string, empreinte []byte) error {
		lignes, empreintes = append(lignes, l), append(empreintes, empreinte)
		return json.Unmarshal([]byte(details), &lignes[len(lignes)-1].Details)
	}, colonnes+`WHERE chaine = $1 AND rang >= $2 ORDER BY rang LIMIT $3`, chaine, rang, max)
	return lignes, empreintes, err
}

const colonnes = `SELECT chaine, rang, instant, acteur, action, objet, details, empreinte FROM journal `

func parcourir(ctx context.Context, base *sql.DB, chaine, rang int64, f func(l Ligne, details string, empreinte []byte) error) (err error) {
	return lire(ctx, base, f, colonnes+`WHERE chaine = $1 AND rang >= $2 ORDER BY rang`, chaine, rang)
}

func lire(ctx context.Context, base *sql.DB, f func(l Ligne, details string, empreinte []byte) error, question string, args ...any) (err error) {
	rows, err := base.QueryContext(ctx, question, args...)
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
