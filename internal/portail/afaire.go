package portail

import (
	"context"
	"fmt"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// aFaire is what waits for the agency besides demandes and messages: requests of suppliers, and jobs that failed.
func (p *Portail) aFaire(ctx context.Context, i compte.Identite) (liens []web.Lien, err error) {
	if liens, err = p.travail(ctx, i); err != nil {
		return nil, err
	}
	demandes, err := p.aFaireAvis(ctx, i)
	if err != nil {
		return nil, err
	}
	liens = append(liens, demandes...)
	entendus, err := p.entendus.AFaire(ctx, i)
	if liens = append(liens, entendus...); err != nil {
		return liens, err
	}
	lettres, err := p.aFaireLettres(ctx, i)
	if liens = append(liens, lettres...); err != nil || !i.Peut(web.Administrateur) {
		return liens, err
	}
	n, err := p.enrole.Attente(ctx, instruction.MaxCompte+1)
	if err != nil {
		return nil, fmt.Errorf("count the requests of suppliers: %w", err)
	}
	if n > 0 {
		liens = append(liens, web.Lien{Adresse: "/enrolements?etat=demande", Nom: auPlus(n,
			modele.Texte{Fr: "demande de fournisseur à examiner", En: "request of a supplier to examine"},
			modele.Texte{Fr: "demandes de fournisseurs à examiner", En: "requests of suppliers to examine"})})
	}
	manques, err := p.taches.Manques(ctx)
	if err != nil {
		return nil, fmt.Errorf("count the failed jobs: %w", err)
	}
	if len(manques) > 0 {
		liens = append(liens, web.Lien{Adresse: "/travaux", Nom: ecrit.Compter(int64(len(manques)),
			modele.Texte{Fr: "travail en échec", En: "failed job"}, modele.Texte{Fr: "travaux en échec", En: "failed jobs"})})
	}
	if t, oui := p.disque.presquePlein(); oui {
		liens = append(liens, web.Lien{Adresse: "/healthz", Nom: t})
	}
	return liens, nil
}
