package suivi_test

import (
	"context"
	"database/sql"
	"errors"
	"testing"
	"time"

	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// What other rooms ask of the follow-up tells that it failed, whichever step of it fails; what cannot fail so has no place here.
func TestMethodsTellFailures(t *testing.T) {
	t.Parallel()
	x, _, _, _ := pagesFragiles(t)
	moi, ici := deposant, suivi.Cle{Depot: x.d}
	moi.Fournisseur = x.f
	x.monde.changer(t, x.f, x.e, etat.Retiree, etat.Fournisseur, "Motif", 1)
	d, err := x.Demande(t.Context(), x.f, ici)
	fil, _, errFil := x.Fil(t.Context(), agent, 1)
	if err := errors.Join(err, errFil); err != nil {
		t.Fatal(err)
	}
	dans := func(f func(context.Context, *sql.Tx) error) func() error {
		return func() error { return x.base.Ecrire(t.Context(), f) }
	}
	x.panne.Methodes(t, x.base, x.Service, []string{"Changer", "Condenser", "Ouvrir", "Ecrire"}, map[string]func() error{
		"Compter": dans(func(ctx context.Context, tx *sql.Tx) error {
			return x.Compter(ctx, tx, suivi.Bilan{Fournisseur: x.f, Recu: x.horloge, Acceptees: 1, Rejetees: 1, Rejets: map[string]int{"F301": 1}})
		}),
		"Demande":          func() error { _, err := x.Demande(t.Context(), x.f, ici); return err },
		"Historique":       func() error { _, err := x.Historique(t.Context(), d); return err },
		"HistoriqueEntier": func() error { _, err := x.HistoriqueEntier(t.Context(), d); return err },
		"LimitePieces":     func() error { _, err := x.LimitePieces(t.Context(), x.d); return err },
		"Octets":           func() error { _, err := x.Octets(t.Context(), ici); return err },
		"Corrigees":        func() error { _, err := x.Corrigees(t.Context(), x.d); return err },
		"Dehors":           func() error { _, err := x.Dehors(t.Context(), ici); return err },
		"Feuille":          func() error { _, err := x.Feuille(t.Context(), agent, ici); return err },
		"Fils":             func() error { _, _, err := x.Fils(t.Context(), moi, suivi.FiltreFils{}, nil); return err },
		"FilsDe":           func() error { _, err := x.FilsDe(t.Context(), moi, d); return err },
		"Fil":              func() error { _, _, err := x.Fil(t.Context(), moi, 1); return err },
		"Lu":               func() error { return x.Lu(t.Context(), agent, fil) },
		"NonLus":           func() error { _, err := x.NonLus(t.Context(), moi); return err },
		"Piece":            func() error { _, err := x.Piece(t.Context(), moi, 1, 1); return err },
		"Reference":        func() error { _, err := x.Reference(t.Context(), "x"); return err },
		"Jointes":          func() error { _, err := x.Jointes(t.Context(), ici); return err },
		"Lister": func() error {
			_, err := x.Lister(t.Context(), suivi.Filtre{Fournisseur: x.f, Etat: etat.Incomplete, Du: x.horloge.Add(-24 * time.Hour), Texte: "json"}, nil, false, 10)
			return err
		},
		"Rappeler": dans(func(ctx context.Context, tx *sql.Tx) error { return x.Rappeler(ctx, tx, x.f, ici, x.horloge) }),
		"Chiffrer": func() error { _, err := x.Chiffrer(t.Context(), x.f); return err },
		"Etats":    func() error { _, err := x.Etats(t.Context(), x.f); return err },
		"VueParAgence": dans(func(ctx context.Context, tx *sql.Tx) error {
			_, err := x.VueParAgence(ctx, tx, x.d, 0, x.horloge)
			return err
		}),
	})
}
