package depot_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/quota"
)

// What a supplier deposits weighs on its day; once that is full nothing more is kept, and others go on.
func TestRoomOfADay(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 2)
		ids := g.fournisseurs
		un := fichierDe(0, 2, "AA", 0)
		d := g.deposer(t, envoi(ids[0], un))
		reste, err := quota.Reste(t.Context(), b.Lire(), ids[0], d.Recu)
		if err != nil || reste != quota.ParJour-int64(len(un)) {
			t.Errorf("%d bytes are left, %v", reste, err)
		}
		if d := g.deposer(t, envoi(ids[0], un)); !d.DejaDepose {
			t.Error("the same file is deposited twice")
		}
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return quota.Noter(ctx, tx, ids[0], d.Recu, reste-int64(len(un)))
		})
		if err != nil {
			t.Fatal(err)
		}
		g.deposer(t, envoi(ids[0], fichierDe(0, 2, "AB", 0))) // just as much as is left
		_, err = g.Deposer(t.Context(), envoi(ids[0], fichierDe(0, 2, "BB", 0)))
		var r depot.Refuse
		if !errors.As(err, &r) || r.Texte != quota.Texte {
			t.Errorf("%v", err)
		}
		if n := g.compter(t, `SELECT count(*) FROM depot WHERE fournisseur_id = $1`, ids[0]); n != 2 {
			t.Errorf("%d deposits", n)
		}
		g.deposer(t, envoi(ids[1], fichierDe(1, 2, "CC", 0)))
	})
}
