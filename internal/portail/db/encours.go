package db

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strings"
)

// enCours is what a transaction of Ecrire keeps until it ends.
type enCours struct {
	tx   *sql.Tx
	amas []amas
	lues map[any]any
}

// amas is what is written together at the end of a transaction.
type amas interface {
	ecrire(ctx context.Context, tx *sql.Tx) error
	taille() int
	couper(n int)
}

type amasDe[T any] struct {
	tout    []T
	ensuite func(ctx context.Context, tx *sql.Tx, tout []T) error
}

func (a *amasDe[T]) taille() int  { return len(a.tout) }
func (a *amasDe[T]) couper(n int) { a.tout = a.tout[:n] }

func (a *amasDe[T]) ecrire(ctx context.Context, tx *sql.Tx) error {
	if len(a.tout) == 0 {
		return nil
	}
	return a.ensuite(ctx, tx, a.tout)
}

// errAutre says that somebody mixes two transactions up, or none.
var errAutre = errors.New("this is not the transaction of the context: use those that Ecrire gives")

// Differer keeps x until the transaction ends, and has it written then by ecrire, with all others of its type, in their order. What
// many acts add to, an end of a chain, a counter, is so read and written once, and others wait for it only while the transaction commits.
// Nothing in the transaction may ask the database for what is kept. An error of ecrire has the transaction fail.
func Differer[T any](ctx context.Context, tx *sql.Tx, x T, ecrire func(ctx context.Context, tx *sql.Tx, tout []T) error) error {
	e, _ := ctx.Value(dansTransaction{}).(*enCours)
	if e == nil || e.tx != tx {
		return errAutre
	}
	for _, a := range e.amas {
		if meme, ok := a.(*amasDe[T]); ok {
			meme.tout = append(meme.tout, x)
			return nil
		}
	}
	e.amas = append(e.amas, &amasDe[T]{tout: []T{x}, ensuite: ecrire})
	return nil
}

// Differes are what is kept of a type until the transaction ends.
func Differes[T any](ctx context.Context) []T {
	if e, _ := ctx.Value(dansTransaction{}).(*enCours); e != nil {
		for _, a := range e.amas {
			if meme, ok := a.(*amasDe[T]); ok {
				return meme.tout
			}
		}
	}
	return nil
}

// UneFois reads what does not change in a transaction, or gives what was read of it there before. Outside of one it reads.
func UneFois[T any](ctx context.Context, cle any, lire func() (T, error)) (T, error) {
	e, _ := ctx.Value(dansTransaction{}).(*enCours)
	if e == nil {
		return lire()
	}
	if v, ok := e.lues[cle].(T); ok {
		return v, nil
	}
	v, err := lire()
	if err == nil {
		e.lues[cle] = v
	}
	return v, err
}

// Exclure takes a name for a transaction: others who take it wait until it has ended.
func (b *Base) Exclure(ctx context.Context, tx *sql.Tx, nom string) error {
	if b.Dialecte.exclure == "" {
		return nil
	}
	if err := Poser(ctx, tx, b.Dialecte.exclure, nom); err != nil {
		return fmt.Errorf("take the name %q: %w", nom, err)
	}
	return nil
}

// Partager takes a name for a transaction beside all others who share it: who takes it alone (Exclure) waits until they have ended.
func (d Dialecte) Partager(ctx context.Context, tx *sql.Tx, nom string) error {
	if d.partager == "" {
		return nil
	}
	if err := Poser(ctx, tx, d.partager, nom); err != nil {
		return fmt.Errorf("share the name %q: %w", nom, err)
	}
	return nil
}

// Tenter does f so that what it wrote can be undone alone: an error of f leaves the transaction as it was before.
func Tenter(ctx context.Context, tx *sql.Tx, f func() error) error {
	e, _ := ctx.Value(dansTransaction{}).(*enCours)
	if e == nil || e.tx != tx {
		return errAutre
	}
	if err := Poser(ctx, tx, `SAVEPOINT essai`); err != nil {
		return fmt.Errorf("begin what can be undone: %w", err)
	}
	tailles, lues := e.tailles(), maps.Clone(e.lues)
	if err := f(); err != nil {
		e.couper(tailles)
		e.lues = lues // a lock that was taken since is undone, too
		return errors.Join(err, Poser(ctx, tx, `ROLLBACK TO SAVEPOINT essai`))
	}
	return Poser(ctx, tx, `RELEASE SAVEPOINT essai`)
}

func (e *enCours) tailles() (tailles []int) {
	for _, a := range e.amas {
		tailles = append(tailles, a.taille())
	}
	return tailles
}

// couper forgets what was kept since.
func (e *enCours) couper(tailles []int) {
	for i, a := range e.amas {
		n := 0
		if i < len(tailles) {
			n = tailles[i]
		}
		a.couper(n)
	}
}

// mener runs f in a transaction, and writes what it has kept until its end. A panic is an error: others wait for this transaction.
func mener(ctx context.Context, tx *sql.Tx, f func(context.Context, *sql.Tx) error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("panic in a transaction: %v\n%s", p, debug.Stack())
		}
	}()
	e := &enCours{tx: tx, lues: map[any]any{}}
	ctx = context.WithValue(ctx, dansTransaction{}, e)
	if err := f(ctx, tx); err != nil {
		return err
	}
	// Two transactions write in one order, whatever came first in them: neither waits for what the other has.
	slices.SortFunc(e.amas, func(a, b amas) int { return strings.Compare(fmt.Sprintf("%T", a), fmt.Sprintf("%T", b)) })
	for _, a := range e.amas {
		if err := a.ecrire(ctx, tx); err != nil {
			return err
		}
	}
	return nil
}
