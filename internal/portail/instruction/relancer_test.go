package instruction_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/instruction"
)

// demandee makes a demande whose supplier is asked for something on the 24 November, to be answered by the 24 December.
func (m *monde) demandee(t *testing.T) (fournisseur int64, c etat.Cle) {
	t.Helper()
	fournisseur, c = m.tenue(t, m.ines)
	err := m.tenir(m.ines, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
		return m.suivis.Changer(ctx, tx, etat.Changement{Fournisseur: fournisseur, Depot: c.Depot, Rangs: []int{c.Rang}, A: etat.AModifier, Par: etat.Agence, Acte: etat.Demander, Compte: m.ines.Compte, Roles: m.ines.Roles, Motif: "Signer le bon."})
	})
	if err != nil {
		t.Fatal(err)
	}
	m.courriels = nil
	return fournisseur, c
}

// regarder looks at what is due, twice as two processes do, and wants so many things done in all.
func (m *monde) regarder(t *testing.T, quand time.Time, want int) {
	t.Helper()
	m.horloge = quand
	n := 0
	for range 2 {
		fait, err := m.Relancer(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		n += fait
	}
	if n != want {
		t.Errorf("%s: %d were done, want %d", quand, n, want)
	}
}

func paris(t *testing.T, jour, heure int) time.Time {
	t.Helper()
	p, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	return time.Date(2026, 12, jour, heure, 0, 0, 0, p)
}

// A supplier is reminded ten days and three days before the last day, once each; the whole of that day is still its own. Then the demande is the
// agency's again, marked, and the supplier is told why.
func TestRemindedThenOver(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, c := m.demandee(t)
		if d := m.dossier(t, c); !d.Reponse.Equal(time.Date(2026, 12, 24, 10, 0, 0, 0, time.UTC)) {
			t.Errorf("%+v", d)
		}
		m.regarder(t, paris(t, 14, 7), 0)
		m.regarder(t, paris(t, 14, 8), 1)
		m.regarder(t, paris(t, 21, 7), 0)
		m.regarder(t, paris(t, 21, 9), 1)
		m.regarder(t, paris(t, 24, 23), 0)
		if len(m.courriels) != 2 {
			t.Fatalf("%d mails", len(m.courriels))
		}
		for i, mots := range []string{"Réponse au plus tard le 24/12/2026 (dans 10 jours).", "Réponse au plus tard le 24/12/2026 (dans 3 jours)."} {
			if x := m.courriels[i]; x.A != "camille@exemple.invalid" || x.Sujet != "Rappel : réponse attendue, demande "+etatessai.NumeroASP(c.Depot, 0) || !strings.Contains(x.Texte, mots) || !strings.Contains(x.Texte, "> Signer le bon.") {
				t.Errorf("%+v", x)
			}
		}
		m.regarder(t, paris(t, 25, 0), 1)
		m.regarder(t, paris(t, 30, 0), 0)
		d := m.dossier(t, c)
		if d.Etat != etat.Instruction || !d.SansReponse.Equal(paris(t, 25, 0)) || !d.Reponse.IsZero() || d.Agent != m.ines.Compte {
			t.Errorf("%+v", d)
		}
		if len(m.courriels) != 3 || !strings.Contains(m.courriels[2].Texte, "passé sans réponse") || !strings.Contains(m.courriels[2].Sujet, "En instruction") {
			t.Errorf("%+v", m.courriels)
		}
		if n, err := m.Compter(t.Context(), instruction.Filtre{File: instruction.Muettes}); n != 1 || err != nil {
			t.Errorf("%d without an answer, %v", n, err)
		}
		s, err := m.suivis.Demande(t.Context(), f, c)
		if err != nil {
			t.Fatal(err)
		}
		h, err := m.suivis.Historique(t.Context(), s)
		if err != nil || h[len(h)-1].Reprise().Fr == "" {
			t.Errorf("%+v, %v", h, err)
		}
	})
}

// Where the agency has set so a refusal is proposed, that nobody but a decider decides.
func TestRefusalProposedWithoutAnAnswer(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.RefusSansReponse = true
		_, c := m.demandee(t)
		m.regarder(t, paris(t, 25, 0), 1) // the counter was stopped: the reminders are passed over
		toutes, err := m.decisions.De(t.Context(), b.Lire(), c)
		if err != nil || len(toutes) != 1 || toutes[0].Sens != decision.Rejet || toutes[0].Etat != decision.Proposee || toutes[0].ProposePar != 0 || toutes[0].Motifs[0] != decision.SansReponse {
			t.Fatalf("%+v, %v", toutes, err)
		}
		if d := m.dossier(t, c); d.Etat != etat.AValider || len(m.courriels) != 1 {
			t.Errorf("%+v, %d mails", d, len(m.courriels))
		}
		if err := m.trancher(c, m.ivan); err == nil {
			t.Error("who only examines decides")
		}
		if err := m.trancher(c, m.victor); err != nil {
			t.Error(err)
		}
	})
}

// A counter that was stopped for days sends one reminder; one that is late by more than the time left, none for a day that has passed.
// Nothing ends for a supplier that may not answer.
func TestRemindedLate(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, c := m.demandee(t)
	m.regarder(t, paris(t, 22, 12), 1)
	m.regarder(t, paris(t, 23, 12), 0)
	if len(m.courriels) != 1 {
		t.Errorf("%d mails", len(m.courriels))
	}
	suspendre := func(e string) {
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE fournisseur SET etat = $1 WHERE id = $2`, e, f)
			return err
		})
	}
	suspendre("suspendu")
	m.regarder(t, paris(t, 28, 12), 0)
	suspendre("actif")
	m.regarder(t, paris(t, 28, 13), 1)
	if d := m.dossier(t, c); d.Etat != etat.Instruction {
		t.Errorf("%+v", d)
	}
}

// What is answered, or taken back, is reminded of no longer; what is asked for late is not reminded of at once.
func TestNothingToRemindOf(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, c := m.demandee(t)
	if err := m.fournisseur(f, c, etat.Instruction); err != nil {
		t.Fatal(err)
	}
	m.courriels = nil
	m.regarder(t, paris(t, 30, 12), 0)
	if len(m.courriels) != 0 {
		t.Errorf("%+v", m.courriels)
	}
	m = nouveau(t, dbessai.SQLite(t))
	m.Rappels = []int{40, 30, 5, 5}
	m.horloge = paris(t, 1, 12)
	_, c = m.demandee(t)
	m.regarder(t, paris(t, 1, 13), 0)
	m.regarder(t, paris(t, 26, 8), 1)
	if len(m.courriels) != 1 || m.dossier(t, c).Etat != etat.AModifier {
		t.Errorf("%+v", m.courriels)
	}
}
