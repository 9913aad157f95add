package lettre_test

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/lettre"
)

// Letters that are sent at once are told together, once: up to three have a mail each, more of them one mail for all.
func TestToldTogether(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		var mails []string
		s := lettre.Nouveau(lettre.Config{
			Base: b,
			Destinataires: func(_ context.Context, _ *sql.Tx, f int64, _ compte.GenreCourriel) ([]compte.Destinataire, error) {
				return []compte.Destinataire{{Compte: f}}, nil
			},
			Annoncer: func(_ context.Context, _ *sql.Tx, gens []compte.Destinataire, references []string) error {
				mails = append(mails, fmt.Sprint(gens[0].Compte, " ", strings.Join(references, " ")))
				return nil
			},
		})
		ecrire := func(texte string, args ...any) {
			if err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, texte, args...)
				return err
			}); err != nil {
				t.Fatal(err)
			}
		}
		for n, f := range []int{1, 2, 2, 2, 2, 1, 1, 2} {
			ecrire(`INSERT INTO decision (id, fournisseur_id, depot_id, rang, sens, montant, motifs, texte, etat, propose_par, propose, annee, numero) VALUES ($1, $2, 1, $1, 'refus', 0, '', '', 'notifiee', 8, 1, 2026, $1)`, n+1, f)
			ecrire(`INSERT INTO lettre_a_dire (fournisseur_id, decision_id) VALUES ($1, $2)`, f, n+1)
		}
		for range 2 {
			if err := s.Dire(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{"1 2026-000001", "1 2026-000006", "1 2026-000007", "2 2026-000002 2026-000003 2026-000004 2026-000005 2026-000008"}
		slices.Sort(mails)
		if !slices.Equal(mails, want) {
			t.Errorf("%q, want %q", mails, want)
		}
	})
}
