package instruction_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
)

// refuse wants the refusal of an act, with some words in it.
func refuse(t *testing.T, err error, mots string) {
	t.Helper()
	var r *instruction.Refus
	if !errors.As(err, &r) || !strings.Contains(r.Texte.Fr, mots) || r.Texte.En == "" {
		t.Errorf("%v, want a refusal with %q", err, mots)
	}
}

// Who takes a demande keeps it from others until half an hour after the last act; then the next may take it, and the first is told.
func TestLease(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 2)
		c := etat.Cle{Depot: depot}
		rien := func(context.Context, *sql.Tx, *instruction.Dossier) error { return nil }
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		if d := m.dossier(t, c); d.Etat != etat.Instruction || d.Agent != m.ines.Compte || !d.Bail.Equal(m.horloge.Add(30*time.Minute)) {
			t.Errorf("%+v", d)
		}
		refuse(t, m.Prendre(t.Context(), m.ivan, c), "tenue par Inès, jusqu'au 24/11/2026")
		m.horloge = m.horloge.Add(20 * time.Minute)
		if err := m.tenir(m.ines, c, rien); err != nil {
			t.Error(err)
		}
		m.horloge = m.horloge.Add(29 * time.Minute)
		refuse(t, m.Prendre(t.Context(), m.ivan, c), "tenue par Inès")
		m.horloge = m.horloge.Add(2 * time.Minute)
		if err := m.Prendre(t.Context(), m.ivan, c); err != nil {
			t.Error(err)
		}
		refuse(t, m.tenir(m.ines, c, rien), "maintenant tenue par Ivan")
		refuse(t, m.Prendre(t.Context(), m.victor, etat.Cle{Depot: depot, Rang: 1}), "Votre rôle ne permet pas d'instruire")
		if err := m.Prendre(t.Context(), m.ines, etat.Cle{Depot: depot, Rang: 7}); !errors.Is(err, instruction.ErrInconnu) {
			t.Errorf("%v", err)
		}
	})
}

// Whoever looks at a demande that they hold keeps it.
func TestLookingKeeps(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	_, depot := m.deposer(t, "00000000100008", 1)
	c := etat.Cle{Depot: depot}
	if err := m.Prendre(t.Context(), m.ines, c); err != nil {
		t.Fatal(err)
	}
	debut := m.dossier(t, c).Bail
	for _, pas := range []struct {
		apres time.Duration
		qui   instruction.Agent
		garde bool
	}{{30 * time.Second, m.ines, false}, {time.Minute, m.ivan, false}, {10 * time.Minute, m.ines, true}} {
		m.horloge = m.horloge.Add(pas.apres)
		if err := m.Regarder(t.Context(), pas.qui, m.dossier(t, c)); err != nil {
			t.Fatal(err)
		}
		if d := m.dossier(t, c); d.Bail.Equal(debut) == pas.garde {
			t.Errorf("%+v: until %s", pas, d.Bail)
		}
	}
}

// Many who ask for the next one at once never get the same, and get all there are.
func TestNextIsExclusive(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 25)
		agents := []instruction.Agent{m.ines, m.ivan, m.iris}
		var mu sync.Mutex
		pris := map[etat.Cle]int64{}
		var wg sync.WaitGroup
		for i := range 20 {
			wg.Go(func() {
				a := agents[i%3]
				for {
					c, err := m.Suivante(context.Background(), a, instruction.Filtre{Agent: a.Compte})
					if errors.Is(err, instruction.ErrVide) {
						return
					}
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					if autre, deja := pris[c]; deja {
						t.Errorf("%+v is held by %d and %d", c, autre, a.Compte)
					}
					pris[c] = a.Compte
					mu.Unlock()
				}
			})
		}
		wg.Wait()
		if len(pris) != 25 {
			t.Errorf("%d were taken", len(pris))
		}
		for c, a := range pris {
			if d := m.dossier(t, c); d.Agent != a || d.Depot != depot {
				t.Errorf("%+v", d)
			}
		}
	})
}

