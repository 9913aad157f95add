package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
)

// Poser writes with a statement of which nobody asks how many rows it wrote. On PostgreSQL it goes with those that follow it in its
// transaction, in one message, before the next one that has an answer: most of what a short statement costs is its way there and
// back. Its error may therefore be that of a later one, or of the commit; the transaction fails all the same.
func Poser(ctx context.Context, tx *sql.Tx, texte string, args ...any) error {
	_, err := tx.ExecContext(context.WithValue(ctx, sansReponse{}, true), texte, args...)
	return err
}

// sansReponse marks the statements that may wait for the next one.
type sansReponse struct{}

// maxPoses bounds how many statements wait.
const maxPoses = 100

// ExecContext runs a statement, after those that wait; one without an answer waits in turn.
func (c *connexionPostgres) ExecContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Result, error) {
	if ctx.Value(sansReponse{}) == nil || c.posees.Len() >= maxPoses {
		if err := c.pousser(ctx); err != nil {
			return nil, err
		}
		return c.Conn.ExecContext(ctx, texte, args)
	}
	valeurs := make([]any, len(args))
	for i, a := range args {
		valeurs[i] = a.Value
	}
	c.posees.Queue(texte, valeurs...)
	return driver.ResultNoRows, nil
}

// QueryContext asks, after the statements that wait.
func (c *connexionPostgres) QueryContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Rows, error) {
	if err := c.pousser(ctx); err != nil {
		return nil, err
	}
	return c.Conn.QueryContext(ctx, texte, args)
}

// PrepareContext prepares a statement, after those that wait.
func (c *connexionPostgres) PrepareContext(ctx context.Context, texte string) (driver.Stmt, error) {
	if err := c.pousser(ctx); err != nil {
		return nil, err
	}
	return c.Conn.PrepareContext(ctx, texte)
}

// pousser sends what waits.
func (c *connexionPostgres) pousser(ctx context.Context) error {
	if c.posees.Len() == 0 {
		return nil
	}
	lot := c.posees
	c.posees = pgx.Batch{}
	return c.Conn.Conn().SendBatch(ctx, &lot).Close()
}

// BeginTx begins a transaction.
func (c *connexionPostgres) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	c.posees = pgx.Batch{}
	tx, err := c.Conn.BeginTx(ctx, o)
	if err != nil {
		return nil, err
	}
	return transactionPostgres{tx, ctx, c}, nil
}

// transactionPostgres ends with the statements that wait.
type transactionPostgres struct {
	driver.Tx
	ctx context.Context
	c   *connexionPostgres
}

// Commit sends what waits, and commits.
func (t transactionPostgres) Commit() error {
	if err := t.c.pousser(t.ctx); err != nil {
		return errors.Join(err, t.Tx.Rollback())
	}
	return t.Tx.Commit()
}

// Rollback forgets what waits.
func (t transactionPostgres) Rollback() error {
	t.c.posees = pgx.Batch{}
	return t.Tx.Rollback()
}
