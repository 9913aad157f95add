package journal

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"math"

	"guichet/internal/portail/db"
)

// Ecrite is an entry as it is kept.
type Ecrite struct {
	Ligne
	Effacee    bool // its details are gone
	Sel        []byte
	Engagement []byte // of details that are gone
	Empreinte  []byte
	details    string
}

// feuille is the hash that its content has, whatever is noted.
func (e *Ecrite) feuille() []byte {
	engagement := e.Engagement
	if !e.Effacee {
		engagement = engager(e.Sel, e.details)
	}
	return feuille(e.Ligne, engagement)
}

const colonnes = `SELECT entree, indice, chaine, instant, acteur, action, objet, details, sel, engagement, empreinte FROM journal `

// lire reads entries. Their details are not taken apart.
func lire(ctx context.Context, base db.Lecteur, f func(e *Ecrite) error, question string, args ...any) (err error) {
	rows, err := base.QueryContext(ctx, question, args...)
	if err != nil {
		return fmt.Errorf("read the journal: %w", err)
	}
	defer func() { err = errors.Join(err, rows.Close()) }()
	for rows.Next() {
		var e Ecrite
		var instant int64
		var indice sql.NullInt64
		if err := rows.Scan(&e.Entree, &indice, &e.Chaine, &instant, &e.Acteur, &e.Action, &e.Objet, &e.details, &e.Sel, &e.Engagement, &e.Empreinte); err != nil {
			return fmt.Errorf("read the journal: %w", err)
		}
		if e.Instant = db.Temps(instant); indice.Valid {
			e.Numero = indice.Int64 + 1
		}
		e.Effacee = e.Engagement != nil
		if err := f(&e); err != nil {
			return err
		}
	}
	return rows.Err()
}

// Partie returns up to max entries about somebody, from an id on: those of the chain of an earlier version first, math.MinInt64 for all.
func Partie(ctx context.Context, base *sql.DB, chaine, depuis int64, max int) (entrees []Ecrite, err error) {
	if depuis < 0 {
		err = lireChaine(ctx, base, func(l Ligne, details string, empreinte []byte) error {
			entrees = append(entrees, Ecrite{Ligne: l, Empreinte: empreinte})
			return json.Unmarshal([]byte(details), &entrees[len(entrees)-1].Details)
		}, rangees+`WHERE chaine = $1 AND rang >= $2 ORDER BY rang LIMIT $3`, chaine, rang(depuis), max)
	}
	if err != nil || len(entrees) == max {
		return entrees, err
	}
	err = lire(ctx, base, ajouterA(&entrees), colonnes+`WHERE chaine = $1 AND entree >= $2 ORDER BY entree LIMIT $3`, chaine, depuis, max-len(entrees))
	return entrees, err
}

// Rang is that of a row of a chain of an earlier version; 0 for an entry of the log.
func (l Ligne) Rang() int64 {
	if l.Entree >= 0 {
		return 0
	}
	return rang(l.Entree)
}

// rang is that of an id; 0 for one before all of them.
func rang(entree int64) int64 { return max(entree, origine) - origine }

// Dernieres returns up to max entries about somebody before an id, the last first; 0 for all.
func Dernieres(ctx context.Context, base *sql.DB, chaine, avant int64, max int) (lignes []Ligne, err error) {
	if avant == 0 {
		avant = math.MaxInt64
	}
	var entrees []Ecrite
	if avant > 0 {
		err = lire(ctx, base, ajouterA(&entrees), colonnes+`WHERE chaine = $1 AND entree < $2 ORDER BY entree DESC LIMIT $3`, chaine, avant, max)
	}
	for _, e := range entrees {
		lignes = append(lignes, e.Ligne)
	}
	if err != nil || len(lignes) == max {
		return lignes, err
	}
	err = lireChaine(ctx, base, func(l Ligne, details string, _ []byte) error {
		lignes = append(lignes, l)
		return json.Unmarshal([]byte(details), &lignes[len(lignes)-1].Details)
	}, rangees+`WHERE chaine = $1 AND rang < $2 ORDER BY rang DESC LIMIT $3`, chaine, rang(min(avant, 0)), max-len(lignes))
	return lignes, err
}

// ajouterA takes entries with their details.
func ajouterA(entrees *[]Ecrite) func(*Ecrite) error {
	return func(e *Ecrite) error {
		if !e.Effacee {
			if err := json.Unmarshal([]byte(e.details), &e.Details); err != nil {
				return fmt.Errorf("read the details of entry %d: %w", e.Entree, err)
			}
		}
		*entrees = append(*entrees, *e)
		return nil
	}
}
