package compteur_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"testing"

	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// What comes in and goes out of a counter in one transaction is written once; what comes to nothing makes no counter.
func TestCounters(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		deux := make([]int64, 2)
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			for i := range deux {
				err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
					VALUES ($1, 'ÉDITEUR D''EXEMPLE', 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', 1) RETURNING id`, fmt.Sprint(i)).Scan(&deux[i])
				if err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
		for range 2 {
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				un := compteur.Total{Nombre: 1, Montant: 1000, Avance: 300}
				return errors.Join(
					compteur.Ajouter(ctx, tx, deux[1], etat.Complete, un), compteur.Ajouter(ctx, tx, deux[0], etat.Complete, un.Plus(un)),
					compteur.Ajouter(ctx, tx, deux[0], etat.Complete, un.Moins()), compteur.Ajouter(ctx, tx, deux[0], etat.Instruction, un),
					compteur.Ajouter(ctx, tx, deux[0], etat.Retiree, un), compteur.Ajouter(ctx, tx, deux[0], etat.Retiree, un.Moins()),
				)
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		lus, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, s *string) error {
			var f, n, montant, avance int64
			var e string
			err := l.Scan(&f, &e, &n, &montant, &avance)
			*s = fmt.Sprint(f-deux[0], " ", e, " ", n, " ", montant, " ", avance)
			return err
		}, `SELECT fournisseur_id, etat, nombre, montant, avance FROM demande_etat ORDER BY fournisseur_id, etat`)
		if want := []string{"0 complete 2 2000 600", "0 instruction 2 2000 600", "1 complete 2 2000 600"}; err != nil || !slices.Equal(lus, want) {
			t.Errorf("counted %q, %v, want %q", lus, err, want)
		}
	})
}
