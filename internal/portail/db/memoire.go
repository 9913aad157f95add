package db

import (
	"context"
	"database/sql/driver"
	"fmt"
)

// memoire opens SQLite connections that remember the statements they have read, as those to PostgreSQL do: to read
// one costs as much as to run it.
type memoire struct{ driver.Connector }

// Connect opens a connection.
func (m memoire) Connect(ctx context.Context) (driver.Conn, error) {
	c, err := m.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	b, ok := c.(brute)
	if !ok {
		return nil, fmt.Errorf("the connection %T lacks what is used of it", c)
	}
	return &connexion{brute: b, lues: map[string]*lue{}}, nil
}

// brute is a connection of the driver.
type brute interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.QueryerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// connexion is one with a memory. database/sql uses it from one goroutine at a time.
type connexion struct {
	brute
	lues map[string]*lue
}

// lue is a statement that was read. It serves one query at a time.
type lue struct {
	driver.Stmt
	driver.StmtExecContext
	driver.StmtQueryContext
	occupee bool
}

// maxLues bounds the memory: the program has fewer statements, but for those that it puts together.
const maxLues = 256

// lire reads a statement, or remembers it; nil for one that is in use. Of a script the driver remembers the text alone.
func (c *connexion) lire(ctx context.Context, texte string) (*lue, error) {
	if l := c.lues[texte]; l != nil {
		if l.occupee {
			return nil, nil
		}
		return l, nil
	}
	if len(c.lues) >= maxLues {
		c.oublier()
	}
	s, err := c.PrepareContext(context.WithoutCancel(ctx), texte)
	if err != nil {
		return nil, err
	}
	l := &lue{Stmt: s}
	l.StmtExecContext, _ = s.(driver.StmtExecContext)
	l.StmtQueryContext, _ = s.(driver.StmtQueryContext)
	c.lues[texte] = l
	return l, nil
}

// oublier forgets the statements that are not in use.
func (c *connexion) oublier() {
	for texte, l := range c.lues {
		if !l.occupee {
			_ = l.Close() // it ends with the connection all the same
			delete(c.lues, texte)
		}
	}
}

// ExecContext runs a statement.
func (c *connexion) ExecContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Result, error) {
	l, err := c.lire(ctx, texte)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return c.brute.ExecContext(ctx, texte, args)
	}
	return l.StmtExecContext.ExecContext(ctx, args)
}

// QueryContext runs a query. Its statement is in use until the rows are closed.
func (c *connexion) QueryContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Rows, error) {
	l, err := c.lire(ctx, texte)
	switch {
	case err != nil:
		return nil, err
	case l == nil:
		return c.brute.QueryContext(ctx, texte, args)
	}
	r, err := l.StmtQueryContext.QueryContext(ctx, args)
	if err != nil {
		return nil, err
	}
	l.occupee = true
	return &lignes{r, l}, nil
}

// Close ends the connection and what it remembers.
func (c *connexion) Close() error {
	for _, l := range c.lues {
		l.occupee = false
	}
	c.oublier()
	return c.brute.Close()
}

// lignes are the rows of a query.
type lignes struct {
	driver.Rows
	l *lue
}

// Close gives the statement back.
func (r *lignes) Close() error {
	err := r.Rows.Close()
	r.l.occupee = false
	return err
}
