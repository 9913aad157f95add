package depot_test

import (
	"context"
	"database/sql"
	"log/slog"
	"testing"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/tache"
)

// BenchmarkCourriel is BenchmarkDeposer with the job of one mail: one row more.
func BenchmarkCourriel(b *testing.B) {
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
			cle, err := coffre.DeCle(coffre.NouvelleCle())
			if err != nil {
				b.Fatal(err)
			}
			s, err := depot.Ouvrir(b.Context(), depot.Options{
				Base: g.b, Fichiers: g.m, Maintenant: t0,
				Apres: func(ctx context.Context, tx *sql.Tx, d *depot.Depot) error {
					return courriel.Ecrire(ctx, tx, taches, cle, courriel.Message{A: "depot@exemple.invalid", Nom: "Camille Exemple", Langue: "fr", Sur: d.ImpID()})
				},
			})
			if err != nil {
				b.Fatal(err)
			}
			mesurer(b, func(client, n int) error {
				_, err := s.Deposer(context.Background(), envoi(g.fournisseurs[client], fichierRang(client, n)))
				return err
			})
		})
	}
}
