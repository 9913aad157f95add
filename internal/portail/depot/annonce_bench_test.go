package depot_test

import (
	"context"
	"database/sql"
	"log/slog"
	"testing"

	"guichet/internal/portail/depot"
	"guichet/internal/portail/tache"
)

// BenchmarkAnnoncer is BenchmarkDeposer with the job that writes the mails: one row more.
func BenchmarkAnnoncer(b *testing.B) {
	for nom, ouvre := range bases() {
		b.Run(nom, func(b *testing.B) {
			g := ouvrir(b, ouvre(b), 16)
			if err := tache.Migrer(b.Context(), g.b); err != nil {
				b.Fatal(err)
			}
			taches, err := tache.Nouveau(g.b, tache.Options{Log: slog.New(slog.DiscardHandler)})
			if err != nil {
				b.Fatal(err)
			}
			s, err := depot.Ouvrir(b.Context(), depot.Options{
				Base: g.b, Fichiers: g.m, Maintenant: t0,
				Apres: func(ctx context.Context, tx *sql.Tx, d *depot.Depot) error {
					return taches.Inserer(ctx, tx, depot.Annonce{Fournisseur: d.Fournisseur, Depot: d.ID})
				},
			})
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = s.Fermer() }()
			mesurer(b, func(client, n int) error {
				_, err := s.Deposer(context.Background(), envoi(g.fournisseurs[client], fichierRang(client, n)))
				return err
			})
		})
	}
}
