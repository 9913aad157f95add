package carnet

import (
	"context"
	"fmt"
	"iter"
)

// lire returns all rows of a question, each read by lire1.
func lire[T any](ctx context.Context, e executant, une func(scan func(...any) error) (T, error), question string, valeurs ...any) ([]T, error) {
	var tous []T
	for v, err := range parcourir(ctx, e, une, question, valeurs...) {
		if err != nil {
			return nil, err
		}
		tous = append(tous, v)
	}
	return tous, nil
}

// unTexte reads a row of one column.
func unTexte(scan func(...any) error) (texte string, err error) { return texte, scan(&texte) }

// parcourir walks along the rows of a question. An error is the last thing that it gives.
func parcourir[T any](ctx context.Context, e executant, une func(scan func(...any) error) (T, error), question string, valeurs ...any) iter.Seq2[T, error] {
	return func(rend func(T, error) bool) {
		var rien T
		rows, err := e.QueryContext(ctx, question, valeurs...)
		if err != nil {
			rend(rien, fmt.Errorf("read the ledger: %w", err))
			return
		}
		defer func() { _ = rows.Close() }()
		for rows.Next() {
			v, err := une(rows.Scan)
			if err != nil {
				rend(rien, fmt.Errorf("read the ledger: %w", err))
				return
			}
			if !rend(v, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			rend(rien, fmt.Errorf("read the ledger: %w", err))
		}
	}
}

// table gathers rows by their keys.
func table[T any](ctx context.Context, e executant, une func(scan func(...any) error) (string, T, error), joindre func(a, b T) T, question string, valeurs ...any) (map[string]T, error) {
	t := map[string]T{}
	rien := func(scan func(...any) error) (struct{}, error) {
		cle, v, err := une(scan)
		if err == nil {
			t[cle] = joindre(t[cle], v)
		}
		return struct{}{}, err
	}
	for _, err := range parcourir(ctx, e, rien, question, valeurs...) {
		if err != nil {
			return nil, err
		}
	}
	return t, nil
}
