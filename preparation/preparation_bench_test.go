package preparation_test

import (
	"context"
	"fmt"
	"runtime"
	"testing"

	"guichet/internal/corpus"
	"guichet/modele/ms1dui"
	"guichet/preparation"
)

// commandes makes n rows, each an order of one ESMS, in the layout; the same cells are filled again and again.
func commandes(n int) preparation.Feuille {
	t := titres()
	place := map[string]int{}
	for i, nom := range t {
		place[nom] = i
	}
	return preparation.Feuille{Fichier: "commandes.csv", Rangees: func(f func(int, []preparation.Cellule) error) error {
		cells := make([]preparation.Cellule, len(t))
		for i, nom := range t {
			cells[i].Texte = nom
		}
		if err := f(1, cells); err != nil {
			return err
		}
		for i, nom := range t {
			cells[i].Texte = valeursJustes[nom]
		}
		for i := range n {
			mettre := func(nom, format string, mots ...any) { cells[place[nom]].Texte = fmt.Sprintf(format, mots...) }
			mettre("referenceCommande", "CMD-%07d", i)
			mettre("numeroEditeur", "%05d", i)
			mettre("dateCommande", "%02d/09/2023", i%28+1)
			mettre("montantSegurHT", "%d.%02d", 1000+i%3000, i%100)
			mettre("BON_COMMANDE", "bons/cmd-%07d.pdf", i)
			cells[place["FINESSJuridique"]].Texte = corpus.Finess(i)
			cells[place["FINESSGeo"]].Texte = corpus.Finess(500_000 + i)
			mettre("numeroCarteCPX", "37%08d", i)
			mettre("telAdminTechnique", "+33 1 99 %02d %02d %02d", i/10000%100, i/100%100, i%100)
			mettre("emailAdminTechnique", "technique.%d@exemple.invalid", i)
			mettre("telephoneResponsableOG", "+33 1 98 %02d %02d %02d", i/10000%100, i/100%100, i%100)
			mettre("emailResponsableOG", "direction.%d@exemple.invalid", i)
			if err := f(i+2, cells); err != nil {
				return err
			}
		}
		return nil
	}}
}

// 100,000 orders become 500 checked files; the time of making the rows themselves is told apart.
func BenchmarkPreparer(b *testing.B) {
	const n = 100_000
	b.Run("rangees", func(b *testing.B) {
		for b.Loop() {
			if err := commandes(n).Rangees(func(int, []preparation.Cellule) error { return nil }); err != nil {
				b.Fatal(err)
			}
		}
	})
	b.Run("tout", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			ctx := context.Background()
			lot, err := preparation.Lire(ctx, ms1dui.Courante(), []preparation.Feuille{commandes(n)}, preparation.Options{})
			if err != nil || len(lot.Fautes) > 0 {
				b.Fatal(err, lot.Fautes)
			}
			fichiers, octets := 0, 0
			for f, err := range lot.Fichiers(ctx, envoi()) {
				if err != nil || len(f.Fautes) > 0 {
					b.Fatal(err, f.Fautes)
				}
				fichiers++
				octets += len(f.Octets)
			}
			if fichiers != n/200 {
				b.Fatalf("%d files, want %d", fichiers, n/200)
			}
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			b.ReportMetric(float64(m.Sys)/1e6, "Mo")
		}
	})
}
