package courriel

import (
	"context"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/db"
)

// Ouvrier is the worker of the jobs of mails, which c opens. rediger may be nil where each has its text; presse tells
// whether people wait for answers now, nil for never.
func (p *Poste) Ouvrier(b *db.Base, c *coffre.Coffre, rediger Rediger, presse func() bool) river.Worker[Pli] {
	return &ouvrier{poste: p, base: b, coffre: c, rediger: rediger, presse: presse, un: make(chan struct{}, 1)}
}

type ouvrier struct {
	river.WorkerDefaults[Pli]
	poste   *Poste
	base    *db.Base
	coffre  *coffre.Coffre
	rediger Rediger
	presse  func() bool
	un      chan struct{} // mails are written one at a time, since nobody waits for them, and sent several at once
}

// Work sends one mail, then erases what it said.
func (o *ouvrier) Work(ctx context.Context, job *river.Job[Pli]) error {
	m, ok, err := job.Args.ouvrir(o.coffre)
	switch {
	case err != nil:
		return river.JobCancel(err) // it would fail each time
	case !ok:
		return nil
	}
	r := Redaction{Sujet: m.Sujet, Texte: m.Texte}
	if m.Sur != "" {
		if r, err = o.ecrire(ctx, job.CreatedAt, m); err != nil {
			return fmt.Errorf("write the mail on %s: %w", m.Sur, err)
		}
		if m.Texte != "" {
			r.Sujet, r.Texte = m.Sujet, m.Texte
		}
	}
	if err := o.poste.envoyer(ctx, m, r, job.ID); err != nil {
		return err
	}
	effacer(ctx, o.base, job.ID)
	return nil
}

// patience is how old a mail gets at most before it is written although people wait for answers: writing one takes as
// long as a third of a deposit.
const patience = 30 * time.Second

func (o *ouvrier) ecrire(ctx context.Context, depuis time.Time, m Message) (Redaction, error) {
	select {
	case o.un <- struct{}{}:
		defer func() { <-o.un }()
		for o.presse != nil && o.presse() && time.Since(depuis) < patience && ctx.Err() == nil {
			time.Sleep(50 * time.Millisecond)
		}
		return o.rediger(ctx, m.Sur, m.langue())
	case <-ctx.Done():
		return Redaction{}, ctx.Err()
	}
}

// Timeout bounds the job.
func (o *ouvrier) Timeout(*river.Job[Pli]) time.Duration { return patience + 2*delai }
