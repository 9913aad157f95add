package db

import (
	"context"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
)

// BeginTx begins a transaction: on its way with its first statement. One that asks for more than usual begins at once.
func (c *connexionPostgres) BeginTx(ctx context.Context, o driver.TxOptions) (driver.Tx, error) {
	c.posees, c.envoyee = pgx.Batch{}, false
	switch {
	case o != (driver.TxOptions{}):
		if _, err := c.Conn.BeginTx(ctx, o); err != nil {
			return nil, err
		}
		c.envoyee = true
	case c.Conn.Conn().IsClosed():
		return nil, driver.ErrBadConn
	default:
		c.posees.Queue("BEGIN")
	}
	return transactionPostgres{ctx, c}, nil
}

// transactionPostgres ends with the statements that wait.
type transactionPostgres struct {
	ctx context.Context
	c   *connexionPostgres
}

// Commit sends what waits, and commits. A transaction that asked nothing never was.
func (t transactionPostgres) Commit() error {
	if !t.c.envoyee && t.c.posees.Len() == 1 {
		t.c.posees = pgx.Batch{}
		return nil
	}
	t.c.posees.Queue("COMMIT")
	fait, err := t.c.derniere(t.ctx)
	switch {
	case err != nil:
		return t.abandonner(err)
	case fait.String() == "ROLLBACK":
		return pgx.ErrTxCommitRollback
	}
	return nil
}

// abandonner rolls back what could not be committed.
func (t transactionPostgres) abandonner(err error) error {
	if conn := t.c.Conn.Conn(); !conn.IsClosed() && conn.PgConn().TxStatus() != 'I' {
		return errors.Join(err, t.Rollback())
	}
	return err
}

// Rollback forgets what waits, and undoes what was sent. A connection that cannot is closed: the server undoes it then.
func (t transactionPostgres) Rollback() error {
	t.c.posees = pgx.Batch{}
	if !t.c.envoyee {
		return nil
	}
	conn := t.c.Conn.Conn()
	_, err := conn.Exec(t.ctx, "ROLLBACK")
	if err != nil {
		return errors.Join(err, conn.Close(t.ctx))
	}
	return nil
}
