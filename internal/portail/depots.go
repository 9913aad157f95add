package portail

import (
	"context"
	"database/sql"
	"time"

	"github.com/riverqueue/river"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/tache"
	"guichet/modele"
)

// apresDepot is what follows from a deposit, in its transaction: the figures of its supplier, and the job that
// writes the mails.
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
	return p.taches.Inserer(ctx, tx, depot.Annonce{Fournisseur: d.Fournisseur, Depot: d.ID})
}

// annonceur does the jobs that write the mails of a deposit.
type annonceur struct {
	river.WorkerDefaults[depot.Annonce]
	portail *Portail
}

// Work writes a mail to each person who wants to know of deposits, the one who made it by mandate included. They are written in the transaction that ends
// the job: nobody gets two.
func (a *annonceur) Work(ctx context.Context, job *river.Job[depot.Annonce]) error {
	p := a.portail
	c, err := p.depots.Courrier(ctx, job.Args)
	if err != nil {
		return err
	}
	return p.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		gens, err := p.comptes.DestinatairesEt(ctx, tx, job.Args.Fournisseur, c.Deposant(), compte.CourrielDepots)
		if err != nil {
			return err
		}
		for _, g := range gens {
			err := courriel.Ecrire(ctx, tx, p.taches, courriel.Message{
				A: g.Courriel, Nom: g.Nom, Langue: courriel.Langue(g.Langue), Sujet: c.Sujet(g.Langue), Texte: c.Texte(g.Langue), Jointe: c.Jointe(),
			})
			if err != nil {
				return err
			}
		}
		return tache.Terminer(ctx, p.base, tx, job)
	})
}

// Timeout leaves time to control a large file again.
func (a *annonceur) Timeout(*river.Job[depot.Annonce]) time.Duration { return 2 * time.Minute }

// joindre makes the receipt that a mail carries.
func (p *Portail) joindre(ctx context.Context, jointe string, l modele.Langue) (string, []byte, error) {
	return p.depots.Joindre(ctx, jointe, l)
}
