package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// Conditions are those of a query, with their parameters.
type Conditions struct {
	conditions []string
	Args       []any
}

// Arg adds a parameter and returns its mark.
func (c *Conditions) Arg(v any) string {
	c.Args = append(c.Args, v)
	return "$" + strconv.Itoa(len(c.Args))
}

// Si adds a condition.
func (c *Conditions) Si(condition string) { c.conditions = append(c.conditions, condition) }

// Tout is all of them; for none, what always holds.
func (c *Conditions) Tout() string {
	if len(c.conditions) == 0 {
		return "1 = 1"
	}
	return strings.Join(c.conditions, " AND ")
}

// Lecteur is a transaction, or the pool to read with.
type Lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, texte string, args ...any) *sql.Row
}

// Ligne is a row that is read.
type Ligne interface{ Scan(...any) error }

// Lignes reads all rows of a query.
func Lignes[T any](ctx context.Context, l Lecteur, scruter func(Ligne, *T) error, texte string, args ...any) (tout []T, err error) {
	rangees, err := l.QueryContext(ctx, texte, args...)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, rangees.Close()) }()
	for rangees.Next() {
		var t T
		if err := scruter(rangees, &t); err != nil {
			return nil, err
		}
		tout = append(tout, t)
	}
	return tout, rangees.Err()
}

// Instantane reads what the database is at one moment, whatever is written meanwhile.
func (b *Base) Instantane(ctx context.Context, f func(ctx context.Context, l Lecteur) error) (err error) {
	options := sql.TxOptions{ReadOnly: true} // on SQLite whoever reads in a transaction reads one moment
	if !b.Dialecte.Seul {
		options.Isolation = sql.LevelRepeatableRead
	}
	tx, err := b.lecture.BeginTx(ctx, &options)
	if err != nil {
		return fmt.Errorf("read at one moment: %w", err)
	}
	defer func() { err = errors.Join(err, sansFin(tx.Rollback())) }() // it has only read
	return f(ctx, tx)
}
