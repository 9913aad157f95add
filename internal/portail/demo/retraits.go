package demo

import (
	"context"
	"database/sql"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// motifRetirer is what the agency says of an award that it thinks of taking back.
const motifRetirer = "Le logiciel n'était pas installé le jour du contrôle."

// retirer has the agency take an award of a deposit back, hear its supplier on another one, and on one that is decided later.
func (p *recit) retirer(deposant compte.Identite, d *depot.Depot) {
	a := p.envisager(d, 23, 4)
	p.observer(deposant, d, 22, 4, a)
	p.revoquer(21, 9, a)
	p.notifier(21, 9)
	p.silence = p.envisager(d, 20, 3)
	p.envisager(d, 17, 2) // its supplier has said nothing, and somebody else may decide now
	p.envisager(d, 9, 5)
}

// contester has the agency hear the two suppliers who claim one ESMS; both have answered, and somebody may propose what becomes of it.
func (p *recit) contester(i compte.Identite, d *depot.Depot) {
	if p.err != nil {
		return
	}
	p.le(4, 14)
	if p.rater("know who claims which ESMS", p.Depots.RangerESMS(p.ctx)) {
		return
	}
	siens, autres := etat.Cle{Depot: d.ID}, etat.Cle{Depot: p.examine.ID, Rang: 5}
	id, err := p.Entendus.Contester(p.ctx, agent(p.instruit), contradictoire.Ouverture{Cle: siens, Autres: []etat.Cle{autres}, Texte: "Joignez le bon de commande que l'établissement a signé."})
	if p.rater("hear two suppliers of one ESMS", err) {
		return
	}
	p.dire(i, siens, 3, id, "L'établissement nous a choisis en octobre : le bon de commande signé est parmi les pièces.")
	p.dire(p.deposant, autres, 2, id, "Notre commande est antérieure ; l'établissement ne nous a pas dit qu'il l'annulait.")
}

// envisager has the agency think of taking the award of a demande back, so many days ago.
func (p *recit) envisager(d *depot.Depot, jours, rang int) (id int64) {
	if p.err != nil {
		return 0
	}
	p.le(jours, 10)
	id, err := p.Entendus.Envisager(p.ctx, agent(p.instruit), contradictoire.Ouverture{Cle: etat.Cle{Depot: d.ID, Rang: rang}, Motifs: []string{"CONDITIONS"}, Texte: motifRetirer})
	p.rater("consider a withdrawal", err)
	return id
}

// observer has its supplier answer wholly.
func (p *recit) observer(i compte.Identite, d *depot.Depot, jours, rang int, id int64) {
	p.dire(i, etat.Cle{Depot: d.ID, Rang: rang}, jours, id, "L'établissement a repoussé l'installation ; nous n'avons pas d'autre date à donner.")
}

// dire has a supplier make its observations, wholly.
func (p *recit) dire(i compte.Identite, c etat.Cle, jours int, id int64, texte string) {
	if p.err != nil {
		return
	}
	p.le(jours, 11)
	_, err := p.Suivi.Ecrire(p.ctx, suivi.Ecrit{
		Auteur: i, Demande: c, Sujet: "Observations", Texte: texte,
		Avec: func(ctx context.Context, tx *sql.Tx, fil int64, deja bool) error {
			return p.Entendus.Repondre(ctx, tx, id, i, contradictoire.Observations{Fil: fil, Entiere: true, Deja: deja})
		},
	})
	p.rater("make observations", err)
}

// revoquer has the award taken back.
func (p *recit) revoquer(jours, heure int, id int64) {
	if p.err != nil {
		return
	}
	p.le(jours, heure)
	x, err := p.Entendus.Procedure(p.ctx, p.Base.Lire(), id)
	if err == nil {
		err = p.Entendus.Decider(p.ctx, agent(p.decide), contradictoire.Lu{ID: id, Version: x.Version})
	}
	p.rater("take an award back", err)
}
