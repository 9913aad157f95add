package instruction

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/journal"
)

// consigner adds an act on a demande to the journal of its supplier, in the transaction of the act. Changes of state have their own rows
// (suivi.Changer). What somebody wrote stays out of it.
func (s *Service) consigner(ctx context.Context, tx *sql.Tx, compte int64, c etat.Cle, acte string, details map[string]string) error {
	type cle int64 // of a deposit, whose supplier never changes
	fournisseur, err := db.UneFois(ctx, cle(c.Depot), func() (f int64, err error) {
		err = tx.QueryRowContext(ctx, `SELECT fournisseur_id FROM depot WHERE id = $1`, c.Depot).Scan(&f) // the demande may lack documents, and be in no queue
		return f, err
	})
	if err != nil {
		return fmt.Errorf("read whose demande it is: %w", err)
	}
	return journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
		Chaine: fournisseur, Instant: s.Maintenant(), Acteur: compte, Action: "dossier." + acte, Objet: s.NumeroASP(c.Depot, c.Rang), Details: details,
	})
}

// parLigne is how many demandes that are handed over together one row of the journal names.
const parLigne = 100

// consignerConfiees tells of all that was handed over in one go: a row for each supplier, more where they are many.
func (s *Service) consignerConfiees(ctx context.Context, tx *sql.Tx, par, de, a int64, confiees []Dossier) error {
	numeros := map[int64][]string{}
	for _, d := range confiees {
		numeros[d.Fournisseur] = append(numeros[d.Fournisseur], d.NumeroASP)
	}
	for _, f := range slices.Sorted(maps.Keys(numeros)) {
		for lot := range slices.Chunk(numeros[f], parLigne) {
			err := journal.Ajouter(ctx, tx, s.Base.Dialecte, journal.Ligne{
				Chaine: f, Instant: s.Maintenant(), Acteur: par, Action: "dossier.confiee", Objet: lot[0],
				Details: map[string]string{"de": strconv.FormatInt(de, 10), "a": strconv.FormatInt(a, 10), "demandes": strings.Join(lot, " ")},
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
