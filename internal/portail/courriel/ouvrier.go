package courriel

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"
)

// Ouvrier is the worker of the jobs of mails. rediger may be nil where each has its text; presse tells whether people
// wait for answers now, nil for never.
func (p *Poste) Ouvrier(rediger Rediger, presse func() bool) river.Worker[Message] {
	return &ouvrier{poste: p, rediger: rediger, presse: presse, un: make(chan struct{}, 1)}
}

type ouvrier struct {
	river.WorkerDefaults[Message]
	poste   *Poste
	rediger Rediger
	presse  func() bool
	un      chan struct{} // mails are written one at a time, since nobody waits for them, and sent several at once
}

// Work sends one mail.
func (o *ouvrier) Work(ctx context.Context, job *river.Job[Message]) error {
	r := Redaction{Sujet: job.Args.Sujet, Texte: job.Args.Texte}
	if job.Args.Sur != "" {
		var err error
		if r, err = o.ecrire(ctx, job); err != nil {
			return fmt.Errorf("write the mail on %s: %w", job.Args.Sur, err)
		}
	}
	return o.poste.envoyer(ctx, job.Args, r, job.ID)
}

// patience is how old a mail gets at most before it is written although people wait for answers: writing one takes as
// long as a third of a deposit.
const patience = 30 * time.Second

func (o *ouvrier) ecrire(ctx context.Context, job *river.Job[Message]) (Redaction, error) {
	select {
	case o.un <- struct{}{}:
		defer func() { <-o.un }()
		for o.presse != nil && o.presse() && time.Since(job.CreatedAt) < patience && ctx.Err() == nil {
			time.Sleep(50 * time.Millisecond)
		}
		return o.rediger(ctx, job.Args.Sur, job.Args.langue())
	case <-ctx.Done():
		return Redaction{}, ctx.Err()
	}
}

// Timeout bounds the job.
func (o *ouvrier) Timeout(*river.Job[Message]) time.Duration { return patience + 2*delai }
