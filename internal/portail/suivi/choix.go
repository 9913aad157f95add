package suivi

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
)

// choix is the conditions of a query, with their parameters.
type choix struct {
	conditions []string
	args       []any
}

// arg adds a parameter and returns its mark.
func (c *choix) arg(v any) string {
	c.args = append(c.args, v)
	return "$" + strconv.Itoa(len(c.args))
}

func (c *choix) si(condition string) { c.conditions = append(c.conditions, condition) }

func (c *choix) tout() string { return strings.Join(c.conditions, " AND ") }

// lecteur is a transaction, or the pool to read with.
type lecteur interface {
	QueryContext(ctx context.Context, texte string, args ...any) (*sql.Rows, error)
}

// lignes reads all rows of a query.
func lignes[T any](ctx context.Context, l lecteur, scruter func(ligne interface{ Scan(...any) error }, t *T) error, texte string, args ...any) (tout []T, err error) {
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

func entiers(ctx context.Context, l lecteur, texte string, args ...any) ([]int64, error) {
	return lignes(ctx, l, func(ligne interface{ Scan(...any) error }, n *int64) error { return ligne.Scan(n) }, texte, args...)
}
