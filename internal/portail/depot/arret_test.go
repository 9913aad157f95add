package depot_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"guichet/internal/attente"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/depot"
	"guichet/modele"
)

// lecteurs read pages of deposits at once: more than there are places to control a file. deposants deposit meanwhile,
// so that ESMS wait for their places while one of them uses numbers again.
const lecteurs, deposants = 24, 4

// Deposits that use numbers again go through while many people read the pages of deposits whose ESMS wait for their
// places. Whoever held a place here and waited for the writer, or wrote and waited for a place, would stop all of them.
func TestNobodyWaitsInATransaction(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, deposants)
		lu := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 5, "AA", 0)))
		ctx, cancel := context.WithTimeout(t.Context(), attente.Patience)
		defer cancel()
		fini := make(chan error, 1)
		go func() { fini <- lireEtDeposer(ctx, g, lu) }()
		select {
		case err := <-fini:
			if err != nil {
				t.Fatal(err)
			}
		case <-time.After(2 * attente.Patience):
			t.Fatal("the counter has stopped")
		}
	})
}

// lireEtDeposer reads the page of a deposit in many places for as long as deposits come in, each with numbers that were
// used before.
func lireEtDeposer(ctx context.Context, g *guichet, lu *depot.Depot) error {
	lecture, arreter := context.WithCancel(ctx)
	var wg sync.WaitGroup
	erreurs := make([]error, lecteurs)
	for i := range lecteurs {
		wg.Go(func() {
			for lecture.Err() == nil {
				if _, err := g.Rapport(ctx, lu, modele.Francais); err != nil {
					erreurs[i] = err
					return
				}
			}
		})
	}
	var depots sync.WaitGroup
	refus := make([]error, deposants)
	for i := range deposants {
		depots.Go(func() { refus[i] = deposerEncore(ctx, g, i) })
	}
	depots.Wait()
	arreter()
	wg.Wait()
	return errors.Join(append(erreurs, refus...)...)
}

// deposerEncore deposits files of supplier i, each with all the numbers of the one before and one more.
func deposerEncore(ctx context.Context, g *guichet, i int) error {
	for n := range 20 {
		e := envoi(g.fournisseurs[i], fichierDe(i, 6+n, "AA", 0))
		e.Nom = fmt.Sprintf("JSON-%s-20261124-%03d.json", ans(g.fournisseurs[i]), n+2)
		d, err := g.Deposer(ctx, e)
		if err != nil {
			return err
		}
		if utilises := 5 + n; len(d.Reponse.Refus) != utilises && (n > 0 || i == 0) {
			return fmt.Errorf("deposit %d: %s, %d refused, want %d", n, d.Verdict, len(d.Reponse.Refus), utilises)
		}
	}
	return nil
}

// Who writes does not wait for a place to control a file.
func TestNoPlaceInATransaction(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		g := ouvrir(t, b, 1)
		d := g.deposer(t, envoi(g.fournisseurs[0], fichierDe(0, 5, "AA", 0)))
		err := b.Ecrire(t.Context(), func(ctx context.Context, _ *sql.Tx) error {
			_, err := g.Rapport(ctx, d, modele.Francais)
			return err
		})
		if !errors.Is(err, db.ErrAttente) {
			t.Errorf("a report inside a transaction: %v", err)
		}
	})
}
