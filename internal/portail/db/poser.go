package db

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// Poser writes with a statement of which nobody asks how many rows it wrote. On PostgreSQL it goes with those that follow it in its
// transaction, in one message, up to the next one that has an answer: most of what a short statement costs is its way there and
// back. Its error may therefore be that of a later one, or of the commit; the transaction fails all the same.
func Poser(ctx context.Context, tx *sql.Tx, texte string, args ...any) error {
	_, err := tx.ExecContext(context.WithValue(ctx, sansReponse{}, true), texte, args...)
	return err
}

// sansReponse marks the statements that may wait for the next one.
type sansReponse struct{}

// maxPoses bounds how many statements wait.
const maxPoses = 100

// ExecContext runs a statement, with those that wait; one without an answer waits in turn.
func (c *connexionPostgres) ExecContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Result, error) {
	switch {
	case ctx.Value(sansReponse{}) != nil && c.posees.Len() < maxPoses:
		c.poser(texte, args)
		return driver.ResultNoRows, nil
	case len(args) == 0: // there may be several in the text, which do not go with others
		if err := c.pousser(ctx); err != nil {
			return nil, err
		}
	}
	if c.posees.Len() == 0 {
		return c.Conn.ExecContext(ctx, texte, args)
	}
	c.poser(texte, args)
	fait, err := c.derniere(ctx)
	return driver.RowsAffected(fait.RowsAffected()), err
}

// QueryContext asks, with the statements that wait.
func (c *connexionPostgres) QueryContext(ctx context.Context, texte string, args []driver.NamedValue) (driver.Rows, error) {
	if c.posees.Len() == 0 {
		return c.Conn.QueryContext(ctx, texte, args)
	}
	c.poser(texte, args)
	envoi, err := c.envoyer(ctx)
	if err != nil {
		return nil, err
	}
	return lireReponse(c.Conn.Conn().TypeMap(), envoi)
}

// PrepareContext prepares a statement, after those that wait.
func (c *connexionPostgres) PrepareContext(ctx context.Context, texte string) (driver.Stmt, error) {
	if err := c.pousser(ctx); err != nil {
		return nil, err
	}
	return c.Conn.PrepareContext(ctx, texte)
}

func (c *connexionPostgres) poser(texte string, args []driver.NamedValue) {
	valeurs := make([]any, len(args))
	for i, a := range args {
		valeurs[i] = a.Value
	}
	c.posees.Queue(texte, valeurs...)
}

// envoyer sends what waits, and reads the answers but for the last one.
func (c *connexionPostgres) envoyer(ctx context.Context) (pgx.BatchResults, error) {
	lot := c.posees
	c.posees, c.envoyee = pgx.Batch{}, true
	envoi := c.Conn.Conn().SendBatch(ctx, &lot)
	for range lot.Len() - 1 {
		if _, err := envoi.Exec(); err != nil {
			return nil, errors.Join(err, autre(envoi.Close(), err))
		}
	}
	return envoi, nil
}

// derniere sends what waits, and returns what the last of it did.
func (c *connexionPostgres) derniere(ctx context.Context) (fait pgconn.CommandTag, err error) {
	envoi, err := c.envoyer(ctx)
	if err != nil {
		return fait, err
	}
	fait, err = envoi.Exec()
	return fait, errors.Join(err, autre(envoi.Close(), err))
}

// pousser sends what waits.
func (c *connexionPostgres) pousser(ctx context.Context) error {
	if c.posees.Len() == 0 {
		return nil
	}
	_, err := c.derniere(ctx)
	return err
}

// autre is err unless it is the one that is told already.
func autre(err, dite error) error {
	if dite != nil && errors.Is(err, dite) {
		return nil
	}
	return err
}
