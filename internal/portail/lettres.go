package portail

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/lettre"
	"guichet/internal/portail/suivi"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// decisionVive is the decision on a demande that is proposed, or decided and not notified.
func (p *Portail) decisionVive(ctx context.Context, c etat.Cle) (*decision.Decision, error) {
	toutes, err := p.decisions.De(ctx, p.base.Lire(), c)
	for i := range toutes {
		if e := toutes[i].Etat; e == decision.Proposee || e == decision.Decidee {
			return &toutes[i], err
		}
	}
	return nil, err
}

// attribuee is the award of a demande that was notified and stands, for who withdraws it.
func (p *Portail) attribuee(ctx context.Context, c suivi.Cle) (reference string, montant int64, err error) {
	d, err := p.decisions.Attribuee(ctx, p.base.Lire(), c)
	switch {
	case errors.Is(err, decision.ErrInconnue):
		return "", 0, nil
	case err != nil:
		return "", 0, err
	}
	return d.Reference(), d.Montant, nil
}

// retoucher lets somebody of the agency change the letter of a demande.
func (p *Portail) retoucher(ctx context.Context, tx *sql.Tx, i compte.Identite, c etat.Cle) error {
	return p.examens.Retoucher(ctx, tx, instruction.Agent{Compte: i.Compte, Nom: i.Nom, Roles: i.Fonctions()}, c)
}

// lettreDe is the French letter of a decision, for the agency's sheet.
func (p *Portail) lettreDe(ctx context.Context, d *decision.Decision, auteur int64) (*instruction.Lettre, error) {
	if d.Etat == decision.Decidee {
		figees, err := p.lettres.Figees(ctx, p.base.Lire(), d.ID)
		if err != nil || len(figees) == 0 {
			return nil, err
		}
		return &instruction.Lettre{Corps: figees[0].Corps(), Empreinte: figees[0].Empreinte}, nil
	}
	projet, err := p.lettres.Projet(ctx, p.base.Lire(), d, auteur)
	if err != nil {
		return nil, err
	}
	return &instruction.Lettre{Corps: projet[0].Corps(), Empreinte: projet[0].Empreinte, Sceau: lettre.Sceau(projet), Pourquoi: lettre.Pourquoi(projet)}, nil
}

// surLettre begins what a mail on a letter tells of.
const surLettre = "lettre:"

// annoncerLettre takes charge of the mails on letters: they are written, with what they carry, when they are sent.
func (p *Portail) annoncerLettre(ctx context.Context, tx *sql.Tx, gens []compte.Destinataire, references []string) error {
	courriels := make([]courriel.Message, len(gens))
	for i, g := range gens {
		courriels[i] = courriel.Message{A: g.Courriel, Nom: g.Nom, Langue: courriel.Langue(g.Langue), Sur: surLettre + strings.Join(references, " ")}
	}
	return courriel.Ecrire(ctx, tx, p.taches, p.coffre, courriels...)
}

// redigerLettre writes the mail on letters; false when it is on something else.
func (p *Portail) redigerLettre(ctx context.Context, sur string, l modele.Langue) (r courriel.Redaction, oui bool, err error) {
	suite, oui := strings.CutPrefix(sur, surLettre)
	switch references := strings.Fields(suite); {
	case !oui:
	case len(references) == 1:
		r, err = p.lettres.Rediger(ctx, references[0], l)
	default:
		r, err = p.lettres.RedigerPlusieurs(ctx, references, l)
	}
	return r, oui, err
}

// lettresDe are the letters on a demande, for its page.
func (p *Portail) lettresDe(ctx context.Context, c suivi.Cle) (liens []web.Lien, err error) {
	recues, err := p.lettres.Recues(ctx, p.base.Lire(), lettre.Filtre{Cle: &c, Limite: lettre.MaxLettres})
	for _, r := range recues {
		nom, jour := lettre.Genre(r.Sens).Nom(), web.Date(r.Instant)
		t := modele.Texte{Fr: nom.Fr + " " + r.Reference() + ", " + jour.Fr, En: nom.En + " " + r.Reference() + ", " + jour.En}
		if r.RemplaceePar != "" {
			t.Fr, t.En = t.Fr+" (remplacée par "+r.RemplaceePar+")", t.En+" (replaced by "+r.RemplaceePar+")"
		}
		if !r.Abandonnee.IsZero() {
			le := web.Date(r.Abandonnee)
			t.Fr, t.En = t.Fr+" (abandonnée par le fournisseur le "+le.Fr+")", t.En+" (given up by the supplier on "+le.En+")"
		}
		liens = append(liens, web.Lien{Nom: t, Adresse: "/lettres/" + r.Reference()})
	}
	if err != nil {
		return nil, err
	}
	autres, err := p.courriersDe(ctx, c)
	return append(liens, autres...), err
}

// aFaireLettres is what letters wait for: to be read, to be posted, and that a company says how it is notified.
func (p *Portail) aFaireLettres(ctx context.Context, i compte.Identite) (liens []web.Lien, err error) {
	f := lettre.Filtre{Fournisseur: i.Fournisseur, NonLues: true}
	adresse, un, plusieurs := "/lettres?file=nonlues", modele.Texte{Fr: "lettre de décision à lire", En: "letter of a decision to read"}, modele.Texte{Fr: "lettres de décision à lire", En: "letters of decisions to read"}
	if i.DeAgence() {
		f = lettre.Filtre{APoster: true}
		adresse, un, plusieurs = "/lettres?file=poste", modele.Texte{Fr: "lettre à envoyer par la poste", En: "letter to be posted"}, modele.Texte{Fr: "lettres à envoyer par la poste", En: "letters to be posted"}
	}
	if i.Role == "" || i.DeAgence() && !i.Peut(web.Instructeur) && !i.Peut(web.Valideur) {
		return nil, nil
	}
	n, err := p.lettres.Compter(ctx, f, instruction.MaxCompte+1)
	if err != nil {
		return nil, err
	}
	if n > 0 {
		liens = append(liens, web.Lien{Adresse: adresse, Nom: auPlus(int64(n), un, plusieurs)})
	}
	autres, err := p.aFaireCourriers(ctx, i)
	if liens = append(liens, autres...); err != nil || !i.Peut(web.Proprietaire) {
		return liens, err
	}
	a, err := p.lettres.Accord(ctx, p.base.Lire(), i.Fournisseur)
	if err == nil && !a.Choisi {
		liens = append(liens, web.Lien{Adresse: "/notification", Nom: modele.Texte{Fr: "Choisir comment les décisions vous sont notifiées", En: "Choose how decisions are notified to you"}})
	}
	return liens, err
}
