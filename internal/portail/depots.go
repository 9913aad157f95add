package portail

import (
	"context"
	"database/sql"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/suivi"
	"guichet/modele"
)

// apresDepot is what follows from a deposit, in its transaction: the figures of its supplier, and a mail to each
// person who wants to know, the one who deposited by mandate included. Mails are written when they are sent: the
// deposit does not wait for that.
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
	if err := p.suivis.Compter(ctx, tx, b); err != nil {
		return err
	}
	gens, err := p.comptes.DestinatairesEt(ctx, tx, d.Fournisseur, d.Compte, compte.CourrielDepots)
	if err != nil {
		return err
	}
	courriels := make([]courriel.Message, len(gens))
	for i, g := range gens {
		courriels[i] = courriel.Message{A: g.Courriel, Nom: g.Nom, Langue: courriel.Langue(g.Langue), Sur: d.ImpID()}
	}
	return courriel.Ecrire(ctx, tx, p.taches, p.coffre, courriels...)
}

// presse tells whether people wait for the answer to a deposit.
func (p *Portail) presse() bool { return p.depots.Presse() }

// rediger writes the mail on a deposit, with its receipt, or on a letter, or finds the file that a mail carries.
func (p *Portail) rediger(ctx context.Context, sur string, l modele.Langue) (courriel.Redaction, error) {
	if r, oui, err := p.redigerLettre(ctx, sur, l); oui {
		return r, err
	}
	if r, oui, err := p.courriers.Joindre(ctx, sur); oui {
		return r, err
	}
	return p.depots.Rediger(ctx, sur, l)
}
