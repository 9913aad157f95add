package comptabilite

import (
	"context"
	"fmt"
	"strings"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/web"
)

// Etats are the states whose demandes have something in a place, as their suppliers see them.
func (p Poste) Etats() (etats []etat.Etat) {
	for _, d := range etat.Montres() {
		if (Demande{Etat: d.Etat, Montant: 20, Accorde: 10}).Soldes()[p] != 0 {
			etats = append(etats, d.Etat)
		}
	}
	return etats
}

// Place is where a part of a list begins: after that demande.
type Place struct {
	Fournisseur int64
	etat.Cle
}

// Situee is a demande behind an amount.
type Situee struct {
	Place
	Demande
	Montant int64 // in the place
}

// maxFournisseurs bounds how many suppliers are looked at for one part of a list.
const maxFournisseurs = 100

// Lister returns up to n demandes that have something in a place, after one, and where the next part begins; nil at the end.
func (s *Service) Lister(ctx context.Context, q db.Lecteur, f Filtre, p Poste, depuis Place, n int) (toutes []Situee, apres *Place, err error) {
	fournisseurs := []int64{f.Fournisseur}
	if f.Fournisseur == 0 {
		if fournisseurs, err = s.fournisseurs(ctx, q, p, depuis.Fournisseur); err != nil {
			return nil, nil, err
		}
	}
	for _, id := range fournisseurs {
		ici := Place{Fournisseur: id, Cle: etat.Cle{Rang: -1}}
		if id == depuis.Fournisseur {
			ici = depuis
		}
		siennes, err := s.siennes(ctx, q, f, p, ici, n-len(toutes)+1)
		if err != nil {
			return nil, nil, err
		}
		if toutes = append(toutes, siennes...); len(toutes) > n {
			toutes = toutes[:n]
			return toutes, &toutes[n-1].Place, nil
		}
	}
	if len(fournisseurs) == maxFournisseurs {
		return toutes, &Place{Fournisseur: fournisseurs[maxFournisseurs-1] + 1, Cle: etat.Cle{Rang: -1}}, nil
	}
	return toutes, nil, nil
}

// parmi writes a list of states.
func parmi(c *db.Conditions, p Poste) string {
	marques := []string{"''"} // none is an empty state
	for _, e := range p.Etats() {
		marques = append(marques, c.Arg(string(e)))
	}
	return strings.Join(marques, ", ")
}

// fournisseurs are those that have demandes in the states of a place, from one on.
func (s *Service) fournisseurs(ctx context.Context, q db.Lecteur, p Poste, depuis int64) ([]int64, error) {
	var c db.Conditions
	dans := parmi(&c, p)
	ids, err := db.Lignes(ctx, q, func(l db.Ligne, id *int64) error { return l.Scan(id) },
		`SELECT DISTINCT fournisseur_id FROM demande_etat WHERE nombre > 0 AND etat IN (`+dans+`) AND fournisseur_id >= `+c.Arg(depuis)+` ORDER BY fournisseur_id LIMIT `+c.Arg(maxFournisseurs), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list the suppliers that have something in a place: %w", err)
	}
	return ids, nil
}

// siennes are the demandes of one supplier.
func (s *Service) siennes(ctx context.Context, q db.Lecteur, f Filtre, p Poste, depuis Place, n int) ([]Situee, error) {
	var c db.Conditions
	dans := parmi(&c, p)
	c.Si("d.fournisseur_id = " + c.Arg(depuis.Fournisseur))
	c.Si("d.depot_id >= " + c.Arg(depuis.Depot))
	c.Si("(d.depot_id > " + c.Arg(depuis.Depot) + " OR d.rang > " + c.Arg(depuis.Rang) + ")")
	if f.NumeroAns != "" {
		c.Si("x.numero_ans = " + c.Arg(f.NumeroAns))
	}
	if f.Annee != 0 {
		c.Si("x.recu >= " + c.Arg(db.Instant(nouvelAn(f.Annee))))
		c.Si("x.recu < " + c.Arg(db.Instant(nouvelAn(f.Annee+1))))
	}
	if p == NonAccorde {
		c.Si("d.montant <> d.accorde")
	}
	toutes, err := db.Lignes(ctx, q, func(l db.Ligne, d *Situee) error {
		d.Fournisseur = depuis.Fournisseur
		err := l.Scan(&d.Depot, &d.Rang, &d.Etat, &d.Demande.Montant, &d.Accorde)
		d.Montant = d.Soldes()[p]
		return err
	}, `SELECT d.depot_id, d.rang, d.etat, d.montant, d.accorde FROM demande d JOIN depot x ON x.id = d.depot_id
		WHERE d.etat IN (`+dans+`) AND `+c.Tout()+` ORDER BY d.depot_id, d.rang LIMIT `+c.Arg(n), c.Args...)
	if err != nil {
		return nil, fmt.Errorf("list the demandes that have something in a place: %w", err)
	}
	return toutes, nil
}

// nouvelAn is when a year begins in Paris.
func nouvelAn(annee int) time.Time { return time.Date(annee, 1, 1, 0, 0, 0, 0, web.Paris()) }
