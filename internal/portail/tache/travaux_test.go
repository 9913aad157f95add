package tache_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/attente"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/tache"
)

// refuseur fails for good, until it is asked again.
type refuseur struct {
	river.WorkerDefaults[Saluer]
	faits chan struct{}
	vu    bool
}

func (s *refuseur) Work(context.Context, *river.Job[Saluer]) error {
	if !s.vu {
		s.vu = true
		return river.JobCancel(errors.New("no such person"))
	}
	close(s.faits)
	return nil
}

// A job that was given up is listed with its reason, and is done when somebody asks for it again; one that is
// done, or unknown, is not done again.
func TestFailedJobs(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if err := tache.Migrer(t.Context(), b); err != nil {
			t.Fatal(err)
		}
		s := &refuseur{faits: make(chan struct{})}
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
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return taches.Inserer(ctx, tx, Saluer{"a"}) })
		if err != nil {
			t.Fatal(err)
		}
		manque := attendreManque(t, taches)
		if manque.Genre != "saluer" || manque.Cause == "" || manque.Essais != 1 || !manque.Apres.IsZero() {
			t.Errorf("listed as %+v", manque)
		}
		if err := taches.Reprendre(t.Context(), manque.ID); err != nil {
			t.Fatal(err)
		}
		<-s.faits
		if err := taches.Reprendre(t.Context(), manque.ID+1000); !errors.Is(err, tache.ErrTravail) {
			t.Errorf("an unknown job: %v", err)
		}
	})
}

func attendreManque(t *testing.T, taches *tache.Taches) tache.Travail {
	t.Helper()
	var liste []tache.Travail
	attente.Jusqua(t, "a failed job", func() bool {
		var err error
		if liste, err = taches.Manques(t.Context()); err != nil {
			t.Fatal(err)
		}
		return len(liste) == 1
	})
	return liste[0]
}
