package tache_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
)

// faiseur does its job in a transaction that ends it, then dies of something else. The first transaction is undone.
type faiseur struct {
	river.WorkerDefaults[Saluer]
	b     *db.Base
	tours int
	suite chan string
}

func (f *faiseur) NextRetry(*river.Job[Saluer]) time.Time { return time.Now() }

func (f *faiseur) Work(ctx context.Context, job *river.Job[Saluer]) error {
	if job.Args.Nom == "suite" {
		f.suite <- job.Args.Nom
		return nil
	}
	defaite := errors.New("undone")
	f.tours++
	err := f.b.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := river.ClientFromContext[*sql.Tx](ctx).InsertTx(ctx, tx, Saluer{"suite"}, nil)
		if err == nil {
			err = tache.Terminer(ctx, f.b, tx, job)
		}
		if err == nil && f.tours == 1 {
			err = defaite
		}
		return err
	})
	return errors.Join(err, errors.New("died after"))
}

// A job that ends in the transaction of what it did does it once: not at all when that is undone, and not again when
// it fails afterwards.
func TestEndsInTransaction(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if err := tache.Migrer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		f := &faiseur{b: b, suite: make(chan string, 10)}
		ouvriers := river.NewWorkers()
		river.AddWorker(ouvriers, f)
		taches, err := tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return taches.Inserer(ctx, tx, Saluer{"travail"}) })
		if err != nil {
			t.Fatal(err)
		}
		if err := taches.Demarrer(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
		select {
		case <-f.suite:
		case <-time.After(time.Minute):
			t.Error("not done in a minute")
		}
		if err := taches.Arreter(context.Background()); err != nil { // waits for what is under way
			t.Error(err)
		}
		var ecrits int
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM river_job`).Scan(&ecrits); err != nil {
			t.Fatal(err)
		}
		if f.tours != 2 || ecrits != 2 {
			t.Errorf("tried %d times, %d jobs; want 2 and 2", f.tours, ecrits)
		}
	})
}
