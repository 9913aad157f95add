package main

import (
	"context"

	"guichet/internal/carnet"
	"guichet/preparation"
)

// unnamed adds to what the ledger knows of orders the demandes that have no reference, since the ledger was made
// again from deposited files: an order is known by its ESMS there.
func (o *preparing) unnamed(ctx context.Context, lot *preparation.Lot, ledger *carnet.Carnet, known map[string]carnet.Connue) error {
	some, err := ledger.SansReference(ctx)
	if err != nil || !some {
		return err
	}
	var esms []string
	for d := range lot.Demandes() {
		esms = append(esms, d.ESMS()...)
	}
	mentions, err := ledger.DemandesDesESMS(ctx, esms)
	if err != nil {
		return err
	}
	for d := range lot.Demandes() {
		if _, there := known[d.Reference()]; there {
			continue
		}
		for _, finess := range d.ESMS() {
			for _, m := range mentions[finess] {
				if m.Reference == "" && m.RemplaceePar == "" && m.Etat.Compte() {
					m.Reference = d.Reference()
					known[d.Reference()] = carnet.Connue{Mention: m}
				}
			}
		}
	}
	return nil
}
