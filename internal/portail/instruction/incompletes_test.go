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

// incompletes are the pages of the list, two demandes each.
func (m *monde) incompletes(t *testing.T, fournisseur int64) (numeros []string) {
	t.Helper()
	var place *instruction.Place
	for pages := 0; ; pages++ {
		p, err := m.ListerIncompletes(t.Context(), fournisseur, place, 2)
		if err != nil || pages > 10 {
			t.Fatal(pages, err)
		}
		for _, d := range p.Dossiers {
			numeros = append(numeros, d.NumeroASP)
		}
		if place = p.Apres; place == nil {
			return numeros
		}
	}
}

// Demandes that lack documents are listed from where they stand, those whose deadline passes first; one that gets its documents, or is proposed
// to be refused, is not among them any more. A supplier learns nothing of a refusal that is proposed.
func TestDocumentsThatNeverCame(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, depot := m.deposer(t, "00000000100008", 3)
		m.horloge = m.horloge.Add(time.Hour)
		g, autre := m.deposer(t, "00000000200006", 2)
		for _, x := range []struct {
			f, d  int64
			rangs []int
		}{{f, depot, []int{0, 2}}, {g, autre, []int{0, 1}}} {
			m.changer(t, etat.Changement{Fournisseur: x.f, Depot: x.d, Rangs: x.rangs, A: etat.Incomplete, Par: etat.Programme})
		}
		tous := etatessai.NumeroASP(depot, 0) + " " + etatessai.NumeroASP(depot, 2) + " " + etatessai.NumeroASP(autre, 0) + " " + etatessai.NumeroASP(autre, 1)
		if got := strings.Join(m.incompletes(t, 0), " "); got != tous {
			t.Errorf("%s, want %s", got, tous)
		}
		if got := m.incompletes(t, g); len(got) != 2 || got[0] != etatessai.NumeroASP(autre, 0) {
			t.Errorf("of one supplier: %v", got)
		}
		c := etat.Cle{Depot: depot}
		d, err := m.Trouver(t.Context(), b.Lire(), c)
		if err != nil || d.Etat != etat.Incomplete || !d.Reponse.Equal(time.Date(2026, 12, 24, 10, 0, 0, 0, time.UTC)) || d.Montant != montant {
			t.Fatalf("%+v, %v", d, err)
		}
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `UPDATE fournisseur SET etat = 'suspendu' WHERE id = $1`, g)
			return err
		})
		for _, x := range []int64{f, g} {
			if p, err := m.ListerIncompletes(t.Context(), x, nil, 2); err != nil || p.Dossiers[0].Suspendu != (x == g) {
				t.Errorf("supplier %d: %+v, %v", x, p, err)
			}
		}
		m.courriels = nil
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			return m.decisions.Proposer(ctx, tx, decision.Proposition{Fournisseur: f, Cle: c, Sens: decision.Rejet, Motifs: []string{decision.SansReponse}, Texte: "Rien n'est venu.", Compte: m.ines.Compte, Roles: m.ines.Roles})
		})
		if got := m.incompletes(t, 0); len(got) != 3 || m.dossier(t, c).Etat != etat.AValider {
			t.Errorf("%v, %+v", got, m.dossier(t, c))
		}
		s, err := m.suivis.Demande(t.Context(), f, c)
		if err != nil {
			t.Fatal(err)
		}
		h, err := m.suivis.Historique(t.Context(), s)
		if dernier := h[len(h)-1]; err != nil || dernier.A != etat.Instruction || dernier.Motif != "" {
			t.Errorf("the supplier reads %+v, %v", dernier, err)
		}
		for _, x := range m.courriels {
			if strings.Contains(x.Texte+x.Sujet, "venu") || strings.Contains(x.Texte+x.Sujet, "valider") || !strings.Contains(x.Sujet, "En instruction") {
				t.Errorf("the supplier is written %+v", x)
			}
		}
		if err := m.trancher(c, m.victor); err != nil {
			t.Fatal(err)
		}
		m.horloge = m.horloge.Add(2 * time.Hour)
		if n, err := m.decisions.Notifier(t.Context()); n != 1 || err != nil || m.dossier(t, c).Etat != etat.Refusee {
			t.Errorf("%d, %v", n, err)
		}
	})
}
