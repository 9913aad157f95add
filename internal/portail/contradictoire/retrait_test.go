package contradictoire_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"

	"guichet/internal/portail/contradictoire"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/lettre"
)

// envisager opens the withdrawal of an award.
func (m *monde) envisager(t testing.TB, c etat.Cle) int64 {
	t.Helper()
	id, err := m.Envisager(t.Context(), m.ines, contradictoire.Ouverture{Cle: c, Motifs: []string{"CONDITIONS"}, Texte: "Le logiciel n'est pas installé."})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// An award that was notified is taken back by a later decision: its supplier is heard first, who proposed it does not decide, the decision
// has its number and its letter, and the earlier letter stays readable. Both databases.
func TestWithdrawal(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, c := m.deposer(t, "00000000100008")
		m.attribuer(t, c)
		m.courriels = nil
		id := m.envisager(t, c)
		want := "L'agence envisage de retirer l'attribution de la demande ASP-1-1.\nAvant qu'elle décide, vous pouvez présenter vos observations, avec des documents, au plus tard le 09/12/2026.\n\nLire sa lettre et répondre : http://guichet.exemple.invalid/contradictoires/1\n" + jointe
		if len(m.courriels) != 1 || m.courriels[0].Texte != want || m.etatDe(t, c) != etat.RetraitEnvisage {
			t.Fatalf("%s: %+v", m.etatDe(t, c), m.courriels)
		}
		refuse(t, "decide before the end", m.Decider(t.Context(), m.victor, m.lu(t, id)), "avant la fin du 09/12/2026")
		refuse(t, "keep before the end", m.Renvoyer(t.Context(), m.victor, m.lu(t, id), "x"), "avant la fin du 09/12/2026")
		refuse(t, "decide elsewhere", m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			d := m.procedure(t, id).Parties[0].Decision
			_, err := m.decisions.Decider(ctx, tx, decision.Lu{Cle: c, Decision: d, Compte: m.victor.Compte, Roles: m.victor.Roles})
			return err
		}), "procédure contradictoire PC-000001")
		if err := m.repondre(t.Context(), id, f, true); err != nil {
			t.Fatal(err)
		}
		if err := m.Decider(t.Context(), m.victor, m.lu(t, id)); err != nil {
			t.Fatal(err)
		}
		d, err := m.suivis.Demande(t.Context(), f, c)
		if err != nil || d.Etat != etat.RetraitEnvisage || m.etatDe(t, c) != etat.RetraitDecide {
			t.Errorf("its supplier sees %+v, %v", d, err)
		}
		m.notifier(t)
		m.verifierRetrait(t, c)
	})
}

// verifierRetrait looks at what the withdrawal of the first award has left.
func (m *monde) verifierRetrait(t *testing.T, c etat.Cle) {
	t.Helper()
	recues, err := m.lettres.Recues(t.Context(), m.base.Lire(), lettre.Filtre{Cle: &c, Limite: 10})
	if err != nil || len(recues) != 2 || recues[0].Sens != decision.Retrait || recues[0].Reference() != "2026-000002" || recues[1].RemplaceePar != "2026-000002" || m.etatDe(t, c) != etat.AttributionRetiree {
		t.Fatalf("%s: %+v, %v", m.etatDe(t, c), recues, err)
	}
	figees, err := m.lettres.Figees(t.Context(), m.base.Lire(), recues[0].ID)
	if err != nil || len(figees) != 2 {
		t.Fatal(figees, err)
	}
	for _, mots := range []string{"Décision de retrait n° 2026-000002", "2026-000001 du 24/11/2026", "Les conditions mises à l'octroi de l'aide n'ont pas été respectées. (CRPA, art. L242-2, 2°)", "Le logiciel n'est pas installé.", "Par lettre du 24/11/2026", "Vous en avez présenté", "Victor", "L212-2"} {
		if lu := strings.ReplaceAll(string(figees[0].HTML), "\u00a0", " "); !strings.Contains(lu, mots) {
			t.Errorf("the letter lacks %q:\n%s", mots, lu)
		}
	}
}

