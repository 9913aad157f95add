package demo

import (
	"guichet/internal/portail/compte"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// What the agency and the suppliers say for their steps.
const (
	motifModifier = "Le bon de commande n'est pas signé : envoyez celui que l'OG a signé, et corrigez la date de la commande si elle change."
	motifRefus    = "L'établissement a déjà été financé pour le même logiciel."
	motifRetrait  = "L'OG a annulé sa commande."
)

// histoire is what the supplier with most of the history did.
func (p *recit) histoire(e, deposant, d compte.Identite) {
	p.deposant = deposant
	premier := p.accepter(deposant, campagne[0])
	p.payer(premier)
	p.melanger(p.deposer(deposant, campagne[1]), deposant)
	p.remplacer(deposant, premier, 7, 28)
	p.retirer(deposant, premier)

	p.deposer(e, campagne[2])
	p.examine = p.accepter(e, campagne[3])
	p.instruire(p.examine)

	par := pour(d, e)
	mandat := p.deposer(par, campagne[4])
	p.documents(par, mandat, 12, func(rang int, _ string, octets []byte) []byte {
		if rang > 2 {
			return nil
		}
		return octets
	})
	recent := p.deposer(deposant, campagne[5])
	p.le(6, 11)
	p.envoyer(deposant, recent, "scan.zip", []byte("ceci n'est pas une archive"))
	p.documents(deposant, recent, 5, mensonge)
	p.deposer(deposant, campagne[6])
}

// accepter deposits a file all of which is accepted, with all its documents.
func (p *recit) accepter(i compte.Identite, e envoi) *depot.Depot {
	d := p.deposer(i, e)
	p.documents(i, d, e.jours, toutes)
	return d
}

// payer leads a deposit to its end: paid, approved, refused; the last demande is to be changed. Awards are taken back later (retirer).
func (p *recit) payer(d *depot.Depot) {
	p.prendre(d, 38, 0, 1, 2, 3, 4, 5, 6, 7)
	p.proposer(d, 37, "", 0, 1, 2, 3, 4, 5)
	p.proposer(d, 37, motifRefus, 6)
	p.trancher(d, 36, 9, 0, 1, 2, 3, 4, 5, 6)
	p.notifier(36, 9)
	p.mener(d, 30, etat.Payee, p.comptable, "", 0, 1)
	p.mener(d, 29, etat.AModifier, p.instruit, motifModifier, 7)
}

// remplacer sends another order form in the place of one that the agency has looked at.
func (p *recit) remplacer(i compte.Identite, d *depot.Depot, rang, jours int) {
	if p.err != nil {
		return
	}
	p.le(jours, 11)
	toutes, err := p.Pieces.Pieces(p.ctx, i.Fournisseur, d.ID, rang)
	if p.rater("list the documents", err) {
		return
	}
	c, err := p.commandeDe(etat.Cle{Depot: d.ID, Rang: rang})
	if p.rater("read a demande", err) {
		return
	}
	octets, err := bonDeCommande(&c, sansEcart, p.Scene.Maintenant())
	if !p.rater("make a document", err) {
		p.envoyer(i, d, toutes[0].Attendu, octets)
	}
}

// melanger has a deposit of which some demandes were refused at the counter, and the others go their ways.
func (p *recit) melanger(d *depot.Depot, i compte.Identite) {
	p.documents(i, d, 33, func(rang int, _ string, octets []byte) []byte {
		if rang == 0 {
			return nil
		}
		return octets
	})
	p.prendre(d, 32, 4)
	p.mener(d, 32, etat.AModifier, p.instruit, motifModifier, 4) // nobody answers
	p.prendre(d, 28, 1, 2)
	p.mener(d, 25, etat.Retiree, i, motifRetrait, 5)
	p.proposer(d, 25, "", 1)
	p.trancher(d, 24, 9, 1)
	p.notifier(24, 9)
}

// instruire has the agency examine a part of a deposit: one to be changed, one proposed, one that is decided within the hour, one
// on which others are asked what they think.
func (p *recit) instruire(d *depot.Depot) {
	p.prendre(d, 20, 0, 1, 2, 3)
	p.mener(d, 18, etat.AModifier, p.instruit, motifModifier, 1)
	p.proposer(d, 2, "", 2, 3)
	p.consulter(d, 1, 0)
}

// mensonge leaves documents out, and sends one whose name lies about what it is.
func mensonge(rang int, _ string, octets []byte) []byte {
	switch rang {
	case 0:
		return []byte("Bonjour, ceci n'est pas un PDF.\n")
	case 1, 2:
		return octets
	}
	return nil
}

// chezLeDistributeur is what a supplier with little history did.
func (p *recit) chezLeDistributeur(d compte.Identite) {
	p.distribue = p.accepter(d, distribution)
	p.contester(d, p.accepter(d, conteste))
}

// correspondre has suppliers and the agency write to each other, up to what nobody has read yet.
func (p *recit) correspondre(e, deposant, d compte.Identite) {
	if p.err != nil {
		return
	}
	depots, err := p.Depots.Depots(p.ctx, e.Fournisseur, 0, 100)
	if p.rater("list the deposits", err) {
		return
	}
	premier := depots[len(depots)-1]
	fil := p.ecrire(29, suivi.Ecrit{
		Auteur: p.agent, Demande: suivi.Cle{Depot: premier.ID, Rang: 7}, Sujet: "Bon de commande à signer",
		Texte: "Bonjour,\n\nLe bon de commande de cette demande ne porte pas la signature de l'OG. Pouvez-vous envoyer celui qui est signé ?",
	})
	image, err := scan()
	p.rater("draw a scan", err)
	p.ecrire(28, suivi.Ecrit{Auteur: deposant, Fil: fil, Texte: "Bonjour,\n\nLe voici, envoyé parmi les pièces. Voici aussi la photo de la page signée.", Nom: "page-signee.png", Octets: image})
	fil = p.ecrire(7, suivi.Ecrit{
		Auteur: e, Sujet: "Délai de paiement",
		Texte: "Bonjour,\n\nSous quel délai l'avance est-elle payée après la décision ?",
	})
	p.ecrire(1, suivi.Ecrit{Auteur: p.agent, Fil: fil, Texte: "Bonjour,\n\nSous trente jours environ. L'accueil du guichet montre chaque paiement."})
	p.ecrire(1, suivi.Ecrit{
		Auteur: p.agent, Demande: suivi.Cle{Depot: p.distribue.ID}, Sujet: "Établissement déjà demandé",
		Texte: "Bonjour,\n\nUn autre fournisseur a demandé le même établissement. Votre client confirme-t-il sa commande ?",
	})
	p.ecrire(1, suivi.Ecrit{Auteur: d, Sujet: "Changement d'adresse", Texte: "Bonjour,\n\nNous déménageons le mois prochain : que faut-il vous envoyer ?"})
}

func (p *recit) ecrire(jours int, e suivi.Ecrit) int64 {
	if p.err != nil {
		return 0
	}
	p.le(jours, 13)
	fil, err := p.Suivi.Ecrire(p.ctx, e)
	p.rater("write a message", err)
	return fil
}
