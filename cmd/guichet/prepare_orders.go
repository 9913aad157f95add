package main

import (
	"context"
	"slices"

	"guichet/internal/carnet"
	"guichet/preparation"
)

// orders tells which orders of a lot are prepared now.
type orders struct {
	left   map[string]bool // by reference: left aside
	aside  []carnet.Mention
	again  map[string]carnet.Mention // by reference: the demande that this run replaces
	known  map[string]carnet.Connue  // by reference: what the ledger has
	number int                       // prepared now
}

func (c *orders) keeps(reference string) bool { return !c.left[reference] }

// choose leaves the orders aside that the ledger has prepared already, unless the portal rejected them: an order
// is claimed once. The ledger may be nil, when there is none yet.
func (o *preparing) choose(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet) (*orders, error) {
	c := &orders{left: map[string]bool{}, again: map[string]carnet.Mention{}, number: lot.Nombre()}
	if ledger == nil {
		return c, nil
	}
	references := slices.Collect(lot.References())
	var err error
	if c.known, err = ledger.Commandes(ctx, references); err != nil {
		return nil, err
	}
	if err := o.unnamed(ctx, lot, ledger, c.known); err != nil {
		return nil, err
	}
	for _, reference := range references {
		last, prepared := c.known[reference]
		switch {
		case !prepared:
		case last.Etat == carnet.Rejetee:
			c.again[reference] = last.Mention
		default:
			c.aside, c.left[reference] = append(c.aside, last.Mention), true
			c.number--
		}
	}
	return c, nil
}

// retake has an order prepared again, whose demande was never deposited.
func (c *orders) retake(former carnet.Mention) {
	c.again[former.Reference] = former
	delete(c.left, former.Reference)
	c.aside = slices.DeleteFunc(c.aside, func(m carnet.Mention) bool { return m.Numero == former.Numero })
	c.number++
}

// claimed returns what the check knows of the ledger: which ESMS other orders have claimed. Those of an order that
// is sent again are its own.
func (o *preparing) claimed(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet, c *orders) (func(string) (string, bool), error) {
	if ledger == nil {
		return nil, nil
	}
	var esms []string
	for d := range lot.Demandes() {
		if c.keeps(d.Reference()) {
			esms = append(esms, d.ESMS()...)
		}
	}
	mentions, err := ledger.DemandesDesESMS(ctx, esms)
	if err != nil || len(mentions) == 0 {
		return nil, err
	}
	own := map[string]bool{}
	for reference := range lot.References() {
		own[reference] = c.keeps(reference)
	}
	return func(finess string) (string, bool) {
		for _, m := range mentions[finess] {
			if m.Claims() && !own[m.Reference] {
				return o.mention(m), true
			}
		}
		return "", false
	}, nil
}
