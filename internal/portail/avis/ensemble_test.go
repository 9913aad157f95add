package avis_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// An answer and a decision that come at once: whichever is first, the other sees it, nothing hangs, and no opinion is waited for on what is
// decided.
func TestAnswerMeetsDecision(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		f, cles := m.deposer(t, "00000000100008", 12)
		rendus := 0
		for _, c := range cles {
			a := m.demander(t, m.question(c, nil, m.ivan, m.iris))
			m.proposer(t, f, c)
			toutes, err := m.decisions.De(t.Context(), b.Lire(), c)
			if err != nil {
				t.Fatal(err)
			}
			var groupe sync.WaitGroup
			for _, faire := range []func() error{
				func() error {
					return m.Rendre(t.Context(), m.ivan, a[0].ID, avis.Reponse{Sens: avis.Favorable})
				},
				func() error {
					return m.Rendre(t.Context(), m.iris, a[1].ID, avis.Reponse{Decline: true})
				},
				func() error {
					return b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
						if err := m.examens.Toucher(ctx, tx, c); err != nil { // as the sheet does
							return err
						}
						_, err := m.decisions.Decider(ctx, tx, decision.Lu{Cle: c, Decision: toutes[0].ID, Compte: m.victor.Compte, Roles: m.victor.Roles})
						return err
					})
				},
			} {
				groupe.Go(func() {
					var refus *instruction.Refus
					if err := faire(); err != nil && !errors.As(err, &refus) {
						t.Error(err)
					}
				})
			}
			groupe.Wait()
			d, veut := m.dossier(t, c), instruction.Avis{}
			for _, x := range m.de(t, c) {
				if x.Manque() || x.Etat == avis.Rendu {
					veut.Demandes++
				}
				if x.Etat == avis.Rendu {
					veut.Rendus++
					rendus++
				}
				if x.Etat == avis.Attendu {
					t.Errorf("waited for on what is decided: %+v", x)
				}
			}
			if d.Etat != etat.Decidee || d.Avis != veut {
				t.Errorf("%+v, want %+v", d, veut)
			}
		}
		t.Logf("%d of %d came before the decision", rendus, len(cles))
	})
}
