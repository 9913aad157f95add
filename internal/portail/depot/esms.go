package depot

import (
	"context"
	"database/sql"
	"encoding/binary"
	"fmt"
	"strconv"

	"guichet/internal/portail/db"
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
	err := db.Poser(ctx, tx, `INSERT INTO esms_attente (depot_id, contenu) VALUES ($1, $2)`, d.ID, c.esms)
	if err != nil {
		return fmt.Errorf("store the ESMS of a deposit: %w", err)
	}
	return nil
}
