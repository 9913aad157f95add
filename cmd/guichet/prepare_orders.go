package main

import (
	"context"

	"guichet/internal/carnet"
	"guichet/preparation"
)

// orders are those of a lot that are prepared now, and those that are left aside.
type orders struct {
	kept   map[string]bool // by reference
	aside  []carnet.Mention
	again  map[string]carnet.Mention // by reference: the rejected demande that is sent again
	number int
}

// choose leaves the orders aside that the ledger has prepared already, unless the portal rejected them: an order
// is claimed once. The ledger may be nil, when there is none yet.
func (o *preparing) choose(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet) (*orders, error) {
	c := &orders{kept: map[string]bool{}, again: map[string]carnet.Mention{}}
	var references []string
	for d := range lot.Demandes() {
		references = append(references, d.Reference)
	}
	known := map[string][]carnet.Mention{}
	if ledger != nil {
		var err error
		if known, err = ledger.Commandes(ctx, references); err != nil {
			return nil, err
		}
	}
	for _, reference := range references {
		mentions := known[reference]
		last := len(mentions) - 1
		switch {
		case last < 0:
			c.kept[reference] = true
		case mentions[last].Etat == carnet.Rejetee:
			c.kept[reference], c.again[reference] = true, mentions[last]
		case o.again && mentions[last].Etat == carnet.Preparee:
			c.kept[reference] = true
		default:
			c.aside = append(c.aside, mentions[last])
		}
	}
	c.number = len(c.kept)
	return c, nil
}

// claimed returns what the check knows of the ledger: which ESMS other orders have claimed. Those of an order that
// is sent again are its own.
func (o *preparing) claimed(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet, c *orders) (func(string) (string, bool), error) {
	if ledger == nil {
		return nil, nil
	}
	var esms []string
	for d := range lot.Demandes() {
		if c.kept[d.Reference] {
			esms = append(esms, d.ESMS()...)
		}
	}
	mentions, err := ledger.DemandesDesESMS(ctx, esms)
	if err != nil {
		return nil, err
	}
	return func(finess string) (string, bool) {
		for _, m := range mentions[finess] {
			if m.Claims() && !c.kept[m.Reference] {
				return o.mention(m), true
			}
		}
		return "", false
	}, nil
}
