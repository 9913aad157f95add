package depot

import (
	"context"
	"database/sql"
	"encoding/binary"
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

// rangs is the factor between a deposit's id and the rank of its demande in a place.
const rangs = 1 << 16

// cle is a FINESS number as the table esms has it; 0 for what is none.
func cle(finess []byte) int64 {
	n, err := strconv.ParseUint(string(finess), 36, 63)
	if err != nil || len(finess) != 9 {
		return 0
	}
	return int64(n)
}

// reclamer notes that an accepted demande claims an ESMS.
func (c *controlee) reclamer(rang int, finess []byte) {
	if n := cle(finess); n != 0 {
		c.esms = binary.AppendUvarint(binary.AppendUvarint(c.esms, uint64(rang)), uint64(n))
	}
}

// ajouterESMS stores what the accepted demandes of a deposit claim.
func ajouterESMS(ctx context.Context, tx *sql.Tx, d *Depot, c *controlee) error {
	if len(c.esms) == 0 {
		return nil
	}
	_, err := tx.ExecContext(ctx, `INSERT INTO esms_attente (depot_id, contenu) VALUES ($1, $2)`, d.ID, c.esms)
	if err != nil {
		return fmt.Errorf("store the ESMS of a deposit: %w", err)
	}
	return nil
}

// maxCherches is how many ESMS of one file are looked for in other deposits.
const maxCherches = 20_000

// esmsDemandes finds which ESMS of a file earlier demandes claimed, those that had been given up or refused by then
// apart. Of another supplier's nothing is told but that. It is nil for a file that names too many, and n is how many it found.
func (s *Service) esmsDemandes(ctx context.Context, d *Depot, r *controle.Rapport, l modele.Langue) (f func(string) (string, bool), n int, err error) {
	var cles []int64
	for i := range r.Demandes() {
		r.ESMS(i, func(finess []byte) {
			if n := cle(finess); n != 0 && len(cles) <= maxCherches {
				cles = append(cles, n)
			}
		})
	}
	if len(cles) > maxCherches {
		return nil, 0, nil
	}
	var b [32]byte
	cles = slices.DeleteFunc(cles, func(n int64) bool { return !s.filtre.peut(cleESMS(b[:], n)) })
	if len(cles) == 0 {
		return func(string) (string, bool) { return "", false }, 0, nil
	}
	if err := s.RangerESMS(ctx); err != nil {
		return nil, 0, err
	}
	slices.Sort(cles)
	demandes := map[int64]string{}
	for lot := range slices.Chunk(slices.Compact(cles), 500) {
		if err := s.chercherESMS(ctx, d, lot, demandes, l); err != nil {
			return nil, 0, fmt.Errorf("find the ESMS claimed before: %w", err)
		}
	}
	return func(finess string) (string, bool) {
		par, deja := demandes[cle([]byte(finess))]
		return par, deja
	}, len(demandes), nil
}

// chercherESMS looks for the first demande before d that claims each of some ESMS. What became of a demande is asked
// in a value of its own, which no planner turns into a join of whole tables.
func (s *Service) chercherESMS(ctx context.Context, d *Depot, lot []int64, demandes map[int64]string, l modele.Langue) (err error) {
	avant := int64(math.MaxInt64)
	if !d.Simulation() {
		avant = d.ID * rangs
	}
	args := []any{avant, string(etat.Refusee), string(etat.Retiree), db.Instant(d.Recu)}
	valeurs := make([]string, len(lot))
	for i, n := range lot {
		args = append(args, n)
		valeurs[i] = "(CAST($" + strconv.Itoa(len(args)) + " AS BIGINT))"
	}
	lignes, err := s.base.Lire().QueryContext(ctx, `SELECT x.finess, x.place, p.fournisseur_id FROM (
			SELECT v.column1 AS finess, (SELECT e.place FROM esms e
				WHERE e.finess = v.column1 AND e.place < $1 AND (
					SELECT NOT (m.etat IN ($2, $3) AND m.maj <= $4) FROM depot q
					JOIN demande m ON m.fournisseur_id = q.fournisseur_id AND m.depot_id = q.id AND m.rang = e.place % 65536
					WHERE q.id = e.place / 65536
				) ORDER BY e.place LIMIT 1) AS place
			FROM (VALUES `+strings.Join(valeurs, ", ")+`) v) x JOIN depot p ON p.id = x.place / 65536`, args...)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, lignes.Close()) }()
	for lignes.Next() {
		var finess, place, fournisseur int64
		if err := lignes.Scan(&finess, &place, &fournisseur); err != nil {
			return err
		}
		demandes[finess] = ailleurs.In(l)
		if fournisseur == d.Fournisseur {
			demandes[finess] = NumeroASP(place/rangs, int(place%rangs))
		}
	}
	return lignes.Err()
}

var ailleurs = modele.Texte{Fr: "dans un autre dépôt", En: "in another deposit"}
