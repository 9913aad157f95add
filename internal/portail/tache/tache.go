// Package tache does later what need not be done at once: mails, checks of documents. Jobs are written in the
// transaction of what they follow from, by River, on both databases; one that fails is tried again.
package tache

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"github.com/riverqueue/river/riverdriver/riversqlite"
	"github.com/riverqueue/river/rivermigrate"

	"guichet/internal/portail/db"
)

// Taches runs the jobs of the counter.
type Taches struct {
	base   *db.Base
	client *river.Client[*sql.Tx]
}

// Ouvriers are the kinds of jobs, each with who does it: river.AddWorker fills them in.
type Ouvriers = river.Workers

// Patiente is the queue of jobs that may be many and are in no hurry: others do not wait behind them.
const Patiente = "patiente"

// Options are how jobs are run.
type Options struct {
	Log       *slog.Logger
	Ouvriers  *Ouvriers     // nil: this process only writes jobs
	Parallele int           // jobs at once in each queue, 4 for 0
	Pause     time.Duration // between two looks at the database, one second for 0
}

// Migrer brings River's own tables up to date.
func Migrer(ctx context.Context, b *db.Base) error {
	m, err := rivermigrate.New(pilote(b), nil)
	if err != nil {
		return fmt.Errorf("read the tables of jobs: %w", err)
	}
	if _, err := m.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("bring the tables of jobs up to date: %w", err)
	}
	return nil
}

func pilote(b *db.Base) riverdriver.Driver[*sql.Tx] {
	if b.Dialecte.Nom == "sqlite" {
		return riversqlite.New(b.Pool())
	}
	return riverdatabasesql.New(b.Pool())
}

// Nouveau makes the jobs of a database, whose tables are up to date.
func Nouveau(b *db.Base, o Options) (*Taches, error) {
	c := &river.Config{FetchCooldown: 50 * time.Millisecond, FetchPollInterval: max(o.Pause, 50*time.Millisecond)}
	if o.Pause == 0 {
		c.FetchPollInterval = time.Second
	}
	if o.Log != nil {
		c.Logger = slog.New(discret{o.Log.Handler()})
	}
	if o.Ouvriers != nil {
		c.Workers = o.Ouvriers
		file := river.QueueConfig{MaxWorkers: max(o.Parallele, 4)}
		c.Queues = map[string]river.QueueConfig{river.QueueDefault: file, Patiente: file}
	}
	client, err := river.NewClient(pilote(b), c)
	if err != nil {
		return nil, fmt.Errorf("prepare the jobs: %w", err)
	}
	return &Taches{b, client}, nil
}

// Inserer writes jobs in the transaction of what they follow from.
func (t *Taches) Inserer(ctx context.Context, tx *sql.Tx, args ...river.JobArgs) error {
	if len(args) == 0 {
		return nil
	}
	lot := make([]river.InsertManyParams, len(args))
	for i, a := range args {
		lot[i].Args = a
	}
	if _, err := t.client.InsertManyTx(ctx, tx, lot); err != nil {
		return fmt.Errorf("write the jobs %s: %w", args[0].Kind(), err)
	}
	return nil
}

// Demarrer begins to do jobs, first those that a counter which died had begun: a database has one counter, so that
// nobody is at them.
func (t *Taches) Demarrer(ctx context.Context) error {
	err := t.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE river_job SET state = 'available' WHERE state = 'running'`)
		return err
	})
	if err != nil {
		return fmt.Errorf("take the jobs up again: %w", err)
	}
	if err := t.client.Start(ctx); err != nil {
		return fmt.Errorf("begin the jobs: %w", err)
	}
	return nil
}

// Arreter waits for the jobs under way, as long as ctx allows; then they are stopped, and tried again later.
func (t *Taches) Arreter(ctx context.Context) error {
	if err := t.client.Stop(ctx); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("end the jobs: %w", err)
	}
	return nil
}
