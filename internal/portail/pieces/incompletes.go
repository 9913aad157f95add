package pieces

import (
	"context"
	"errors"
	"fmt"
)

// Incomplete is a demande that still lacks documents.
type Incomplete struct {
	Depot   int64
	Fichier string // name of the deposited file
	Rang    int
	Numero  string
	Pieces  []Piece
}

// Apres is where the next part of the list of incomplete demandes begins: behind this deposit and rank.
type Apres struct {
	Depot int64
	Rang  int
}

// Incompletes counts the incomplete demandes of a supplier.
func (s *Service) Incompletes(ctx context.Context, fournisseur int64) (int, error) {
	return incompletes(ctx, s.Base.Lire(), fournisseur)
}

func incompletes(ctx context.Context, l lecteur, fournisseur int64) (n int, err error) {
	err = l.QueryRowContext(ctx, `SELECT COALESCE(SUM(incompletes), 0) FROM depot WHERE fournisseur_id = $1 AND incompletes > 0`, fournisseur).Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count the incomplete demandes: %w", err)
	}
	return n, nil
}

// ListerIncompletes lists up to max of them with their documents, those of the oldest deposit first, whose time
// ends first, and where the list goes on; nil at its end.
func (s *Service) ListerIncompletes(ctx context.Context, fournisseur int64, apres Apres, max int) (liste []Incomplete, suite *Apres, err error) {
	trouvees, err := s.chercherIncompletes(ctx, fournisseur, apres, max+1)
	if err != nil {
		return nil, nil, err
	}
	if len(trouvees) > max {
		derniere := trouvees[max-1]
		suite, trouvees = &Apres{derniere.depot.id, derniere.rang}, trouvees[:max]
	}
	for debut := 0; debut < len(trouvees); {
		fin := debut
		var choisies []demande
		for ; fin < len(trouvees) && trouvees[fin].depot.id == trouvees[debut].depot.id; fin++ {
			choisies = append(choisies, trouvees[fin].demande)
		}
		d := &trouvees[debut].depot
		pieces, err := s.pieces(ctx, d, choisies, -1)
		if err != nil {
			return nil, nil, err
		}
		liste = append(liste, ranger(d, choisies, pieces)...)
		debut = fin
	}
	return liste, suite, nil
}

func ranger(d *leDepot, choisies []demande, pieces []Piece) (liste []Incomplete) {
	for _, u := range choisies {
		i := Incomplete{Depot: d.id, Fichier: d.nom, Rang: u.rang, Numero: u.numero}
		for _, p := range pieces {
			if p.Rang == u.rang {
				i.Pieces = append(i.Pieces, p)
			}
		}
		liste = append(liste, i)
	}
	return liste
}

type trouvee struct {
	depot leDepot
	demande
}

// chercherIncompletes goes by depot_incomplet: deposits without incomplete demandes cost nothing.
func (s *Service) chercherIncompletes(ctx context.Context, fournisseur int64, apres Apres, max int) (trouvees []trouvee, err error) {
	lignes, err := s.Base.Lire().QueryContext(ctx, `SELECT d.id, d.fournisseur_id, d.nom, d.sha256, d.edition, u.rang, u.numero, u.etat, u.debut, u.fin
		FROM depot d JOIN demande u ON u.fournisseur_id = d.fournisseur_id AND u.depot_id = d.id
		WHERE d.fournisseur_id = $1 AND d.incompletes > 0 AND d.id >= $2 AND (d.id > $2 OR u.rang > $3) AND u.etat = 'incomplete'
		ORDER BY d.id, u.rang LIMIT $4`, fournisseur, apres.Depot, apres.Rang, max)
	if err != nil {
		return nil, fmt.Errorf("list the incomplete demandes: %w", err)
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var t trouvee
		if err := lignes.Scan(&t.depot.id, &t.depot.fournisseur, &t.depot.nom, &t.depot.sha256, &t.depot.edition, &t.rang, &t.numero, &t.etat, &t.debut, &t.fin); err != nil {
			return nil, fmt.Errorf("list the incomplete demandes: %w", err)
		}
		trouvees = append(trouvees, t)
	}
	return trouvees, lignes.Err()
}
