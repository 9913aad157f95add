package db

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// Famille puts rows into a table that numbers them (id), and rows that bear those numbers, in their first column, into another one. On
// PostgreSQL it is one statement without an answer: nobody waits for the numbers.
type Famille struct {
	Parents, Enfants Insertion
	ensemble         string
}

// Preparer writes the statements for a database.
func (f *Famille) Preparer(d Dialecte) {
	f.Parents.Fin = "RETURNING id"
	f.Parents.Preparer(d)
	f.Enfants.Preparer(d)
	if d.Tableaux {
		f.ensemble = f.deTableaux()
	}
}

// deTableaux writes one statement for all rows. Those of a statement are numbered one after the other.
func (f *Famille) deTableaux() string {
	noms, tableaux := []string{"rang"}, []string{fmt.Sprintf("$%d::bigint[]", len(f.Parents.Colonnes)+1)}
	for i, c := range f.Enfants.Colonnes[1:] {
		noms = append(noms, c.Nom)
		tableaux = append(tableaux, fmt.Sprintf("$%d::%s[]", len(f.Parents.Colonnes)+i+2, c.Type))
	}
	return "WITH p AS (" + f.Parents.deTableaux() + "), n AS (SELECT id, row_number() OVER (ORDER BY id) - 1 AS rang FROM p) " + f.Enfants.colonnes() +
		" SELECT n.id, " + strings.Join(noms[1:], ", ") + " FROM n JOIN unnest(" + strings.Join(tableaux, ", ") + ") AS u (" + strings.Join(noms, ", ") + ") ON u.rang = n.rang"
}

// Executer writes the rows whose columns are given; de is which of the parents, from 0, each of the others is of.
func (f *Famille) Executer(ctx context.Context, tx *sql.Tx, parents []Valeurs, de Entiers, enfants ...Valeurs) error {
	if f.ensemble != "" {
		var args []any
		for _, c := range slices.Concat(parents, []Valeurs{de}, enfants) {
			args = append(args, c.tout())
		}
		return f.Enfants.executer(ctx, tx, requete{texte: f.ensemble}, args)
	}
	ids, err := f.numeroter(ctx, tx, parents)
	if err != nil {
		return fmt.Errorf("add rows to %s: %w", f.Parents.Table, err)
	}
	siens := make(Entiers, len(de))
	for i, parent := range de {
		siens[i] = ids[parent]
	}
	return f.Enfants.Executer(ctx, tx, nil, append([]Valeurs{siens}, enfants...)...)
}

// numeroter writes the parents, and returns their numbers in their order.
func (f *Famille) numeroter(ctx context.Context, tx *sql.Tx, parents []Valeurs) (ids []int64, err error) {
	err = f.Parents.decouper(nil, parents, func(r requete, args []any) error {
		siens, err := Lignes(ctx, tx, func(l Ligne, id *int64) error { return l.Scan(id) }, r.texte, args...)
		slices.Sort(siens)
		ids = append(ids, siens...)
		return err
	})
	return ids, err
}
