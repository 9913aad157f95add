package portail

import (
	"context"
	"errors"
	"log/slog"
	"time"

	"guichet/internal/portail/quota"
)

// sursis is how old a kept file is before it is swept for want of a reference: what is about to refer to it has
// long been stored by then.
const sursis = 24 * time.Hour

// entretien is how often what has run out is removed.
const entretien = 10 * time.Minute

func (p *Portail) entretenir(ctx context.Context) {
	for {
		_, sweep := p.fichiers.Balayer(ctx, p.reference, time.Now().Add(-sursis)) // by the clock of the files
		if err := errors.Join(p.comptes.Balayer(ctx), p.enrole.Balayer(ctx), p.controles.Balayer(ctx), p.recues.Liberer(ctx), p.traces.Balayer(ctx), quota.Oublier(ctx, p.base, p.Maintenant()), sweep); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "entretien en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(entretien):
		case <-ctx.Done():
			return
		}
	}
}

// arret is how often the balances of the accounts are brought up to date: what came since is summed by who asks.
const arret = time.Minute

func (p *Portail) arreterComptes(ctx context.Context) {
	for ctx.Err() == nil {
		if _, err := p.livres.Arreter(ctx); err != nil && ctx.Err() == nil { // balances take longer, and are right
			p.Log.ErrorContext(ctx, "arrêté des comptes en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(arret):
		case <-ctx.Done():
		}
	}
}

// rangement is how often what deposits claim is put in its place: who asks for it finds little left to do.
const rangement = 2 * time.Second

func (p *Portail) ranger(ctx context.Context) {
	if err := p.depots.Charger(ctx); err != nil && ctx.Err() == nil { // slower, but right
		p.Log.ErrorContext(ctx, "chargement du filtre en échec", slog.String("cause", err.Error()))
	}
	for ctx.Err() == nil {
		if err := p.depots.RangerAuRepos(ctx); err != nil && ctx.Err() == nil {
			p.Log.ErrorContext(ctx, "rangement en échec", slog.String("cause", err.Error()))
		}
		select {
		case <-time.After(rangement):
		case <-ctx.Done():
		}
	}
}