// What is put aside is in no list of what is to be taken until its day, whoever holds it by then, and comes back by itself.
func TestHold(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 1)
		c := etat.Cle{Depot: depot}
		jour := m.horloge.AddDate(0, 0, 3)
		refuse(t, m.Attendre(t.Context(), m.ines, c, jour, "réponse de l'ARS"), "prenez-la d'abord")
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		refuse(t, m.Attendre(t.Context(), m.ines, c, m.horloge, "x"), "jour à venir")
		refuse(t, m.Attendre(t.Context(), m.ines, c, m.horloge.AddDate(0, 0, 91), "x"), "90 jours")
		refuse(t, m.Attendre(t.Context(), m.ines, c, jour, " "), "pourquoi")
		refuse(t, m.Attendre(t.Context(), m.ines, c, jour, strings.Repeat("é", 301)), "300 caractères")
		if err := m.Attendre(t.Context(), m.ines, c, jour, "réponse de l'ARS"); err != nil {
			t.Fatal(err)
		}
		compter := func(f instruction.File) int {
			n, err := m.Compter(t.Context(), instruction.Filtre{File: f, Agent: m.ivan.Compte})
			if err != nil {
				t.Fatal(err)
			}
			return n
		}
		if err := m.Confier(t.Context(), m.ines, c, m.ivan.Compte); err != nil {
			t.Error(err)
		}
		if d := m.dossier(t, c); compter(instruction.APrendre) != 0 || compter(instruction.EnAttente) != 1 || compter(instruction.Miennes) != 1 || d.AttenteMotif != "réponse de l'ARS" || d.Agent != m.ivan.Compte {
			t.Errorf("put aside: %+v", d)
		}
		m.horloge = jour
		if compter(instruction.APrendre) != 1 || compter(instruction.EnAttente) != 0 || compter(instruction.Miennes) != 1 {
			t.Error("its day has come")
		}
	})
}

// Release and hand over: to who examines alone, from who holds alone.
func TestHandOver(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 3)
		c := etat.Cle{Depot: depot}
		refuse(t, m.Rendre(t.Context(), m.ines, c), "prenez-la d'abord")
		for i := range 3 {
			if err := m.Prendre(t.Context(), m.ines, etat.Cle{Depot: depot, Rang: i}); err != nil {
				t.Fatal(err)
			}
		}
		refuse(t, m.Confier(t.Context(), m.ines, c, m.victor.Compte), "n'instruit pas")
		if err := m.Rendre(t.Context(), m.ines, c); err != nil {
			t.Error(err)
		}
		if d := m.dossier(t, c); d.Agent != 0 || d.Tenu(m.horloge) || d.Etat != etat.Instruction {
			t.Errorf("%+v", d)
		}
		if err := m.proposer(m.ines, etat.Cle{Depot: depot, Rang: 1}, decision.Attribution); err != nil {
			t.Fatal(err)
		}
		n, laisses, err := m.ToutConfier(t.Context(), m.ines.Compte, m.ines.Compte, m.iris.Compte)
		if err != nil || n != 1 || len(laisses) != 1 || laisses[0].NumeroASP != etatessai.NumeroASP(depot, 1) || !strings.Contains(laisses[0].Pourquoi.Fr, "Iris") {
			t.Errorf("%d handed over, %+v left, %v", n, laisses, err)
		}
		_, _, err = m.ToutConfier(t.Context(), m.ines.Compte, m.ines.Compte, m.ines.Compte)
		refuse(t, err, "autre personne")
		n, laisses, err = m.ToutConfier(t.Context(), m.ines.Compte, m.ines.Compte, m.ivan.Compte)
		if err != nil || n != 1 || len(laisses) != 0 {
			t.Errorf("%d handed over, %+v left, %v", n, laisses, err)
		}
	})
}
