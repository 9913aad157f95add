package pieces_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"guichet/internal/portail/pieces"
)

// What other rooms ask of the documents tells that it failed, whichever step of it fails.
func TestMethodsTellFailures(t *testing.T) {
	t.Parallel()
	f := nouveauFragile(t)
	f.Vue = func(context.Context, *sql.Tx, int64, int, time.Time) (bool, error) { return true, nil }
	f.Corrigees = func(context.Context, int64) (map[int][]byte, error) { return nil, f.panne.Passer("corrections") }
	nom := completes(t)[0].nom
	for _, texte := range []string{"un", "deux"} {
		f.envoyer(t, texte+".zip", zipper(t, entree{nom, pdf(texte)}))
	}
	fermer := func(d interface{ Close() error }, err error) error {
		if err == nil {
			err = d.Close()
		}
		return err
	}
	ailleurs := []string{"Donner", "Examiner", "Recevoir", "Liberer"}
	f.panne.Methodes(t, f.base, f.Service, ailleurs, map[string]func() error{
		"Bilan":       func() error { _, err := f.Bilan(t.Context(), f.fournisseur, f.depot); return err },
		"Incompletes": func() error { _, err := f.Incompletes(t.Context(), f.fournisseur); return err },
		"ListerIncompletes": func() error {
			_, _, err := f.ListerIncompletes(t.Context(), f.fournisseur, pieces.Apres{}, 2)
			return err
		},
		"Archives": func() error { _, err := f.Archives(t.Context(), f.fournisseur, f.depot); return err },
		"Pieces":   func() error { _, err := f.Pieces(t.Context(), f.fournisseur, f.depot, 0); return err },
		"Attente":  func() error { _, err := f.Attente(t.Context(), f.fournisseur, f.depot); return err },
		"Ouvrir": func() error {
			_, d, err := f.Ouvrir(t.Context(), f.fournisseur, f.depot, 0, "BON_COMMANDE")
			return fermer(d, err)
		},
		"Reference":   func() error { _, err := f.Reference(t.Context(), "x"); return err },
		"Lus":         func() error { _, err := f.Lus(t.Context(), f.fournisseur, f.depot, 0); return err },
		"Anterieures": func() error { _, err := f.Anterieures(t.Context(), f.fournisseur, f.depot, 0); return err },
		"OuvrirAnterieure": func() error {
			_, d, err := f.OuvrirAnterieure(t.Context(), f.fournisseur, f.depot, 0, "BON_COMMANDE", 1)
			return fermer(d, err)
		},
		"Relire": func() error {
			return f.Relire(t.Context(), pieces.Relecture{Fournisseur: f.fournisseur, Depot: f.depot})
		},
		"Perimer": func() error {
			return f.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return f.Perimer(ctx, tx, f.depot, 0) })
		},
	})
}
