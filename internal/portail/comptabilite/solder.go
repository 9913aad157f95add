package comptabilite

import (
	"context"
	"fmt"

	"guichet/internal/portail/db"
)

// Filtre is what a balance is of: all, a supplier's, a software's, a year's.
type Filtre struct {
	Fournisseur int64
	NumeroAns   string
	Annee       int
}

// conditions are those of a filter on a table. Lines after a closing are few, and found by their numbers: no index of suppliers.
func (f Filtre) conditions(c *db.Conditions, fournisseur, logiciel, annee string) db.Conditions {
	siennes := db.Conditions{}
	if f.Fournisseur != 0 {
		siennes.Si(fournisseur + " = " + c.Arg(f.Fournisseur))
	}
	if f.NumeroAns != "" {
		siennes.Si(logiciel + " = " + c.Arg(f.NumeroAns))
	}
	if f.Annee != 0 {
		siennes.Si(annee + " = " + c.Arg(f.Annee))
	}
	return siennes
}

// solde is an amount in a place.
type solde struct {
	poste   string
	montant int64
}

// Solder is what there is in each place: the last closing and the lines after it, at one moment.
func (s *Service) Solder(ctx context.Context, q db.Lecteur, f Filtre) (total Soldes, err error) {
	var c db.Conditions
	arretees := f.conditions(&c, "a.fournisseur_id", "a.numero_ans", "a.annee")
	depuis := f.conditions(&c, "e.fournisseur_id + 0", "e.numero_ans", "e.annee")
	soldes, err := db.Lignes(ctx, q, func(l db.Ligne, s *solde) error { return l.Scan(&s.poste, &s.montant) },
		`SELECT poste, CAST(SUM(montant) AS BIGINT) FROM (
			SELECT a.poste, a.montant FROM arrete_montant a WHERE `+arretees.Tout()+`
			UNION ALL SELECT l.poste, l.montant FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id
				WHERE e.id > (SELECT jusque FROM arrete WHERE id = 1) AND `+depuis.Tout()+`
		) x GROUP BY poste`, c.Args...)
	if err != nil {
		return total, fmt.Errorf("read a balance: %w", err)
	}
	for _, s := range soldes {
		p, ok := Lire(s.poste)
		if !ok {
			return total, fmt.Errorf("read a balance: there is no place %q", s.poste)
		}
		total[p] = s.montant
	}
	return total, nil
}
