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
	"guichet/internal/portail/instruction"
)

// An award is decided by somebody else than who proposed it, may be taken back for an hour, and is told after it, once.
func TestAward(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, depot := m.deposer(t, "00000000100008", 1)
		c := etat.Cle{Depot: depot}
		decide := func(a instruction.Agent) error { return m.trancher(c, a) }
		refuse(t, m.proposer(m.ines, c, decision.Attribution), "prenez-la d'abord")
		if err := m.Prendre(t.Context(), m.iris, c); err != nil {
			t.Fatal(err)
		}
		if err := m.proposer(m.iris, c, decision.Attribution); err != nil {
			t.Fatal(err)
		}
		if err := decide(m.iris); err == nil {
			t.Error("who proposed decides")
		}
		if err := decide(m.ivan); err == nil {
			t.Error("who only examines decides")
		}
		if err := decide(m.victor); err != nil {
			t.Fatal(err)
		}
		if n, err := m.decisions.Notifier(t.Context()); n != 0 || err != nil {
			t.Errorf("%d were told at once, %v", n, err)
		}
		if err := m.proposer(m.iris, c, decision.Rejet); err == nil || m.dossier(t, c).Etat != etat.Decidee {
			t.Errorf("a new proposal undoes a decision: %v", err)
		}
		m.horloge = m.horloge.Add(59 * time.Minute)
		err := m.decider(c, m.victor, func(ctx context.Context, tx *sql.Tx, lu decision.Lu) error {
			return m.decisions.Reprendre(ctx, tx, lu, "mauvais dossier")
		})
		if err != nil {
			t.Fatal(err)
		}
		m.horloge = m.horloge.Add(time.Hour)
		courriels := len(m.courriels)
		if n, err := m.decisions.Notifier(t.Context()); n != 0 || err != nil || m.dossier(t, c).Etat != etat.AValider {
			t.Errorf("%d were told of what was taken back, %v", n, err)
		}
		if err := decide(m.victor); err != nil {
			t.Fatal(err)
		}
		m.horloge = m.horloge.Add(time.Hour)
		for i, want := range []int{1, 0} {
			if n, err := m.decisions.Notifier(t.Context()); n != want || err != nil {
				t.Errorf("look %d: %d, %v", i, n, err)
			}
		}
		if d := m.dossier(t, c); d.Etat != etat.Validee || len(m.courriels) != courriels+1 || !strings.Contains(m.courriels[courriels].Sujet, "Lettre 2026-000002") {
			t.Errorf("%+v, %d mails", d, len(m.courriels)-courriels)
		}
		toutes, err := m.decisions.De(t.Context(), b.Lire(), c)
		if err != nil || len(toutes) != 2 || toutes[0].Reference() != "2026-000001" || toutes[0].Etat != decision.Reprise || toutes[1].Reference() != "2026-000002" || toutes[1].Montant != montant || toutes[1].Fournisseur != f {
			t.Errorf("%+v, %v", toutes, err)
		}
	})
}

// What cannot be proposed leaves the demande where it is.
func TestImpossibleProposals(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, c := m.tenue(t, m.ines)
	for _, x := range []struct {
		p    decision.Proposition
		mots string
	}{
		{decision.Proposition{Sens: decision.Attribution, Montant: 0}, "supérieur à 0"},
		{decision.Proposition{Sens: decision.Attribution, Montant: montant + 1}, "demandés"},
		{decision.Proposition{Sens: decision.Attribution, Montant: montant, Plafond: montant - 1}, "plafond"},
		{decision.Proposition{Sens: decision.Rejet}, "motif du refus"},
		{decision.Proposition{Sens: decision.Rejet, Motifs: []string{"INCONNU"}}, "catalogue"},
		{decision.Proposition{Sens: "autre"}, "attribution ou un refus"},
		{decision.Proposition{Sens: decision.Rejet, Motifs: []string{"DEJA"}, Texte: strings.Repeat("é", decision.MaxTexte+1)}, "2\u00a0000 caractères"},
	} {
		x.p.Fournisseur, x.p.Cle, x.p.Demande, x.p.Compte, x.p.Roles = f, c, montant, m.ines.Compte, m.ines.Roles
		err := m.tenir(m.ines, c, func(ctx context.Context, tx *sql.Tx, _ *instruction.Dossier) error {
			return m.decisions.Proposer(ctx, tx, x.p)
		})
		refuse(t, err, x.mots)
	}
	if d := m.dossier(t, c); d.Etat != etat.Instruction {
		t.Errorf("%+v", d)
	}
}

// A refusal tells its reasons, each with what it rests on, and nothing of it before it is notified.
func TestRefusal(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, c := m.tenue(t, m.ines)
	avant := len(m.courriels)
	if err := m.proposer(m.ines, c, decision.Rejet); err != nil {
		t.Fatal(err)
	}
	err := m.trancher(c, m.victor)
	d, errD := m.suivis.Demande(t.Context(), f, c)
	if err != nil || errD != nil || d.Etat != etat.Instruction || len(m.courriels) != avant {
		t.Fatalf("%+v, %d mails, %v, %v", d, len(m.courriels)-avant, err, errD)
	}
	m.horloge = m.horloge.Add(time.Hour)
	if _, err := m.decisions.Notifier(t.Context()); err != nil {
		t.Fatal(err)
	}
	d, err = m.suivis.Demande(t.Context(), f, c)
	if err != nil || d.Etat != etat.Refusee || len(m.courriels) != avant+1 {
		t.Fatalf("%+v, %v", d, err)
	}
	toutes, err := m.decisions.De(t.Context(), m.base.Lire(), c)
	if err != nil || len(toutes) != 1 {
		t.Fatalf("%+v, %v", toutes, err)
	}
	figees, err := m.lettres.Figees(t.Context(), m.base.Lire(), toutes[0].ID)
	if err != nil || len(figees) != 2 {
		t.Fatalf("%+v, %v", figees, err)
	}
	if lu := string(figees[0].Corps()); !strings.Contains(lu, "dépasse le plafond") || !strings.Contains(lu, "§3.1") {
		t.Errorf("letter:\n%s", lu)
	}
}

// What a supplier withdraws is decided no longer.
func TestWithdrawnMeanwhile(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f, c := m.tenue(t, m.ines)
	if err := m.proposer(m.ines, c, decision.Attribution); err != nil {
		t.Fatal(err)
	}
	if err := m.fournisseur(f, c, etat.Retiree); err != nil {
		t.Fatal(err)
	}
	err := m.trancher(c, m.victor)
	refuse(t, err, "a changé")
	toutes, err := m.decisions.De(t.Context(), m.base.Lire(), c)
	if err != nil || len(toutes) != 1 || toutes[0].Etat != decision.Caduque {
		t.Errorf("%+v, %v", toutes, err)
	}
}
