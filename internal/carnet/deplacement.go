package carnet

import (
	"context"
	"fmt"
)

// Deplacee is a demande that moves, with its number, to another file.
type Deplacee struct {
	Numero   string
	NumLigne int
}

// deplacements moves demandes from a file that this lot sets aside to the one at hand.
func (i *inscription) deplacements(ctx context.Context, deplacees []Deplacee) error {
	for _, d := range deplacees {
		ancien, err := lire(ctx, i.tx, unTexte,
			"SELECT f.nom FROM demande d JOIN fichier f ON f.id = d.fichier WHERE d.numero = ? AND d.etat = ? AND f.ecarte_par = ?", d.Numero, Preparee, i.lot.id)
		if err != nil {
			return err
		}
		if len(ancien) == 0 {
			return &ErreurNumero{d.Numero, pasPreparee}
		}
		var id int64
		err = i.tx.QueryRowContext(ctx, "UPDATE demande SET fichier = ?, num_ligne = ? WHERE numero = ? RETURNING id", i.fichiers, d.NumLigne, d.Numero).Scan(&id)
		if err != nil {
			return fmt.Errorf("move demande %s: %w", d.Numero, err)
		}
		if err := noterDemande(ctx, i.tx, i.instant, id, GenreDeplacement, ancien[0]); err != nil {
			return err
		}
	}
	return nil
}
