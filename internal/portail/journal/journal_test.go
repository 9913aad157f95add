package journal_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
)

func ajouter(t *testing.T, b *db.Base, chaine int64, objet string) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		return journal.Ajouter(ctx, tx, b.Dialecte, journal.Ligne{
			Chaine: chaine, Instant: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), Acteur: 7,
			Action: "depot.accepte", Objet: objet, Details: map[string]string{"demandes": "3"},
		})
	})
	if err != nil {
		t.Error(err)
	}
}

func executer(t *testing.T, b *db.Base, texte string, args ...any) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, texte, args...)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// Rows added at once by many stand in chains without gap, and chains do not mix.
func TestChains(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		var wg sync.WaitGroup
		for i := range 40 {
			wg.Go(func() { ajouter(t, b, int64(i%2), fmt.Sprint(i)) })
		}
		wg.Wait()
		for chaine := range int64(2) {
			if n, err := journal.Verifier(t.Context(), b.Lire(), chaine); n != 20 || err != nil {
				t.Errorf("chain %d: %d rows, %v", chaine, n, err)
			}
		}
		lignes, err := journal.Lire(t.Context(), b.Lire(), 1, 3, 5)
		if err != nil || len(lignes) != 5 || lignes[0].Rang != 3 || lignes[0].Details["demandes"] != "3" || lignes[0].Acteur != 7 {
			t.Errorf("%+v, %v", lignes, err)
		}
	})
}

func TestEmptyChain(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		if n, err := journal.Verifier(t.Context(), b.Lire(), 9); n != 0 || err != nil {
			t.Errorf("%d rows, %v", n, err)
		}
	})
}

// Whatever is done to a row afterwards shows at that row.
// ASVS 16.4.2.
func TestTampering(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		for i, c := range []struct {
			fait string
			rang int64
		}{
			{`UPDATE journal SET objet = 'x' WHERE chaine = $1 AND rang = 2`, 2},
			{`UPDATE journal SET details = '{"demandes":"4"}' WHERE chaine = $1 AND rang = 2`, 2},
			{`UPDATE journal SET instant = instant + 1 WHERE chaine = $1 AND rang = 3`, 3},
			{`DELETE FROM journal WHERE chaine = $1 AND rang = 2`, 2},
			{`DELETE FROM journal WHERE chaine = $1 AND rang = 3`, 3},
			{`DELETE FROM journal WHERE chaine = $1`, 1},
		} {
			chaine := int64(100 + i)
			for n := range 3 {
				ajouter(t, b, chaine, fmt.Sprint(n))
			}
			executer(t, b, c.fait, chaine)
			_, err := journal.Verifier(t.Context(), b.Lire(), chaine)
			var r *journal.Rupture
			if !errors.As(err, &r) || r.Rang != c.rang {
				t.Errorf("%s: %v, want a break at row %d", c.fait, err, c.rang)
			}
		}
	})
}
