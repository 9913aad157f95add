package instruction_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// envPrendre makes the test binary a counter whose people take what there is.
const envPrendre = "GUICHET_ESSAI_PRENDRE"

// agentsParProcessus take demandes at once in each process.
const agentsParProcessus = 10

// prendreJusquAuBout has its people take the next demande until there is none, and writes down each that somebody holds.
func prendreJusquAuBout(adresse string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	m := monter(b, nil)
	comptes, err := db.Lignes(ctx, b.Lire(), func(l db.Ligne, c *int64) error { return l.Scan(c) }, `SELECT id FROM compte WHERE nom LIKE $1 ORDER BY id`, os.Getenv(envPrendre)+"%")
	if err != nil {
		return err
	}
	var wg sync.WaitGroup
	echecs := make(chan error, len(comptes))
	for _, c := range comptes {
		wg.Go(func() {
			echecs <- prendreTout(ctx, m, instruction.Agent{Compte: c, Nom: fmt.Sprint(c), Roles: etat.Instructeur})
		})
	}
	wg.Wait()
	close(echecs)
	for e := range echecs {
		err = errors.Join(err, e)
	}
	fmt.Println("fini")
	return errors.Join(err, b.Fermer())
}

func prendreTout(ctx context.Context, m *monde, a instruction.Agent) error {
	for {
		c, err := m.Suivante(ctx, a, instruction.Filtre{Agent: a.Compte})
		if errors.Is(err, instruction.ErrVide) {
			return nil
		}
		if err != nil {
			return err
		}
		fmt.Printf("%d %d %d\n", a.Compte, c.Depot, c.Rang)
	}
}

// Twenty agents over two processes take what there is at once: nobody ever holds what another one holds, and nothing is left.
func TestTwoProcessesNeverHoldTheSame(t *testing.T) {
	t.Parallel()
	essai.Coupures(t, func(t *testing.T, adresse string) {
		const demandes = 120
		essai.Rouvrir(t, adresse, func(b *db.Base) {
			if _, err := b.Migrer(t.Context()); err != nil {
				t.Fatal(err)
			}
			m := monter(b, nil)
			for _, processus := range []string{"Un", "Deux"} {
				for i := range agentsParProcessus {
					m.personne(t, fmt.Sprintf("%s%d", processus, i), etat.Instructeur)
				}
			}
			m.deposer(t, "00000000100008", demandes)
		})
		var mu sync.Mutex
		var wg sync.WaitGroup
		pris, finis := map[etat.Cle]int64{}, 0
		qui := map[int64]bool{}
		for _, processus := range []string{"Un", "Deux"} {
			wg.Go(func() {
				essai.Tuer(t, time.Hour, func(ligne string) {
					mu.Lock()
					defer mu.Unlock()
					if strings.TrimSpace(ligne) == "fini" {
						finis++
						return
					}
					var a int64
					var c etat.Cle
					if _, err := fmt.Sscan(ligne, &a, &c.Depot, &c.Rang); err != nil {
						t.Errorf("%q: %v", ligne, err)
					}
					if autre, deja := pris[c]; deja {
						t.Errorf("%+v is held by %d and %d", c, autre, a)
					}
					pris[c], qui[a] = a, true
				}, envPrendre+"="+processus, envAdresse+"="+adresse)
			})
		}
		wg.Wait()
		if len(pris) != demandes || finis != 2 || len(qui) < 2 {
			t.Errorf("%d demandes were taken by %d agents, %d processes came to their end", len(pris), len(qui), finis)
		}
		essai.Rouvrir(t, adresse, func(b *db.Base) {
			m := monter(b, nil)
			for c, a := range pris {
				if d := m.dossier(t, c); d.Agent != a {
					t.Errorf("%+v is held by %d, %d was told so", c, d.Agent, a)
				}
			}
		})
	})
}
