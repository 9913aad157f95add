package depot

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"

	"guichet/internal/portail/db"
)

// maxRanges is how many deposits one transaction puts in their places: more would make others wait for it.
const maxRanges = 20

// reclamation is an ESMS that a demande claims.
type reclamation struct{ finess, place int64 }

// What makes RangerAuRepos wait: so many deposits since it looked last, while fewer than so many wait for their places.
const (
	affluence  = 20
	maxAttente = 1000
)

// RangerAuRepos is RangerESMS, unless deposits are coming in: they go before. Call it every few seconds.
func (s *Service) RangerAuRepos(ctx context.Context) error {
	for presse := int64(affluence); s.arrivees.Swap(0) < presse || s.attendent.Load() >= maxAttente; presse = 1 {
		if reste, err := s.rangerQuelques(ctx); !reste || err != nil {
			return err
		}
	}
	return nil
}

// RangerESMS puts what deposits claim where it is looked up. Done by each deposit for itself, that would write a
// page of the database for each of several hundred ESMS; in order and many at once it costs a fraction.
func (s *Service) RangerESMS(ctx context.Context) error {
	for {
		if reste, err := s.rangerQuelques(ctx); !reste || err != nil {
			return err
		}
	}
}

// rangerQuelques does so for some deposits, and tells whether there were any.
func (s *Service) rangerQuelques(ctx context.Context) (reste bool, err error) {
	err = s.base.Lire().QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM esms_attente)`).Scan(&reste)
	switch {
	case err == nil && reste:
		err = s.base.Ecrire(ctx, s.ranger)
		s.attendent.Add(-maxRanges)
	case err == nil:
		s.attendent.Store(0)
	}
	if err != nil {
		return false, fmt.Errorf("put the claimed ESMS in their places: %w", err)
	}
	return reste, nil
}

func (s *Service) ranger(ctx context.Context, tx *sql.Tx) error {
	lignes, err := tx.QueryContext(ctx, `DELETE FROM esms_attente WHERE depot_id IN (SELECT depot_id FROM esms_attente ORDER BY depot_id LIMIT $1)
		RETURNING depot_id, contenu`, maxRanges)
	if err != nil {
		return err
	}
	toutes, err := lireReclamations(lignes)
	if err != nil {
		return err
	}
	slices.SortFunc(toutes, func(a, b reclamation) int {
		return cmp.Or(cmp.Compare(a.finess, b.finess), cmp.Compare(a.place, b.place))
	})
	finess, places := make(db.Entiers, len(toutes)), make(db.Entiers, len(toutes))
	for i, r := range toutes {
		finess[i], places[i] = r.finess, r.place
	}
	err = s.esms.Executer(ctx, tx, nil, finess, places)
	return err
}

func lireReclamations(lignes *sql.Rows) (toutes []reclamation, err error) {
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var id int64
		var contenu []byte
		if err := lignes.Scan(&id, &contenu); err != nil {
			return nil, err
		}
		if toutes, err = lireContenu(toutes, id, contenu); err != nil {
			return nil, err
		}
	}
	return toutes, lignes.Err()
}

// lireContenu reads what a deposit claims: the rank and the ESMS of each, as varints.
func lireContenu(toutes []reclamation, depot int64, contenu []byte) ([]reclamation, error) {
	for len(contenu) > 0 {
		rang, n := binary.Uvarint(contenu)
		finess, m := binary.Uvarint(contenu[max(n, 0):])
		if n <= 0 || m <= 0 {
			return nil, fmt.Errorf("deposit %s: its ESMS are damaged", ImpID(depot))
		}
		toutes = append(toutes, reclamation{int64(finess), depot*rangs + int64(rang)})
		contenu = contenu[n+m:]
	}
	return toutes, nil
}
