package instruction_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
	"guichet/internal/portail/web"
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
		if m.horloge = jour; compter(instruction.APrendre) != 0 || !m.dossier(t, c).Tenu(jour) {
			t.Error("who held it does so when its day has come")
		}
		m.horloge = jour.AddDate(0, 0, 5)
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

// Whoever holds something is listed, also who no longer examines; awards that may be taken back go along, unless the other one may decide on them.
func TestHoldersAreListed(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 3)
		for i := range 3 {
			if err := m.Prendre(t.Context(), m.ivan, etat.Cle{Depot: depot, Rang: i}); err != nil {
				t.Fatal(err)
			}
		}
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE dossier SET etat = CASE rang WHEN 1 THEN 'retrait_envisage' WHEN 2 THEN 'validee' ELSE etat END WHERE depot_id = $1`, depot)
			return err
		})
		ivan := m.ivan
		m.ivan.Roles = 0
		porteurs, err := m.Porteurs(t.Context())
		if n, errTient := m.Tient(t.Context(), ivan.Compte); err != nil || errTient != nil || len(porteurs) != 1 || porteurs[0].Compte != ivan.Compte || porteurs[0].Nom != "Ivan" || porteurs[0].Tenues != 2 || n != 2 {
			t.Errorf("%+v, %d, %v, %v", porteurs, n, err, errTient)
		}
		n, laisses, err := m.ToutConfier(t.Context(), m.iris.Compte, ivan.Compte, m.iris.Compte)
		if err != nil || n != 1 || len(laisses) != 1 || laisses[0].NumeroASP != etatessai.NumeroASP(depot, 1) {
			t.Errorf("to who decides, too: %d, %+v, %v", n, laisses, err)
		}
		if n, laisses, err = m.ToutConfier(t.Context(), m.iris.Compte, ivan.Compte, m.ines.Compte); err != nil || n != 1 || len(laisses) > 0 {
			t.Errorf("to who examines: %d, %+v, %v", n, laisses, err)
		}
		if d := m.dossier(t, etat.Cle{Depot: depot, Rang: 1}); d.Agent != m.ines.Compte {
			t.Errorf("%+v", d)
		}
	})
}

// What is handed over is kept for whoever gets it until the end of the next working day: nobody takes it before that person has seen it.
func TestHandedOverIsKept(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 2)
		for i := range 2 {
			if err := m.Prendre(t.Context(), m.ines, etat.Cle{Depot: depot, Rang: i}); err != nil {
				t.Fatal(err)
			}
		}
		m.horloge = time.Date(2026, 11, 27, 17, 0, 0, 0, web.Paris()) // a Friday: Monday is the next working day
		if err := m.Confier(t.Context(), m.ines, etat.Cle{Depot: depot}, m.ivan.Compte); err != nil {
			t.Fatal(err)
		}
		if n, _, err := m.ToutConfier(t.Context(), m.ines.Compte, m.ines.Compte, m.ivan.Compte); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		for i := range 2 {
			c := etat.Cle{Depot: depot, Rang: i}
			m.horloge = time.Date(2026, 11, 30, 23, 0, 0, 0, web.Paris())
			refuse(t, m.Prendre(t.Context(), m.iris, c), "tenue par Ivan")
			m.horloge = time.Date(2026, 12, 1, 0, 1, 0, 0, web.Paris())
			if err := m.Prendre(t.Context(), m.iris, c); err != nil {
				t.Error(err)
			}
		}
	})
}

// What waits stays with who put it aside: nobody else gets it, by taking it or the next one, and it is theirs for a whole working day once it
// is back. A hand-over takes the wait along; giving it back ends it.
func TestWaitStaysWithItsHolder(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, depot := m.deposer(t, "00000000100008", 1)
		c := etat.Cle{Depot: depot}
		jour := time.Date(2026, 11, 28, 0, 0, 0, 0, web.Paris()) // a Saturday: Monday is the first day at work
		attendre := func(a instruction.Agent) {
			if err := m.Attendre(t.Context(), a, c, jour, "réponse de l'ARS"); err != nil {
				t.Fatal(err)
			}
		}
		tenue := func(quand time.Time, a instruction.Agent, mots string) {
			t.Helper()
			m.horloge = quand
			if _, err := m.Suivante(t.Context(), m.iris, instruction.Filtre{Agent: m.iris.Compte}); !errors.Is(err, instruction.ErrVide) {
				t.Errorf("%s: the next one: %v", quand, err)
			}
			refuse(t, m.Prendre(t.Context(), m.iris, c), mots)
			if d := m.dossier(t, c); d.Agent != a.Compte || !d.Tenu(quand) {
				t.Errorf("%s: %+v", quand, d)
			}
		}
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		debut := m.horloge
		attendre(m.ines)
		tenue(debut.Add(time.Second), m.ines, "tenue par Inès, en attente jusqu'au 28/11/2026")
		tenue(debut.Add(time.Hour), m.ines, "tenue par Inès")
		if err := m.tenir(m.ines, c, func(context.Context, *sql.Tx, *instruction.Dossier) error { return nil }); err != nil { // an act does not make it shorter
			t.Fatal(err)
		}
		tenue(debut.Add(3*time.Hour), m.ines, "tenue par Inès")
		if err := m.Confier(t.Context(), m.ines, c, m.ivan.Compte); err != nil {
			t.Fatal(err)
		}
		tenue(debut.Add(4*time.Hour), m.ivan, "tenue par Ivan, en attente jusqu'au 28/11/2026")
		if n, _, err := m.ToutConfier(t.Context(), m.ivan.Compte, m.ivan.Compte, m.ines.Compte); n != 1 || err != nil {
			t.Fatal(n, err)
		}
		tenue(debut.Add(5*time.Hour), m.ines, "tenue par Inès, en attente")
		tenue(time.Date(2026, 11, 30, 18, 0, 0, 0, web.Paris()), m.ines, "tenue par Inès, jusqu'au 01/12/2026 00:00")
		m.horloge = time.Date(2026, 12, 1, 0, 0, 1, 0, web.Paris())
		jour = m.horloge.AddDate(0, 0, 3)
		attendre(m.ines)
		if err := m.FinirAttente(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		tenue(m.horloge.Add(20*time.Minute), m.ines, "tenue par Inès")
		attendre(m.ines)
		if err := m.Rendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		if got, err := m.Suivante(t.Context(), m.iris, instruction.Filtre{Agent: m.iris.Compte}); got != c || err != nil {
			t.Errorf("given back: %+v, %v", got, err)
		}
	})
}

// What waits for an opinion stays with who asked for it, and is theirs again once the last one has come.
func TestOpinionsStayWithTheHolder(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		_, c := m.tenue(t, m.ines)
		err := m.avis.Demander(t.Context(), m.ines, avis.Consultation{Cle: c, Question: "x", Limite: m.horloge.AddDate(0, 0, 8), Collegues: []int64{m.victor.Compte}})
		if err != nil {
			t.Fatal(err)
		}
		for _, apres := range []time.Duration{time.Second, 2 * time.Hour} {
			m.horloge = m.horloge.Add(apres)
			refuse(t, m.Prendre(t.Context(), m.iris, c), "tenue par Inès, en attente jusqu'au ")
		}
		x, err := m.unAvis(c, func(avis.Avis) bool { return true })
		if err != nil {
			t.Fatal(err)
		}
		if err := m.avis.Rendre(t.Context(), m.victor, x.ID, avis.Reponse{Sens: avis.Favorable, Texte: "x"}); err != nil {
			t.Fatal(err)
		}
		m.horloge = m.horloge.Add(3 * time.Hour)
		if _, err := m.Suivante(t.Context(), m.iris, instruction.Filtre{Agent: m.iris.Compte}); !errors.Is(err, instruction.ErrVide) {
			t.Errorf("the next one: %v", err)
		}
		if d := m.dossier(t, c); d.Attend(m.horloge) || d.Agent != m.ines.Compte || !d.Tenu(m.horloge) {
			t.Errorf("%+v", d)
		}
	})
}
