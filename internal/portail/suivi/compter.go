package suivi

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"guichet/internal/portail/db"
)

// Bilan is what a deposit adds to the figures.
type Bilan struct {
	Fournisseur int64
	Recu        time.Time
	Acceptees   int
	Rejetees    int            // demandes; 0 when the file was rejected
	Rejets      map[string]int // how often each code was given, that of a rejected file included
}

// Compter adds a deposit to the figures, in its transaction: a row for its week, a row for each code.
func (s *Service) Compter(ctx context.Context, tx *sql.Tx, b Bilan) error {
	err := db.Poser(ctx, tx, `INSERT INTO depot_semaine (fournisseur_id, semaine, depots, acceptees, rejetees) VALUES ($1, $2, 1, $3, $4)
		ON CONFLICT (fournisseur_id, semaine) DO UPDATE SET depots = depot_semaine.depots + 1,
		acceptees = depot_semaine.acceptees + excluded.acceptees, rejetees = depot_semaine.rejetees + excluded.rejetees`,
		b.Fournisseur, semaine(b.Recu), b.Acceptees, b.Rejetees)
	if err != nil {
		return fmt.Errorf("count a deposit: %w", err)
	}
	for _, code := range trier(b.Rejets) {
		err := db.Poser(ctx, tx, `INSERT INTO rejet_code (fournisseur_id, code, nombre) VALUES ($1, $2, $3)
			ON CONFLICT (fournisseur_id, code) DO UPDATE SET nombre = rejet_code.nombre + excluded.nombre`, b.Fournisseur, code, b.Rejets[code])
		if err != nil {
			return fmt.Errorf("count the rejections: %w", err)
		}
	}
	return nil
}

// trier lists keys in their order, so that rows are always locked in the same one.
func trier[C ~string, V any](m map[C]V) []C { return slices.Sorted(maps.Keys(m)) }

// lundi is the Monday of a time's week, in the time of Paris.
func lundi(t time.Time) time.Time {
	t = t.In(paris())
	recul := (int(t.Weekday()) + 6) % 7
	return time.Date(t.Year(), t.Month(), t.Day()-recul, 0, 0, 0, 0, paris())
}

// semaine names a week by its Monday, AAAAMMJJ.
func semaine(t time.Time) int64 {
	n, _ := strconv.ParseInt(lundi(t).Format("20060102"), 10, 64) // digits alone
	return n
}
