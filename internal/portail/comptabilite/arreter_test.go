package comptabilite_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"guichet/internal/portail/comptabilite"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// A closing changes no balance, whatever is asked for: of all, of a supplier, of a software, of a year. It goes on where the last one ended.
func TestClosing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, g := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000100016")
		m.deposer(t, f, 100, 200)
		m.horloge = time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC) // 2027 in Paris
		d := m.deposer(t, g, 1000)
		verifier := func() {
			t.Helper()
			for _, c := range []struct {
				filtre  comptabilite.Filtre
				attendu int64
			}{
				{comptabilite.Filtre{}, 1300},
				{comptabilite.Filtre{Fournisseur: f}, 300},
				{comptabilite.Filtre{Fournisseur: g}, 1000},
				{comptabilite.Filtre{NumeroAns: "ANS0000001"}, 1300},
				{comptabilite.Filtre{NumeroAns: "ANS0000002"}, 0},
				{comptabilite.Filtre{Annee: 2026}, 300},
				{comptabilite.Filtre{Annee: 2027}, 1000},
				{comptabilite.Filtre{Fournisseur: f, Annee: 2027}, 0},
				{comptabilite.Filtre{Fournisseur: g, NumeroAns: "ANS0000001", Annee: 2027}, 1000},
			} {
				s, err := m.Solder(t.Context(), b.Lire(), c.filtre)
				if err != nil || s[comptabilite.Demandes] != -c.attendu || !s.Equilibres() {
					t.Errorf("%+v: %s, %v", c.filtre, ecrits(s), err)
				}
			}
			comptabiliteessai.Verifier(t, b)
		}
		verifier()
		for _, attendu := range []int64{2, 0} {
			if n, err := m.Arreter(t.Context()); n != attendu || err != nil {
				t.Errorf("%d entries, %v", n, err)
			}
			verifier()
		}
		m.mener(t, g, d, 0, etat.Retiree)
		verifier()
		if n, err := m.Arreter(t.Context()); n != 1 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
		verifier()
	})
}

// More entries than one transaction of a closing takes are all summed; each has its own lines, of however many in one transaction.
func TestLongClosing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			for n := range 1203 {
				err := comptabilite.Passer(ctx, tx, b.Dialecte, comptabilite.Ecriture{Depot: int64(n), Fournisseur: f, Recu: m.horloge, Pas: []comptabilite.Pas{{A: comptabilite.Demande{Etat: etat.Incomplete, Montant: 1 + int64(n)}}}})
				if err != nil {
					return err
				}
			}
			return nil
		})
		if n, err := m.Arreter(t.Context()); n != 1203 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
		var jusque, arrete, autres int64
		err := b.Lire().QueryRow(`SELECT (SELECT jusque FROM arrete), (SELECT montant FROM arrete_montant WHERE poste = 'en_instance'),
			(SELECT COUNT(*) FROM ecriture e JOIN ecriture_ligne l ON l.ecriture_id = e.id WHERE l.montant NOT IN (e.depot_id + 1, -e.depot_id - 1))`).Scan(&jusque, &arrete, &autres)
		if err != nil || jusque != 1203 || arrete != 1203*1204/2 || autres != 0 {
			t.Errorf("up to %d: %d, %d lines of other entries, %v", jusque, arrete, autres, err)
		}
	})
}

// A transaction that has numbered its entry, and not ended, is waited for: a later one that has ended is not closed without it.
func TestClosingWaitsForEarlierNumbers(t *testing.T) {
	t.Parallel()
	b := dbessai.Postgres(t)
	m := nouveau(t, b)
	f := m.fournisseur(t, "00000000100008")
	passer := func(ctx context.Context, tx *sql.Tx, depot int64) error {
		return comptabilite.Passer(ctx, tx, b.Dialecte, comptabilite.Ecriture{Depot: depot, Fournisseur: f, Recu: m.horloge, Pas: []comptabilite.Pas{{A: comptabilite.Demande{Etat: etat.Incomplete, Montant: depot}}}})
	}
	type dernier struct{} // written after the entries: its name comes later in the order
	numerotee, finir, fini := make(chan bool), make(chan bool), make(chan error)
	go func() {
		fini <- b.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
			err := db.Differer(ctx, tx, dernier{}, func(ctx context.Context, tx *sql.Tx, _ []dernier) error {
				_, err := tx.ExecContext(ctx, `SELECT 1`) // the entry goes along
				numerotee <- true
				<-finir
				return err
			})
			if err != nil {
				return err
			}
			return passer(ctx, tx, 1)
		})
	}()
	<-numerotee
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error { return passer(ctx, tx, 10) })
	arrete := make(chan string)
	go func() {
		n, err := m.Arreter(context.Background())
		arrete <- fmt.Sprint(n, " ", err)
	}()
	select {
	case dit := <-arrete:
		t.Fatalf("closed beside an entry that may still come: %s", dit)
	case <-time.After(300 * time.Millisecond):
	}
	close(finir)
	if err := <-fini; err != nil {
		t.Fatal(err)
	}
	if dit := <-arrete; dit != "2 <nil>" {
		t.Errorf("closed %s", dit)
	}
	if s, err := m.Solder(t.Context(), b.Lire(), comptabilite.Filtre{}); err != nil || s[comptabilite.EnInstance] != 11 {
		t.Errorf("%s, %v", ecrits(s), err)
	}
}
