package tache_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/attente"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
)

// Saluer is a job for tests.
type Saluer struct {
	Nom string `json:"nom"`
}

// Kind names the job.
func (Saluer) Kind() string { return "saluer" }

type salueur struct {
	river.WorkerDefaults[Saluer]
	mu    sync.Mutex
	echec map[string]bool // fails once
	faits chan string
}

func (s *salueur) Work(_ context.Context, job *river.Job[Saluer]) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.echec[job.Args.Nom] {
		delete(s.echec, job.Args.Nom)
		return errors.New("not yet")
	}
	s.faits <- job.Args.Nom
	return nil
}

func (s *salueur) NextRetry(*river.Job[Saluer]) time.Time { return time.Now() }

// A job is done when its transaction commits, not when it rolls back, and again when it fails.
func TestJobs(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if err := tache.Migrer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		s := &salueur{echec: map[string]bool{"b": true}, faits: make(chan string, 10)}
		ouvriers := river.NewWorkers()
		river.AddWorker(ouvriers, s)
		taches, err := tache.Nouveau(b, tache.Options{Log: slog.New(slog.DiscardHandler), Ouvriers: ouvriers, Pause: 50 * time.Millisecond})
		if err != nil {
			t.Fatal(err)
		}
		if err := taches.Demarrer(context.WithoutCancel(t.Context())); err != nil {
			t.Fatal(err)
		}
		defer func() {
			if err := taches.Arreter(t.Context()); err != nil {
				t.Error(err)
			}
		}()
		refus := errors.New("no")
		for _, c := range []struct {
			nom   string
			refus error
		}{{"a", nil}, {"jamais", refus}, {"b", nil}} {
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				return errors.Join(taches.Inserer(ctx, tx, Saluer{c.nom}), c.refus)
			})
			if !errors.Is(err, c.refus) {
				t.Fatalf("%s: %v", c.nom, err)
			}
		}
		vus := map[string]int{}
		for len(vus) < 2 {
			select {
			case nom := <-s.faits:
				vus[nom]++
			case <-time.After(attente.Patience):
				t.Fatalf("done: %v", vus)
			}
		}
		if vus["a"] != 1 || vus["b"] != 1 || vus["jamais"] != 0 {
			t.Errorf("done: %v", vus)
		}
	})
}
