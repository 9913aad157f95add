package portail

import (
	"context"
	"database/sql"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courrier"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// modificationDe is the French letter of a request for a change that would be made now, for the agency's sheet.
func (p *Portail) modificationDe(ctx context.Context, q db.Lecteur, d *instruction.Dossier, motif string) (*instruction.Lettre, error) {
	projet, err := p.courriers.Projet(ctx, q, d.Fournisseur, d.Cle, motif)
	if err != nil {
		return nil, err
	}
	return &instruction.Lettre{Corps: projet[0].Corps(), Empreinte: projet[0].Empreinte, Sceau: lettre.Sceau(projet)}, nil
}

// courrierDe is the letter of what was just asked for, for its mail.
func (p *Portail) courrierDe(ctx context.Context, tx *sql.Tx, c suivi.Cle) (dit modele.Texte, sur string, err error) {
	k, err := p.courriers.Un(ctx, tx, courrier.Filtre{Cle: &c})
	if err != nil {
		return dit, "", err
	}
	dit, sur = p.courriers.Dire(k)
	return dit, sur, nil
}

// courriersDe are the letters on a demande that decided nothing.
func (p *Portail) courriersDe(ctx context.Context, c etat.Cle) (liens []web.Lien, err error) {
	tous, err := p.courriers.Lister(ctx, p.base.Lire(), courrier.Filtre{Cle: &c, Limite: courrier.Max})
	for _, k := range tous {
		nom, jour := k.Nom(), web.Date(k.Instant)
		liens = append(liens, web.Lien{Nom: modele.Texte{Fr: nom.Fr + ", " + jour.Fr, En: nom.En + ", " + jour.En}, Adresse: k.Page()})
	}
	return liens, err
}

// aFaireCourriers is what letters that decide nothing wait for: to be read, to be posted.
func (p *Portail) aFaireCourriers(ctx context.Context, i compte.Identite) ([]web.Lien, error) {
	f := courrier.Filtre{Fournisseur: i.Fournisseur, NonLus: true, Limite: instruction.MaxCompte + 1}
	adresse, un, plusieurs := "/courriers?file=nonlues", modele.Texte{Fr: "lettre sans décision à lire", En: "letter without a decision to read"}, modele.Texte{Fr: "lettres sans décision à lire", En: "letters without a decision to read"}
	if i.DeAgence() {
		f.NonLus, f.APoster = false, true
		adresse, un, plusieurs = "/courriers?file=poste", modele.Texte{Fr: "lettre sans décision à envoyer par la poste", En: "letter without a decision to be posted"}, modele.Texte{Fr: "lettres sans décision à envoyer par la poste", En: "letters without a decision to be posted"}
	}
	tous, err := p.courriers.Lister(ctx, p.base.Lire(), f)
	if err != nil || len(tous) == 0 {
		return nil, err
	}
	return []web.Lien{{Adresse: adresse, Nom: auPlus(int64(len(tous)), un, plusieurs)}}, nil
}
