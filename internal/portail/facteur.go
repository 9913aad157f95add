package portail

import (
	"context"
	"errors"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/federe"
	"guichet/internal/portail/tache"
)

// LeverFacteur takes away the second factor of an account of a counter, which may be open meanwhile: the way back in
// of the last administrator. A *compte.Faute when it cannot be.
func LeverFacteur(ctx context.Context, c Config, courriel, motif string) (err error) {
	p := &Portail{Config: c}
	if p.base, err = c.OuvrirBase(ctx); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, p.base.Fermer()) }()
	if err := Migrer(ctx, p.base); err != nil {
		return err
	}
	if p.taches, err = tache.Nouveau(p.base, tache.Options{Log: c.Log}); err != nil {
		return err
	}
	if p.coffre, err = p.ouvrirCoffre(ctx); err != nil {
		return err
	}
	p.comptes = compte.Nouveau(compte.Config{Base: p.base, Coffre: p.coffre, Maintenant: c.Maintenant, Envoyer: p.envoyer, Adresse: c.Adresse})
	return p.comptes.LeverFacteurDe(ctx, courriel, motif)
}

// relation is the counter at the identity provider of the agency, nil where there is none.
func (p *Portail) relation() *federe.Relation {
	if p.Federation.Emetteur == "" {
		return nil
	}
	return federe.Nouvelle(p.Federation, p.Adresse+compte.CheminRetour, p.Maintenant)
}
