package depot

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"guichet/controle"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/modele"
)

// maxCherches is how many ESMS of one file are looked for in other deposits.
const maxCherches = 20_000

// parRequete is how many values one query has.
const parRequete = 500

var ailleurs = modele.Texte{Fr: "dans un autre dépôt", En: "in another deposit"}

// esmsDemandes finds which ESMS of a file earlier demandes claimed, those that had been given up or refused by then
// apart. Of another supplier's nothing is told but that. It is nil for a file that names too many.
func (s *Service) esmsDemandes(ctx context.Context, d *Depot, r *controle.Rapport, l modele.Langue) (f func(string) (string, bool), err error) {
	cles, ok := s.aChercher(r)
	if !ok {
		return nil, nil
	}
	places, err := s.chercherESMS(ctx, d, cles)
	if err != nil {
		return nil, fmt.Errorf("find the ESMS claimed before: %w", err)
	}
	return func(finess string) (string, bool) {
		par, deja := places[cle([]byte(finess))]
		if deja && par.fournisseur == d.Fournisseur {
			return NumeroASP(par.place/rangs, int(par.place%rangs)), true
		}
		return ailleurs.In(l), deja
	}, nil
}

// aChercher lists the ESMS of a file that others may claim, each once; false when there are too many.
func (s *Service) aChercher(r *controle.Rapport) (cles []int64, ok bool) {
	for i := range r.Demandes() {
		r.ESMS(i, func(finess []byte) {
			if n := cle(finess); n != 0 && len(cles) <= maxCherches {
				cles = append(cles, n)
			}
		})
	}
	if len(cles) > maxCherches {
		return nil, false
	}
	var b [32]byte
	cles = slices.DeleteFunc(cles, func(n int64) bool { return !s.filtre.peut(cleESMS(b[:], n)) })
	slices.Sort(cles)
	return slices.Compact(cles), true
}

// reclamant is the demande that claims an ESMS, and whose it is.
type reclamant struct{ place, fournisseur int64 }

// chercherESMS looks for the first demande before d that claims each of some ESMS. Nobody waits here for those that
// wait for their places: they are looked through as they are, first, so that one that is put in its place meanwhile is
// met twice rather than never.
func (s *Service) chercherESMS(ctx context.Context, d *Depot, cles []int64) (map[int64]reclamant, error) {
	trouves := map[int64]reclamant{}
	if len(cles) == 0 {
		return trouves, nil
	}
	attendent, err := s.enAttente(ctx, d, cles)
	if err != nil {
		return nil, err
	}
	noter := func(finess int64, par reclamant) {
		if premier, deja := trouves[finess]; !deja || par.place < premier.place {
			trouves[finess] = par
		}
	}
	for lot := range slices.Chunk(cles, parRequete) {
		if err := s.ranges(ctx, d, lot, noter); err != nil {
			return nil, err
		}
	}
	for lot := range slices.Chunk(attendent, parRequete) {
		if err := s.vivantes(ctx, d, lot, noter); err != nil {
			return nil, err
		}
	}
	return trouves, nil
}

// avant bounds the places of the demandes before a deposit.
func (d *Depot) avant() int64 {
	if d.Controle() {
		return math.MaxInt64
	}
	return d.ID * rangs
}

// enAttente lists who claims some ESMS, sorted, among the deposits whose ESMS wait for their places.
func (s *Service) enAttente(ctx context.Context, d *Depot, cles []int64) (siennes []reclamation, err error) {
	lignes, err := s.base.Lire().QueryContext(ctx, `SELECT depot_id, contenu FROM esms_attente WHERE depot_id < $1 ORDER BY depot_id`, d.avant()/rangs)
	if err != nil {
		return nil, err
	}
	toutes, err := lireReclamations(lignes)
	if err != nil {
		return nil, err
	}
	for _, r := range toutes {
		if _, cherche := slices.BinarySearch(cles, r.finess); cherche {
			siennes = append(siennes, r)
		}
	}
	slices.SortFunc(siennes, func(a, b reclamation) int {
		return cmp.Or(cmp.Compare(a.finess, b.finess), cmp.Compare(a.place, b.place))
	})
	return siennes, nil
}

// vivante is whether the demande at a place, an expression, was neither refused nor given up by then. It is asked in a
// value of its own, which no planner turns into a join of whole tables.
func vivante(place string) string {
	return `(SELECT NOT (m.etat IN ($1, $2, $3) AND m.maj <= $4) FROM depot q
		JOIN demande m ON m.fournisseur_id = q.fournisseur_id AND m.depot_id = q.id AND m.rang = ` + place + ` % 65536
		WHERE q.id = ` + place + ` / 65536)`
}

// abandonnees are the first arguments of vivante: the states that claim nothing.
func abandonnees() (args []any) {
	for _, e := range etat.Abandonnees {
		args = append(args, string(e))
	}
	return args
}

// ranges looks for the ESMS that are in their places.
func (s *Service) ranges(ctx context.Context, d *Depot, lot []int64, noter func(int64, reclamant)) error {
	args := append(abandonnees(), db.Instant(d.Recu), d.avant())
	valeurs := make([]string, len(lot))
	for i, n := range lot {
		args = append(args, n)
		valeurs[i] = "(CAST($" + strconv.Itoa(len(args)) + " AS BIGINT))"
	}
	return s.reclamants(ctx, noter, `SELECT x.finess, x.place, p.fournisseur_id FROM (
			SELECT v.column1 AS finess, (SELECT e.place FROM esms e
				WHERE e.finess = v.column1 AND e.place < $5 AND `+vivante("e.place")+` ORDER BY e.place LIMIT 1) AS place
			FROM (VALUES `+strings.Join(valeurs, ", ")+`) v) x JOIN depot p ON p.id = x.place / 65536`, args)
}

// vivantes looks which of the ESMS that wait for their places are still claimed.
func (s *Service) vivantes(ctx context.Context, d *Depot, lot []reclamation, noter func(int64, reclamant)) error {
	args := append(abandonnees(), db.Instant(d.Recu))
	valeurs := make([]string, len(lot))
	for i, r := range lot {
		args = append(args, r.finess, r.place)
		valeurs[i] = "(CAST($" + strconv.Itoa(len(args)-1) + " AS BIGINT), CAST($" + strconv.Itoa(len(args)) + " AS BIGINT))"
	}
	return s.reclamants(ctx, noter, `SELECT v.column1, v.column2, p.fournisseur_id FROM (VALUES `+strings.Join(valeurs, ", ")+`) v
		JOIN depot p ON p.id = v.column2 / 65536 WHERE `+vivante("v.column2"), args)
}

func (s *Service) reclamants(ctx context.Context, noter func(int64, reclamant), texte string, args []any) (err error) {
	var lignes *sql.Rows
	if lignes, err = s.base.Lire().QueryContext(ctx, texte, args...); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var finess int64
		var par reclamant
		if err := lignes.Scan(&finess, &par.place, &par.fournisseur); err != nil {
			return err
		}
		noter(finess, par)
	}
	return lignes.Err()
}