// Who proposed a withdrawal does not decide it, nor keeps the award; a silence allows to once the last day is over; what is decided is taken
// back until it is told; and an award is kept for a reason that its supplier reads.
func TestWithdrawalKept(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	_, c := m.deposer(t, "00000000100008")
	m.attribuer(t, c)
	id, err := m.Envisager(t.Context(), m.iris, contradictoire.Ouverture{Cle: c, Motifs: []string{"CONDITIONS"}, Texte: "x"})
	if err != nil {
		t.Fatal(err)
	}
	m.le(t, "2026-12-09T23:00:00Z")
	refuse(t, "who proposed decides", m.Decider(t.Context(), m.iris, m.lu(t, id)), "vous-même")
	refuse(t, "who proposed keeps", m.Renvoyer(t.Context(), m.iris, m.lu(t, id), "x"), "vous-même")
	refuse(t, "close", m.Clore(t.Context(), m.iris, m.lu(t, id), "x"), "se décide")
	if err := m.Decider(t.Context(), m.victor, m.lu(t, id)); err != nil {
		t.Fatal(err)
	}
	if err := m.Reprendre(t.Context(), m.iris, m.lu(t, id), "Relire."); err != nil {
		t.Fatal(err)
	}
	m.courriels = nil
	refuse(t, "keep without a reason", m.Renvoyer(t.Context(), m.victor, m.lu(t, id), ""), "pourquoi")
	if err := m.Renvoyer(t.Context(), m.victor, m.lu(t, id), "Le logiciel est installé depuis."); err != nil {
		t.Fatal(err)
	}
	toutes, err := m.decisions.De(t.Context(), m.base.Lire(), c)
	if err != nil || len(toutes) != 3 || toutes[0].Etat != decision.Notifiee || toutes[1].Etat != decision.Reprise || toutes[2].Etat != decision.Ecartee || m.etatDe(t, c) != etat.Validee || m.procedure(t, id).Etat != contradictoire.Close {
		t.Errorf("%+v, %v", toutes, err)
	}
	if len(m.courriels) != 1 || !contient(m.courriels[0].Texte, "Le logiciel est installé depuis.") {
		t.Errorf("%+v", m.courriels)
	}
	m.verifierJournal(t, 1, "contradictoire.ouverte", "contradictoire.decidee", "contradictoire.reprise", "contradictoire.maintenue")
}

// An award that was illegal is taken back within four months of its decision, for that reason alone; another reason has no such time. What is
// no award, or for no reason of withdrawals, is not taken back.
func TestWithdrawalRefused(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	_, c := m.deposer(t, "00000000100008")
	ouvrir := func(motifs ...string) error {
		_, err := m.Envisager(t.Context(), m.ines, contradictoire.Ouverture{Cle: c, Motifs: motifs, Texte: "x"})
		return err
	}
	refuse(t, "no award", ouvrir("CONDITIONS"), "")
	m.attribuer(t, c)
	refuse(t, "no reason", ouvrir(), "obligatoire")
	refuse(t, "a reason for refusals", ouvrir("PLAFOND"), "catalogue")
	m.le(t, "2027-03-24T23:00:00Z")
	refuse(t, "after four months", ouvrir(decision.Illegale), "L242-1")
	m.le(t, "2027-03-24T22:59:00Z")
	if err := ouvrir(decision.Illegale); err != nil {
		t.Error(err)
	}
	id := m.procedure(t, 1).ID
	m.le(t, "2027-04-20T10:00:00Z")
	refuse(t, "decide after four months", m.Decider(t.Context(), m.victor, m.lu(t, id)), "L242-1")
	if err := m.Renvoyer(t.Context(), m.victor, m.lu(t, id), "Trop tard."); err != nil {
		t.Fatal(err)
	}
	if err := ouvrir(decision.Illegale, "FRAUDE"); err != nil {
		t.Error(err)
	}
}
