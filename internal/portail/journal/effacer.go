package journal

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"time"

	"guichet/internal/portail/db"
)

// effacement is the action of the entry that says of which one the details were erased.
const effacement = "journal.efface"

// Effacer erases the details of an entry, and what they were salted with; the entry stays, with its place and its proofs, and another one
// says that it was done.
func Effacer(ctx context.Context, tx *sql.Tx, d db.Dialecte, entree, acteur int64, quand time.Time) error {
	var chaine int64
	var sel []byte
	var details string
	err := tx.QueryRowContext(ctx, `SELECT chaine, sel, details FROM journal WHERE entree = $1 AND engagement IS NULL `+d.Verrou, entree).Scan(&chaine, &sel, &details)
	if err != nil {
		return fmt.Errorf("find the entry %d: %w", entree, err)
	}
	if err := db.Poser(ctx, tx, `UPDATE journal SET details = '', sel = $1, engagement = $2 WHERE entree = $3`, []byte{}, engager(sel, details), entree); err != nil {
		return fmt.Errorf("erase the details of entry %d: %w", entree, err)
	}
	return Ajouter(ctx, tx, d, Ligne{Chaine: chaine, Instant: quand, Acteur: acteur, Action: effacement, Objet: strconv.FormatInt(entree, 10)})
}
