package depot_test

import (
	"context"
	"database/sql"
	"testing"

	"guichet/internal/portail/etat"
	"guichet/modele"
)

// What other rooms ask of the deposits tells that it failed, whichever step of it fails.
func TestMethodsTellFailures(t *testing.T) {
	t.Parallel()
	x := nouveauFragile(t)
	f := x.fournisseurs[0]
	fichier := fichierDe(0, 4, "AA", 2)
	d := x.deposer(t, envoi(f, fichier))
	if err := x.RangerESMS(t.Context()); err != nil {
		t.Fatal(err)
	}
	x.deposer(t, envoi(f, fichierDe(0, 4, "BB", 0))) // of the same ESMS, which are not in their places yet
	une := demandeDe(t, x.b, fichier, d.ID, 0)
	r, err := x.Recontroler(t.Context(), f, d.ID, une, modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	ailleurs := []string{"Garder", "Deposer", "DeposerControle", "RangerESMS", "RangerAuRepos", "Charger", "Controle"}
	x.panne.Methodes(t, x.b, x.Service, ailleurs, map[string]func() error{
		"Accuse":       func() error { _, err := x.Accuse(t.Context(), d); return err },
		"AccuseEntier": func() error { _, err := x.AccuseEntier(t.Context(), d); return err },
		"Rediger":      func() error { _, err := x.Rediger(t.Context(), d.ImpID(), modele.Anglais); return err },
		"AQui":         func() error { _, err := x.AQui(t.Context(), d.ID); return err },
		"Depot":        func() error { _, err := x.Depot(t.Context(), f, d.ID); return err },
		"Depots":       func() error { _, err := x.Depots(t.Context(), f, 0, 10); return err },
		"Chercher":     func() error { _, err := x.Chercher(t.Context(), f, "json", "F108", 0, 10); return err },
		"Refus":        func() error { _, _, err := x.Refus(t.Context(), f, "F108"); return err },
		"Rapport":      func() error { _, err := x.Rapport(t.Context(), d, modele.Francais); return err },
		"Retour":       func() error { _, err := x.Retour(t.Context(), d); return err },
		"Corrige":      func() error { _, err := x.Corrige(t.Context(), d); return err },
		"Reclamants":   func() error { _, err := x.Reclamants(t.Context(), etat.Cle{Depot: d.ID}, r.ESMS, 10); return err },
		"Recontroler":  func() error { _, err := x.Recontroler(t.Context(), f, d.ID, une, modele.Francais); return err },
		"Reclamer": func() error {
			return x.b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				return x.Reclamer(ctx, tx, d.ID, 0, r.ESMS, []string{"995999999"})
			})
		},
		"Revoir": func() error {
			_, _, err := x.Revoir(t.Context(), etat.Cle{Depot: d.ID}, une, modele.Francais)
			return err
		},
		"Relever": func() error { _, err := x.Relever(t.Context(), etat.Cle{Depot: d.ID}, une); return err },
	})
}
