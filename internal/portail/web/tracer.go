package web

import (
	"context"
	"errors"
	"net/http"
)

// Trace is something that security looks at.
type Trace struct {
	Genre  string // "connexion.refusee", "piece.ouverte"
	Compte int64  // that is tried; 0 for the one who asks, if any
	Objet  string // a route, a reference: never what was typed

	Adresse   string // where the request comes from, and its name in the log: Tracer knows them
	Reference string
}

// Tracer notes something about the request that is answered.
func Tracer(ctx context.Context, t Trace) {
	q := requeteDe(ctx)
	if q.site.Tracer == nil {
		return
	}
	t.Adresse, t.Reference = q.adresse, q.reference
	q.site.Tracer(ctx, t)
}

// tracerRefus notes the refusals that say something of who asks.
func (q *requete) tracerRefus(ctx context.Context, err error, refus *Refus) {
	switch {
	case errors.Is(err, Interdit):
		Tracer(ctx, Trace{Genre: "origine.refusee", Objet: q.reponse.motif()})
	case refus.Etat == http.StatusTooManyRequests:
		Tracer(ctx, Trace{Genre: "reseau.freine", Objet: q.reponse.motif()})
	}
}
