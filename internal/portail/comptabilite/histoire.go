package comptabilite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// Passee is an entry in the history of a demande: its part of the lines.
type Passee struct {
	ID      int64
	Instant time.Time
	Acte    string
	Qui     string // "" for the program
	Lignes  []Ligne
}

// Ligne is what an entry changed in a place.
type Ligne struct {
	Description
	Montant int64
}

// Nom is what an act is called.
func (p *Passee) Nom() modele.Texte {
	switch mot, _ := strings.CutPrefix(p.Acte, "demande."); {
	case p.Acte == "ouverture":
		return modele.Texte{Fr: "Reprise à l'ouverture des comptes", En: "Taken over as the accounts were opened"}
	case strings.HasPrefix(p.Acte, "depot."):
		return modele.Texte{Fr: "Dépôt", En: "Deposit"}
	case mot == "correction":
		return modele.Texte{Fr: "Correction", En: "Correction"}
	default:
		return etat.Etat(mot).Nom()
	}
}

// Trouver reads what there is to account for of a demande; false where there is none.
func (s *Service) Trouver(ctx context.Context, q db.Lecteur, c etat.Cle) (d Demande, fournisseur int64, ok bool, err error) {
	err = q.QueryRowContext(ctx, `SELECT d.fournisseur_id, d.etat, d.montant, d.accorde FROM depot x JOIN demande d ON d.fournisseur_id = x.fournisseur_id AND d.depot_id = x.id
		WHERE x.id = $1 AND d.rang = $2`, c.Depot, c.Rang).Scan(&fournisseur, &d.Etat, &d.Montant, &d.Accorde)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return d, 0, false, nil
	case err != nil:
		return d, 0, false, fmt.Errorf("read a demande: %w", err)
	}
	return d, fournisseur, true, nil
}

// Histoire lists the entries that concern a demande, in their order.
func (s *Service) Histoire(ctx context.Context, q db.Lecteur, fournisseur int64, c etat.Cle) (passees []Passee, err error) {
	type rangee struct {
		Passee
		instant      int64
		poste, parts string
	}
	rangees, err := db.Lignes(ctx, q, func(l db.Ligne, r *rangee) error {
		return l.Scan(&r.ID, &r.instant, &r.Acte, &r.Qui, &r.poste, &r.parts)
	}, `SELECT e.id, e.instant, e.acte, COALESCE(c.nom, ''), l.poste, l.parts FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id LEFT JOIN compte c ON c.id = e.compte_id
		WHERE e.fournisseur_id = $1 AND e.depot_id = $2 ORDER BY e.id`, fournisseur, c.Depot)
	if err != nil {
		return nil, fmt.Errorf("read the entries of a demande: %w", err)
	}
	for _, r := range rangees {
		montant := int64(0)
		if err := lireParts(r.parts, func(rang int, part int64) {
			if rang == c.Rang {
				montant += part
			}
		}); err != nil {
			return nil, err
		}
		poste, ok := Lire(r.poste)
		if montant == 0 || !ok {
			continue
		}
		if n := len(passees); n == 0 || passees[n-1].ID != r.ID {
			r.Instant, r.Qui = db.Temps(r.instant), ecrit.Visible(r.Qui)
			passees = append(passees, r.Passee)
		}
		p := &passees[len(passees)-1]
		p.Lignes = append(p.Lignes, Ligne{Postes[poste], montant})
	}
	for _, p := range passees {
		slices.SortFunc(p.Lignes, func(a, b Ligne) int { return cmp.Compare(a.Poste, b.Poste) })
	}
	return passees, nil
}
