package demo

import (
	"guichet/internal/portail/avis"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
)

// consulter has the agent who holds a demande ask what others think of it: one has said so, another is still to, as is somebody outside.
func (p *recit) consulter(d *depot.Depot, jours, rang int) {
	if p.err != nil {
		return
	}
	p.le(jours, 9)
	c := etat.Cle{Depot: d.ID, Rang: rang}
	err := p.Avis.Demander(p.ctx, agent(p.instruit), avis.Consultation{
		Cle: c, Collegues: []int64{p.comptable.Compte, p.decide.Compte}, Adresses: []string{"expert@conseil.exemple.invalid"}, Pieces: []string{"BON_COMMANDE"},
		Question: "Le nombre d'ESMS vous paraît-il plausible pour cet OG ?", Limite: p.jour.AddDate(0, 0, 9),
	})
	if p.rater("ask for opinions", err) {
		return
	}
	demandes, err := p.Avis.Attendus(p.ctx, p.comptable.Compte)
	if p.rater("list what is asked", err) {
		return
	}
	p.le(jours, 11)
	p.rater("give an opinion", p.Avis.Rendre(p.ctx, agent(p.comptable), demandes[0].ID, avis.Reponse{Sens: avis.Favorable, Texte: "Oui : c'est le nombre du contrat."}))
}
