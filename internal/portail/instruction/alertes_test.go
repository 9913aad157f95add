package instruction_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// listees are the ranks of one deposit's demandes that a filter finds, in their order.
func (m *monde) listees(t *testing.T, f instruction.Filtre) string {
	t.Helper()
	p, err := m.Lister(t.Context(), f, nil, 50)
	if err != nil {
		t.Fatal(err)
	}
	texte := ""
	for _, d := range p.Dossiers {
		texte += fmt.Sprint(d.Rang)
	}
	return texte
}

func (m *monde) revoir(t *testing.T, want int) {
	t.Helper()
	if n, err := m.Revoir(t.Context()); n != want || err != nil {
		t.Errorf("%d demandes were looked at, %v, want %d", n, err, want)
	}
}

// The queue is narrowed to what has an alert, none, or one of a rule, in each order. Alerts are looked for again once a register has
// changed, when a demande is answered, and not for those that are closed; what was not looked at yet has neither none nor some.
func TestAlerts(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, depot := m.deposer(t, "00000000100008", 6)
		m.remarques = func(c etat.Cle) (map[string]int, error) {
			switch c.Rang {
			case 1, 4:
				return map[string]int{"A509": 2, "A511": 1}, nil
			case 2:
				return map[string]int{"A511": 1}, nil
			case 5:
				return nil, fmt.Errorf("the disk: %w", instruction.ErrIllisible)
			}
			return nil, nil
		}
		if sans, avec := m.listees(t, instruction.Filtre{Alerte: instruction.SansAlerte}), m.listees(t, instruction.Filtre{Alerte: instruction.AvecAlerte}); sans+avec != "" {
			t.Errorf("before anybody looked: %q without, %q with", sans, avec)
		}
		m.revoir(t, 6)
		m.revoir(t, 0)
		filtres := func(quand string, wants map[string]string) {
			t.Helper()
			for alerte, want := range wants {
				for tri, sens := range map[instruction.Tri]string{instruction.ParEcheance: want, instruction.ParMontant: want, instruction.ParMontantD: inverser(want)} {
					if lu := m.listees(t, instruction.Filtre{File: instruction.Toutes, Alerte: alerte, Tri: tri}); lu != sens {
						t.Errorf("%s, %s by %s: %q, want %q", quand, alerte, tri, lu, sens)
					}
				}
			}
		}
		filtres("first", map[string]string{instruction.SansAlerte: "03", instruction.AvecAlerte: "1245", "A509": "14", "A511": "124", instruction.NonLue: "5", "A502": ""})
		if d := m.dossier(t, etat.Cle{Depot: depot, Rang: 1}); !d.Revue || fmt.Sprint(d.Alertes) != "[{A509 2} {A511 1}]" {
			t.Errorf("%+v", d)
		}
		page, err := m.Lister(t.Context(), instruction.Filtre{File: instruction.Toutes, Alerte: "A511"}, nil, 2)
		if err != nil || page.Apres == nil {
			t.Fatalf("%+v, %v", page, err)
		}
		if page, err = m.Lister(t.Context(), instruction.Filtre{File: instruction.Toutes, Alerte: "A511"}, page.Apres, 2); err != nil || len(page.Dossiers) != 1 || page.Dossiers[0].Rang != 4 {
			t.Errorf("the second page of a rule: %+v, %v", page, err)
		}

		c := etat.Cle{Depot: depot, Rang: 4}
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		if err := m.proposer(m.ines, c, decision.Rejet); err != nil {
			t.Fatal(err)
		}
		filtres("proposed", map[string]string{"A509": "14", instruction.AvecAlerte: "1245"})
		if err := m.trancher(c, m.victor); err != nil {
			t.Fatal(err)
		}
		filtres("decided", map[string]string{"A509": "1", "A511": "12", instruction.AvecAlerte: "125"})

		m.jeu, m.remarques = "un autre", func(c etat.Cle) (map[string]int, error) { return map[string]int{"A502": 1}, nil }
		m.revoir(t, 5)
		filtres("other registers", map[string]string{"A509": "", "A511": "", "A502": "01235", instruction.SansAlerte: ""})
		m.jeu, m.remarques = "encore un autre", func(c etat.Cle) (map[string]int, error) {
			if c.Rang == 2 {
				return nil, errors.New("the database")
			}
			return map[string]int{"A509": 1}, nil
		}
		if n, err := m.Revoir(t.Context()); n != 4 || err == nil || !strings.Contains(err.Error(), "the database") {
			t.Errorf("%d were looked at, %v", n, err)
		}
		filtres("one could not be looked at", map[string]string{"A509": "0135", "A502": "2", instruction.NonLue: ""})
		m.remarques = func(c etat.Cle) (map[string]int, error) { return map[string]int{"A502": 1}, nil }
		m.revoir(t, 1)
		filtres("it is looked at later", map[string]string{"A509": "0135", "A502": "2"})
		m.jeu = "" // taken away: what names the registers may come before or after
		m.revoir(t, 5)

		c.Rang = 0
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		m.changer(t, etat.Changement{Fournisseur: f, Depot: depot, Rangs: []int{0}, A: etat.AModifier, Par: etat.Agence, Compte: m.ines.Compte, Motif: "signer"})
		m.revoir(t, 0)
		m.remarques = func(etat.Cle) (map[string]int, error) { return nil, nil }
		if err := m.fournisseur(f, c, etat.Instruction); err != nil {
			t.Fatal(err)
		}
		filtres("answered", map[string]string{"A502": "1235"})
		m.revoir(t, 1)
		filtres("looked at again", map[string]string{instruction.SansAlerte: "0"})
	})
}

func inverser(t string) (envers string) {
	for _, c := range t {
		envers = string(c) + envers
	}
	return envers
}
