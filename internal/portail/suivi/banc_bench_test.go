package suivi_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// BenchmarkLister prints what the parts of a list cost among 10 thousand, 100 thousand and 1 million demandes of
// one supplier, on both databases: p50 and worst of each kind of list.
//
//	go test ./internal/portail/suivi -run - -bench Lister -benchtime 1x
func BenchmarkLister(b *testing.B) {
	for nom, ouvrir := range map[string]func(testing.TB) *db.Base{"sqlite": dbessai.SQLite, "postgres": dbessai.Postgres} {
		b.Run(nom, func(b *testing.B) {
			m := nouveau(b, ouvrir(b))
			f := m.fournisseur(b, "00000000100008")
			depots := 0
			for _, n := range []int{10_000, 100_000, 1_000_000} {
				depots = m.remplir(b, f, depots, n/200)
				m.mesurer(b, fmt.Sprintf("%s %7d", nom, n), f, depots)
			}
		})
	}
}

// remplir adds deposits of 200 demandes until there are so many. Most have their documents; some are retired.
func (m *monde) remplir(b *testing.B, f int64, depots, total int) int {
	for depots < total {
		m.ecrire(b, func(ctx context.Context, tx *sql.Tx) error {
			for i := depots; i < min(depots+100, total); i++ {
				recu := m.horloge.Add(time.Duration(i-5000) * time.Hour)
				d, err := inserer(ctx, tx, f, fmt.Sprintf("JSON-ANS0000001-%s-%03d.json", recu.Format("20060102"), i%1000), recu, 200*i, 200)
				if err != nil {
					return err
				}
				if i%500 == 3 { // the others' documents have come
					continue
				}
				_, err = tx.ExecContext(ctx, `UPDATE demande SET etat = CASE WHEN rang = 7 AND depot_id % 100 = 0 THEN 'retiree' ELSE 'complete' END WHERE fournisseur_id = $1 AND depot_id = $2`, f, d)
				if err == nil {
					_, err = tx.ExecContext(ctx, `UPDATE depot SET incompletes = 0 WHERE id = $1`, d)
				}
				if err != nil {
					return err
				}
			}
			return nil
		})
		depots = min(depots+100, total)
	}
	if m.base.Dialecte.Nom == "postgres" {
		m.ecrire(b, func(ctx context.Context, tx *sql.Tx) error { _, err := tx.ExecContext(ctx, `ANALYZE`); return err })
	}
	return depots
}

func (m *monde) mesurer(b *testing.B, nom string, f int64, depots int) {
	milieu := &suivi.Cle{Depot: int64(depots / 2), Rang: 100}
	for _, x := range []struct {
		nom   string
		f     suivi.Filtre
		place *suivi.Cle
	}{
		{"newest", suivi.Filtre{}, nil},
		{"middle", suivi.Filtre{}, milieu},
		{"state, rare", suivi.Filtre{Etat: etat.Retiree}, nil},
		{"state, none", suivi.Filtre{Etat: etat.Payee}, nil},
		{"incomplete", suivi.Filtre{Etat: etat.Incomplete}, nil},
		{"period", suivi.Filtre{Du: m.horloge.AddDate(0, 0, -200), Au: m.horloge.AddDate(0, 0, -199)}, nil},
		{"number", suivi.Filtre{Texte: numeroEditeur(77)}, nil},
		{"FINESS, old", suivi.Filtre{Texte: "990000007"}, nil},
		{"FINESS, none, in a state", suivi.Filtre{Texte: "999999999", Etat: etat.Complete}, nil},
		{"file name", suivi.Filtre{Texte: "-003.json"}, nil},
		{"file name, none", suivi.Filtre{Texte: "absent.json"}, nil},
	} {
		x.f.Fournisseur = f
		var durees []time.Duration
		for range 15 {
			debut := time.Now()
			if _, err := m.Lister(b.Context(), x.f, x.place, false, 50); err != nil {
				b.Fatal(err)
			}
			durees = append(durees, time.Since(debut))
		}
		slices.Sort(durees)
		fmt.Printf("%s  %-26s p50 %8.2f ms  worst %8.2f ms\n", nom, x.nom, ms(durees[7]), ms(durees[14]))
	}
	debut := time.Now()
	if _, err := m.Chiffrer(b.Context(), f); err != nil {
		b.Fatal(err)
	}
	fmt.Printf("%s  %-26s     %8.2f ms\n", nom, "dashboard", ms(time.Since(debut)))
}

func ms(d time.Duration) float64 { return float64(d.Microseconds()) / 1000 }
