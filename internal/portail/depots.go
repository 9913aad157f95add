package portail

import (
	"context"
	"database/sql"

	"guichet/internal/portail/depot"
	"guichet/internal/portail/suivi"
)

// apresDepot is what follows from a deposit, in its transaction: the figures of its supplier.
func (p *Portail) apresDepot(ctx context.Context, tx *sql.Tx, d *depot.Depot) error {
	b := suivi.Bilan{Fournisseur: d.Fournisseur, Recu: d.Recu, Acceptees: d.Acceptees, Rejets: map[string]int{}}
	if d.Traitee() {
		b.Rejetees = d.Demandes - d.Acceptees
	}
	if d.Reponse.Fichier != nil {
		b.Rejets[d.Reponse.Fichier.Code]++
	}
	for _, r := range d.Reponse.Refus {
		b.Rejets[r.Code]++
	}
	return p.suivis.Compter(ctx, tx, b)
}
