package depot

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
)

// Reclamant is a demande that claims an ESMS.
type Reclamant struct {
	FINESS string
	etat.Cle
}

// Reclamants lists up to n demandes of all suppliers, but for one, that claim some ESMS, whatever became of them: by ESMS, the first ones
// first.
func (s *Service) Reclamants(ctx context.Context, sauf etat.Cle, finess []string, n int) (tous []Reclamant, err error) {
	noms := map[int64]string{}
	for _, t := range finess {
		if k := cle([]byte(t)); k != 0 {
			noms[k] = t
		}
	}
	cles := make([]int64, 0, len(noms))
	for k := range noms {
		cles = append(cles, k)
	}
	slices.Sort(cles)
	attendent, err := s.enAttente(ctx, &Depot{jeton: "tous"}, cles)
	if err != nil {
		return nil, fmt.Errorf("find who claims some ESMS: %w", err)
	}
	for lot := range slices.Chunk(cles, parRequete) {
		ranges, err := s.rangesDe(ctx, lot, n+1)
		if err != nil {
			return nil, fmt.Errorf("find who claims some ESMS: %w", err)
		}
		attendent = append(attendent, ranges...)
	}
	slices.SortFunc(attendent, func(a, b reclamation) int {
		return cmp.Or(cmp.Compare(noms[a.finess], noms[b.finess]), cmp.Compare(a.place, b.place))
	})
	for _, r := range slices.Compact(attendent) { // what is put in its place meanwhile is met twice
		if c := (etat.Cle{Depot: r.place / rangs, Rang: int(r.place % rangs)}); c != sauf && len(tous) < n {
			tous = append(tous, Reclamant{noms[r.finess], c})
		}
	}
	return tous, nil
}

// rangesDe lists up to n claims of some ESMS that are in their places.
func (s *Service) rangesDe(ctx context.Context, lot []int64, n int) ([]reclamation, error) {
	var args []any
	marques := make([]string, len(lot))
	for i, k := range lot {
		args = append(args, k)
		marques[i] = "$" + strconv.Itoa(i+1)
	}
	args = append(args, n)
	return db.Lignes(ctx, s.base.Lire(), func(l db.Ligne, r *reclamation) error { return l.Scan(&r.finess, &r.place) },
		`SELECT finess, place FROM esms WHERE finess IN (`+strings.Join(marques, ", ")+`) ORDER BY finess, place LIMIT $`+strconv.Itoa(len(args)), args...)
}
