package tache

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Travail is a job that has failed at least once and is not done.
type Travail struct {
	ID     int64
	Genre  string // what River calls its kind: "courriel"
	Cree   time.Time
	Essais int
	Cause  string    // the last failure
	Apres  time.Time // when it is tried again by itself, zero when it is not
}

// ErrTravail says that there is no such job that has failed.
var ErrTravail = errors.New("there is no such failed job")

// manques are the states of a job that has failed: it waits for another try, or has been given up.
var manques = []rivertype.JobState{rivertype.JobStateRetryable, rivertype.JobStateDiscarded, rivertype.JobStateCancelled}

// maxTravaux bounds the list.
const maxTravaux = 200

// Manques lists the jobs that have failed, the newest first.
func (t *Taches) Manques(ctx context.Context) ([]Travail, error) {
	liste, err := t.client.JobList(ctx, river.NewJobListParams().States(manques...).
		OrderBy(river.JobListOrderByID, river.SortOrderDesc).First(maxTravaux))
	if err != nil {
		return nil, fmt.Errorf("list the failed jobs: %w", err)
	}
	travaux := make([]Travail, len(liste.Jobs))
	for i, j := range liste.Jobs {
		travaux[i] = Travail{ID: j.ID, Genre: j.Kind, Cree: j.CreatedAt, Essais: j.Attempt}
		if n := len(j.Errors); n > 0 {
			travaux[i].Cause = j.Errors[n-1].Error
		}
		if j.State == rivertype.JobStateRetryable {
			travaux[i].Apres = j.ScheduledAt
		}
	}
	return travaux, nil
}

// Compter counts the jobs that are not done, by River's word for their state.
func (t *Taches) Compter(ctx context.Context) (nombres map[string]int64, err error) {
	nombres = map[string]int64{"available": 0, "running": 0, "scheduled": 0, "retryable": 0, "discarded": 0, "cancelled": 0}
	lignes, err := t.base.Lire().QueryContext(ctx, `SELECT state, count(*) FROM river_job WHERE state <> 'completed' GROUP BY state`)
	if err != nil {
		return nil, fmt.Errorf("count the jobs: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var etat string
		var n int64
		if err := lignes.Scan(&etat, &n); err != nil {
			return nil, fmt.Errorf("count the jobs: %w", err)
		}
		nombres[etat] = n
	}
	return nombres, lignes.Err()
}

// Reprendre has a job that has failed tried again at once; ErrTravail when there is none.
func (t *Taches) Reprendre(ctx context.Context, id int64) error {
	j, err := t.client.JobGet(ctx, id)
	if errors.Is(err, rivertype.ErrNotFound) || err == nil && !slices.Contains(manques, j.State) {
		return ErrTravail
	}
	if err != nil {
		return fmt.Errorf("find the job %d: %w", id, err)
	}
	if _, err := t.client.JobRetry(ctx, id); err != nil {
		return fmt.Errorf("try the job %d again: %w", id, err)
	}
	return nil
}
