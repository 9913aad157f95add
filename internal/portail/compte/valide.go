package compte

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"guichet/internal/portail/db"
	"guichet/modele"
)

// SansMandat is what is told to whom a mandate has ended.
var SansMandat = modele.Texte{
	Fr: "Le mandat par lequel vous agissez pour ce fournisseur n'est plus valide : il a été révoqué ou a pris fin. Rien n'a été enregistré. Demandez-lui un nouveau mandat, ou choisissez pour qui vous agissez.",
	En: "The mandate by which you act for this supplier is no longer valid: it was revoked or has ended. Nothing was stored. Ask it for a new mandate, or choose for whom you act.",
}

// MandatValide tells whether one supplier may act for another at an instant. In a transaction, verrou (db.Dialecte.Verrou)
// keeps it so until the transaction ends.
func MandatValide(ctx context.Context, q LecteurSQL, mandant, mandataire int64, instant time.Time, verrou string) (bool, error) {
	var id int64
	err := q.QueryRowContext(ctx, `SELECT m.id FROM mandat m WHERE m.mandant_id = $1 AND m.mandataire_id = $2 AND `+valide("$3")+`
		AND EXISTS (SELECT 1 FROM fournisseur g WHERE g.id = m.mandataire_id AND g.etat = 'actif') `+verrou, mandant, mandataire, db.Instant(instant)).Scan(&id)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look for a mandate: %w", err)
	}
	return true, nil
}

// valide is the condition on a mandat m at an instant: begun, neither revoked nor ended.
func valide(instant string) string {
	return `m.etat = 'actif' AND m.debut <= ` + instant + ` AND (m.fin = 0 OR m.fin > ` + instant + `)`
}
