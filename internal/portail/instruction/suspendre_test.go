package instruction_test

import (
	"context"
	"database/sql"
	"slices"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// A demande whose supplier is asked for something is in no list of what is late or nearly: its time stands still. Once it is answered, or
// the time to answer is over, it has as many days more.
func TestTimeStandsStill(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, c := m.demandee(t) // the 24 November; the 24 December is the last day to answer
		avant := paris(t, 1, 12).AddDate(0, 1, 23)
		proches := func() int {
			n, err := m.Compter(t.Context(), instruction.Filtre{File: instruction.Echeances})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if d := m.dossier(t, c); !d.Echeance.Equal(avant.AddDate(0, 0, 30)) || !d.Arrete(m.horloge) {
			t.Errorf("asked for: %s", d.Echeance)
		}
		executer(t, b, `UPDATE dossier SET echeance = $1`, db.Instant(paris(t, 24, 12)))
		if m.horloge = paris(t, 24, 9); proches() != 0 {
			t.Error("a time that does not run is near")
		}
		m.horloge = paris(t, 4, 9)
		if err := m.fournisseur(f, c, etat.Instruction); err != nil {
			t.Fatal(err)
		}
		d := m.dossier(t, c)
		if !d.Echeance.Equal(avant.AddDate(0, 0, 10)) || d.Arrete(m.horloge) || proches() != 0 {
			t.Errorf("answered: %s", d.Echeance)
		}
		if m.horloge = d.Echeance.AddDate(0, 0, -14); proches() != 1 {
			t.Error("near, and not listed")
		}
	})
}

// Deadlines of before suspensions counted are computed anew from the history, for both sides; what was never asked for keeps its own.
func TestDeadlinesOfBefore(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, c := m.demandee(t)
		m.horloge = m.horloge.AddDate(0, 0, 7)
		if err := m.fournisseur(f, c, etat.Instruction); err != nil {
			t.Fatal(err)
		}
		_, depot := m.deposer(t, "00000000200006", 1)
		autre := etat.Cle{Depot: depot}
		want := []time.Time{m.dossier(t, c).Echeance, m.dossier(t, autre).Echeance}
		executer(t, b, `UPDATE dossier SET echeance = 0`)
		executer(t, b, `UPDATE demande SET echeance = 0`)
		for range 2 {
			if err := m.Completer(context.Background()); err != nil {
				t.Fatal(err)
			}
		}
		if got := []time.Time{m.dossier(t, c).Echeance, m.dossier(t, autre).Echeance}; !slices.EqualFunc(got, want, time.Time.Equal) {
			t.Errorf("%s, want %s", got, want)
		}
		montrees, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, n *int64) error { return l.Scan(n) }, `SELECT echeance FROM demande ORDER BY depot_id`)
		if err != nil || !slices.Equal(montrees, []int64{db.Instant(want[0]), 0}) {
			t.Errorf("suppliers read %v, %v", montrees, err)
		}
	})
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
