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

// Solde is what there is in each place for a supplier, a software, a year.
type Solde struct {
	Filtre
	Soldes Soldes
}

// Solder is what there is in each place: the last closing and the lines after it, at one moment.
func (s *Service) Solder(ctx context.Context, q db.Lecteur, f Filtre) (total Soldes, err error) {
	err = s.sommes(ctx, q, f, "", func(_ Filtre, p Poste, montant int64) { total[p] = montant })
	return total, err
}

// Detailler is the same, apart for each supplier, software and year: the first n.
func (s *Service) Detailler(ctx context.Context, q db.Lecteur, f Filtre, n int) (soldes []Solde, err error) {
	err = s.sommes(ctx, q, f, "fournisseur_id, numero_ans, annee, ", func(f Filtre, p Poste, montant int64) {
		if len(soldes) == 0 || soldes[len(soldes)-1].Filtre != f {
			soldes = append(soldes, Solde{Filtre: f})
		}
		soldes[len(soldes)-1].Soldes[p] = montant
	})
	return soldes[:min(n, len(soldes))], err
}

// somme is an amount in a place.
type somme struct {
	Filtre
	poste   string
	montant int64
}

// sommes reads amounts by place, and by columns before it.
func (s *Service) sommes(ctx context.Context, q db.Lecteur, f Filtre, par string, chaque func(Filtre, Poste, int64)) error {
	var c db.Conditions
	arretees := f.conditions(&c, "a.fournisseur_id", "a.numero_ans", "a.annee")
	depuis := f.conditions(&c, "e.fournisseur_id + 0", "e.numero_ans", "e.annee")
	sommes, err := db.Lignes(ctx, q, func(l db.Ligne, s *somme) error {
		if par == "" {
			return l.Scan(&s.poste, &s.montant)
		}
		return l.Scan(&s.Fournisseur, &s.NumeroAns, &s.Annee, &s.poste, &s.montant)
	}, `SELECT `+par+`poste, CAST(SUM(montant) AS BIGINT) FROM (
			SELECT a.fournisseur_id, a.numero_ans, a.annee, a.poste, a.montant FROM arrete_montant a WHERE `+arretees.Tout()+`
			UNION ALL SELECT e.fournisseur_id, e.numero_ans, e.annee, l.poste, l.montant FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id
				WHERE e.id > (SELECT jusque FROM arrete WHERE id = 1) AND `+depuis.Tout()+`
		) x GROUP BY `+par+`poste ORDER BY `+par+`poste`, c.Args...)
	if err != nil {
		return fmt.Errorf("read a balance: %w", err)
	}
	for _, s := range sommes {
		p, ok := Lire(s.poste)
		if !ok {
			return fmt.Errorf("read a balance: there is no place %q", s.poste)
		}
		chaque(s.Filtre, p, s.montant)
	}
	return nil
}
