package lot

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"guichet/internal/portail/decision"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
	"guichet/modele"
)

// juger tells of each demande what a lot will do to it, or why it is set aside.
func (s *Service) juger(ctx context.Context, a instruction.Agent, l *Lot, dossiers []instruction.Dossier) ([]Ligne, error) {
	lignes := make([]Ligne, len(dossiers))
	for i := range dossiers {
		d, x := &dossiers[i], &lignes[i]
		*x = Ligne{Cle: d.Cle, NumeroASP: d.NumeroASP, Version: d.Version, Montant: d.Montant}
		var err error
		if l.Genre == Decider {
			x.Cause, err = s.aDecider(ctx, a, x, d)
		} else {
			if l.Genre == Attribuer && d.Envisage > 0 {
				x.Montant = d.Envisage
			}
			x.Cause, err = s.aProposer(ctx, a, l, x, d)
		}
		if err != nil {
			return nil, fmt.Errorf("look at %s: %w", d.NumeroASP, err)
		}
		if x.Cause.Fr != "" {
			x.Issue = Ecartee
		}
	}
	return lignes, nil
}

// aProposer says why a demande cannot be proposed in a lot; "" when it can.
func (s *Service) aProposer(ctx context.Context, a instruction.Agent, l *Lot, x *Ligne, d *instruction.Dossier) (modele.Texte, error) {
	t := s.Maintenant()
	nom := d.Etat.Nom()
	switch {
	case d.Procedure > 0:
		return entendue, nil
	case d.Etat != etat.Complete && d.Etat != etat.Instruction:
		return modele.Texte{Fr: "elle est dans l'état « " + nom.Fr + " »", En: "it is in the state “" + nom.En + "”"}, nil
	case d.Agent != a.Compte && d.Tenu(t):
		return modele.Texte{Fr: "elle est tenue par " + ecrit.Nom(d.NomAgent), En: "it is held by " + ecrit.Nom(d.NomAgent)}, nil
	case d.Attend(t):
		j := web.Date(d.Attente)
		return modele.Texte{Fr: "elle attend jusqu'au " + j.Fr, En: "it waits until " + j.En}, nil
	case l.Genre == Refuser:
		return modele.Texte{}, nil
	}
	return s.sansReserve(ctx, l, x, d)
}

// entendue says why a demande on which suppliers are heard is in no lot.
var entendue = modele.Texte{Fr: "des fournisseurs sont entendus sur elle : elle se décide dans sa procédure contradictoire", En: "suppliers are heard on it: it is decided in its hearing"}

// alerte says which remarks a demande has, or that they were not looked for yet; "" for none.
func alerte(d *instruction.Dossier) modele.Texte {
	switch {
	case !d.Revue:
		return modele.Texte{Fr: "ses alertes ne sont pas encore vérifiées : préparez un autre lot dans un instant", En: "its alerts are not checked yet: prepare another batch in a moment"}
	case len(d.Alertes) > 0:
		var codes []string
		for _, a := range d.Alertes {
			codes = append(codes, a.Code)
		}
		return modele.Texte{Fr: "elle a une alerte : " + strings.Join(codes, ", "), En: "it has an alert: " + strings.Join(codes, ", ")}
	}
	return modele.Texte{}
}

// contraire says that an opinion was asked for which is not there, or is against; "" for neither.
func contraire(d *instruction.Dossier) modele.Texte {
	switch n := d.Avis.Mot(); {
	case d.Avis.Manquent():
		return modele.Texte{Fr: "un avis demandé n'est pas rendu (" + n.Fr + ")", En: "an opinion that was asked for is not there (" + n.En + ")"}
	case d.Avis.Contre > 0:
		return modele.Texte{Fr: "un avis y est défavorable", En: "an opinion is against it"}
	}
	return modele.Texte{}
}

// sansReserve says what speaks against an award that nobody looks at by itself.
func (s *Service) sansReserve(ctx context.Context, l *Lot, x *Ligne, d *instruction.Dossier) (modele.Texte, error) {
	if t := alerte(d); t.Fr != "" {
		return t, nil
	}
	if t := contraire(d); t.Fr != "" {
		return t, nil
	}
	v, err := s.Examens.Lire(ctx, d)
	if err != nil {
		return modele.Texte{}, err
	}
	points, err := s.Examens.Fiche(ctx, s.Base.Lire(), d.Cle, v.Types())
	if err != nil {
		return modele.Texte{}, err
	}
	restants := slices.Clone(points)
	for i, p := range points {
		if p.Reponse == "" {
			x.Points = append(x.Points, p.Code)
			if l.Reste {
				restants[i].Reponse = instruction.Oui
			}
		}
	}
	switch {
	case v.Illisible:
		return modele.Texte{Fr: "son fichier n'a pas pu être lu : ouvrez-la", En: "its file could not be read: open it"}, nil
	case v.Depasse:
		p := web.Montant(v.Plafond)
		return modele.Texte{Fr: "elle dépasse le plafond de " + p.Fr, En: "it is over the ceiling of " + p.En}, nil
	}
	return instruction.Accordable(restants), nil
}

// aDecider finds the proposal that a demande waits to be decided by, or says why the person cannot.
func (s *Service) aDecider(ctx context.Context, a instruction.Agent, x *Ligne, d *instruction.Dossier) (modele.Texte, error) {
	x.Montant = 0
	if d.Procedure > 0 {
		return entendue, nil
	}
	if d.Etat != etat.AValider {
		return modele.Texte{Fr: "rien n'y est proposé", En: "nothing is proposed of it"}, nil
	}
	toutes, err := s.Decisions.De(ctx, s.Base.Lire(), d.Cle)
	if err != nil {
		return modele.Texte{}, err
	}
	for _, p := range toutes {
		if p.Etat != decision.Proposee {
			continue
		}
		if p.ProposePar == a.Compte {
			return modele.Texte{Fr: "vous l'avez vous-même proposée : une autre personne décide", En: "you have proposed it yourself: somebody else decides"}, nil
		}
		if d.Avis.Manquent() { // it is decided all the same by who has read that
			return contraire(d), nil
		}
		x.Decision, x.Montant = p.ID, p.Montant
		return modele.Texte{}, nil
	}
	return modele.Texte{Fr: "rien n'y est proposé", En: "nothing is proposed of it"}, nil
}
