package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// groupe makes one SQLite transaction of the writes that wait at the same time, so that they share the cost
// of making it durable. Each runs inside a savepoint of its own: the failure of one leaves the others alone.
// None is told that it succeeded before the commit.
type groupe struct {
	pool     *sql.DB
	attente  chan *ecriture
	arret    chan struct{}
	fini     sync.WaitGroup
	fermeOne sync.Once
}

// ecriture is one caller that waits.
type ecriture struct {
	ctx     context.Context
	f       func(context.Context, *sql.Tx) error
	reponse chan error
	err     error
}

// maxGroupe bounds the writes of one transaction.
const maxGroupe = 64

var errFerme = errors.New("the database is closed")

func nouveauGroupe(pool *sql.DB) *groupe {
	g := &groupe{pool: pool, attente: make(chan *ecriture), arret: make(chan struct{})}
	g.fini.Go(g.servir)
	return g
}

func (g *groupe) fermer() {
	g.fermeOne.Do(func() { close(g.arret) })
	g.fini.Wait()
}

func (g *groupe) ecrire(ctx context.Context, f func(context.Context, *sql.Tx) error) error {
	e := &ecriture{ctx: ctx, f: f, reponse: make(chan error, 1)}
	select {
	case g.attente <- e:
		return <-e.reponse
	case <-ctx.Done():
		return ctx.Err()
	case <-g.arret:
		return errFerme
	}
}

func (g *groupe) servir() {
	for {
		select {
		case e := <-g.attente:
			g.ensemble(e)
		case <-g.arret:
			return
		}
	}
}

// ensemble writes the first caller and all that are waiting behind it.
func (g *groupe) ensemble(premiere *ecriture) {
	faites := []*ecriture{premiere}
	tx, err := g.pool.BeginTx(context.Background(), nil)
	if err == nil {
		premiere.dans(tx)
		for len(faites) < maxGroupe {
			e := g.suivante()
			if e == nil {
				break
			}
			faites = append(faites, e)
			e.dans(tx)
		}
		err = tx.Commit()
	}
	if err != nil {
		err = fmt.Errorf("commit: %w", err)
	}
	for _, e := range faites {
		e.reponse <- errors.Join(e.err, err)
	}
}

func (g *groupe) suivante() *ecriture {
	select {
	case e := <-g.attente:
		return e
	default:
		return nil
	}
}

// dans runs one write inside the common transaction. It is not cancelled under way: SQLite would roll back
// the whole transaction.
func (e *ecriture) dans(tx *sql.Tx) {
	ctx := context.WithoutCancel(e.ctx)
	if _, e.err = tx.ExecContext(ctx, "SAVEPOINT ecriture"); e.err != nil {
		return
	}
	fin := "RELEASE ecriture"
	if e.err = mener(ctx, tx, e.f); e.err != nil {
		fin = "ROLLBACK TO ecriture; RELEASE ecriture"
	}
	if _, err := tx.ExecContext(ctx, fin); err != nil {
		e.err = errors.Join(e.err, err)
	}
}
