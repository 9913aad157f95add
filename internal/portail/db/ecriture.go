package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// Ecrire runs f in a transaction. When Ecrire returns nil, what f wrote is durable; when it returns an error,
// nothing of it is there. f may run more than once, and must not keep the transaction.
func (b *Base) Ecrire(ctx context.Context, f func(ctx context.Context, tx *sql.Tx) error) error {
	if err := errors.Join(ctx.Err(), SansAttente(ctx)); err != nil {
		return err
	}
	if b.groupe != nil {
		return b.groupe.ecrire(ctx, f)
	}
	for tour := 0; ; tour++ {
		err := b.transaction(ctx, f)
		if tour == maxTours || !aRefaire(err) {
			return err
		}
	}
}

// dansTransaction marks the context that runs in a transaction, with its enCours.
type dansTransaction struct{}

// ErrAttente says that something would be waited for inside a transaction. Whoever holds it may wait for the
// transaction in turn: on SQLite it is the only one.
var ErrAttente = errors.New("a transaction must not wait: not for another transaction, a place, a file or the network")

// SansAttente is ErrAttente in a transaction. Call it before waiting for what others may hold.
func SansAttente(ctx context.Context) error {
	if ctx.Value(dansTransaction{}) != nil {
		return ErrAttente
	}
	return nil
}

// maxTours is how often a transaction that gave way to another one is made again.
const maxTours = 5

// transaction waits for a connection no longer than ctx allows. Once it has begun it is not cancelled, as in SQLite: each statement would
// have somebody watch the context.
func (b *Base) transaction(ctx context.Context, f func(context.Context, *sql.Tx) error) (err error) {
	conn, err := b.ecriture.Conn(ctx)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer func() { err = errors.Join(err, conn.Close()) }()
	ctx = context.WithoutCancel(ctx)
	tx, err := conn.BeginTx(ctx, nil)
	if err != nil {
		return fmt.Errorf("begin a transaction: %w", err)
	}
	defer func() { err = errors.Join(err, sansFin(tx.Rollback())) }() // however it ends: the connection waits for that
	if err := mener(ctx, tx, f); err != nil {
		return err
	}
	if err := tx.Commit(); err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return nil
}

// sansFin overlooks that a transaction has ended already.
func sansFin(err error) error {
	if errors.Is(err, sql.ErrTxDone) {
		return nil
	}
	return err
}
