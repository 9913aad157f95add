package depot_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/modele"
)

// BenchmarkDeposer deposits files of 200 demandes, about 350 kB, from 16 clients of 16 suppliers. With
// GUICHET_ESSAI_FSYNC=on PostgreSQL waits for the disk, as SQLite does. Run it with -benchtime 2000x or so.
func BenchmarkDeposer(b *testing.B) {
	for nom, ouvre := range bases() {
		b.Run(nom, func(b *testing.B) {
			g := ouvrir(b, ouvre(b), 16)
			mesurer(b, func(client, n int) error {
				_, err := g.Deposer(context.Background(), envoi(g.fournisseurs[client], fichierRang(client, n)))
				return err
			})
		})
	}
}

// BenchmarkLimite is what no counter can go beyond: a bare transaction of the same rows, 16 at once.
func BenchmarkLimite(b *testing.B) {
	for nom, ouvre := range bases() {
		b.Run("transaction/"+nom, func(b *testing.B) {
			base := ouvre(b)
			ins := db.Insertion{Table: "demande", Communes: []db.Colonne{{Nom: "fournisseur_id", Type: "bigint"}, {Nom: "depot_id", Type: "bigint"},
				{Nom: "etat", Type: "text"}, {Nom: "og", Type: "text"}, {Nom: "montant", Type: "bigint"}, {Nom: "esms", Type: "bigint"}, {Nom: "debut", Type: "bigint"}, {Nom: "fin", Type: "bigint"}, {Nom: "maj", Type: "bigint"}},
				Colonnes: []db.Colonne{{Nom: "numero", Type: "text"}, {Nom: "rang", Type: "bigint"}}}
			ins.Preparer(base.Dialecte)
			mesurer(b, func(client, n int) error {
				textes, rangs := make(db.Textes, 200), make(db.Entiers, 200)
				for i := range textes {
					textes[i], rangs[i] = fmt.Sprintf("%d-%d", n, i), int64(i)
				}
				return base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
					return ins.Executer(ctx, tx, []any{int64(client), int64(n), "incomplete", "990000001", 1, 1, 1, 1, 1}, textes, rangs)
				})
			})
		})
	}
	b.Run("copie", func(b *testing.B) {
		g := ouvrir(b, essai.SQLite(b), 0)
		mesurer(b, func(client, n int) error {
			_, err := g.m.Garder(context.Background(), bytes.NewReader(fichierRang(client, n)), 1<<20)
			return err
		})
	})
}

// BenchmarkControl takes a file and tells what is found in it, without depositing it.
func BenchmarkControl(b *testing.B) {
	g := ouvrir(b, essai.SQLite(b), 16)
	octets := make([][]byte, 16)
	for i := range octets {
		octets[i] = fichierRang(i, 0)
	}
	mesurer(b, func(client, _ int) error {
		e := envoi(g.fournisseurs[client], octets[client])
		e.Taille = int64(len(octets[client]))
		d, err := g.Garder(context.Background(), e)
		if err == nil {
			_, err = g.Rapport(context.Background(), d, modele.Francais)
		}
		return err
	})
}

func bases() map[string]func(testing.TB) *db.Base {
	return map[string]func(testing.TB) *db.Base{"sqlite": essai.SQLite, "postgres": essai.Postgres}
}

var modeles = sync.OnceValue(func() (m [16][]byte) {
	for i := range m {
		m[i] = bytes.ReplaceAll(fichierDe(i, 200, "##", 0), []byte("    "), []byte(" ")) // about 350 kB
	}
	return m
})

// fichierRang makes the nth file of a client: each has numbers of its own. 200 demandes leave three characters.
func fichierRang(client, n int) []byte {
	return bytes.ReplaceAll(modeles()[client], []byte("##0"), []byte(base36(n/36)+base36(n)[1:]))
}

// mesurer runs the operation b.N times from 16 clients, and reports how many a second and the slowest hundredth.
func mesurer(b *testing.B, f func(client, n int) error) {
	b.Helper()
	b.SetBytes(int64(len(modeles()[0])))
	durees := make([]time.Duration, b.N)
	b.ResetTimer()
	var wg sync.WaitGroup
	for client := range 16 {
		wg.Go(func() {
			for n := client; n < b.N; n += 16 {
				debut := time.Now()
				if err := f(client, n/16); err != nil {
					b.Error(err)
					return
				}
				durees[n] = time.Since(debut)
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	slices.Sort(durees)
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "op/s")
	b.ReportMetric(float64(durees[len(durees)*99/100].Microseconds())/1000, "p99-ms")
}
