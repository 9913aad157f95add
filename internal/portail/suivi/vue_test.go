package suivi_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// The agency has had in hand what it took up since, of that demande, and nothing else.
func TestSeenByTheAgency(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "x.json", 1, 2)
		avant := m.horloge
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0, 1)
		m.horloge = avant.Add(time.Hour)
		m.changer(t, f, d, etat.Instruction, etat.Agence, "", 1)
		for _, c := range []struct {
			rang   int
			depuis time.Time
			want   bool
		}{{0, avant, false}, {1, avant, true}, {1, m.horloge, true}, {1, m.horloge.Add(time.Microsecond), false}} {
			m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
				got, err := m.VueParAgence(ctx, tx, d, c.rang, c.depuis)
				if got != c.want {
					t.Errorf("%+v: %v", c, got)
				}
				return err
			})
		}
	})
}
