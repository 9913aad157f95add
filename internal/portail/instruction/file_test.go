package instruction_test

import (
	"slices"
	"testing"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/instruction"
)

// rangs lists what a filter finds, part by part.
func (m *monde) rangs(t *testing.T, f instruction.Filtre, n int) (rangs []int) {
	t.Helper()
	var place *instruction.Place
	for range 100 {
		p, err := m.Lister(t.Context(), f, place, n)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range p.Dossiers {
			rangs = append(rangs, d.Rang)
		}
		if place = p.Apres; place == nil {
			return rangs
		}
	}
	t.Fatal("the list does not end")
	return nil
}

// Each list and each filter finds what it says, in its order, also part by part, and counts as many.
func TestQueue(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, depot := m.deposer(t, "00000000100008", 6)
		cle := func(rang int) etat.Cle { return etat.Cle{Depot: depot, Rang: rang} }
		for rang, a := range map[int]instruction.Agent{0: m.ines, 1: m.ines, 2: m.ivan, 3: m.ines} {
			if err := m.Prendre(t.Context(), a, cle(rang)); err != nil {
				t.Fatal(err)
			}
		}
		if err := m.proposer(m.ines, cle(0), decision.Rejet); err != nil {
			t.Fatal(err)
		}
		for _, a := range []etat.Etat{etat.AModifier, etat.Instruction} {
			par := map[etat.Etat]etat.Acteur{etat.AModifier: etat.Agence, etat.Instruction: etat.Fournisseur}[a]
			m.changer(t, etat.Changement{Fournisseur: f, Depot: depot, Rangs: []int{1}, A: a, Par: par, Motif: "x"})
		}
		if err := m.Attendre(t.Context(), m.ivan, cle(2), m.horloge.AddDate(0, 0, 2), "x"); err != nil {
			t.Fatal(err)
		}
		for _, x := range []struct {
			nom  string
			f    instruction.Filtre
			want []int
		}{
			{"to be taken", instruction.Filtre{File: instruction.APrendre}, []int{1, 4, 5}},
			{"mine", instruction.Filtre{File: instruction.Miennes, Agent: m.ines.Compte}, []int{0, 1, 3}},
			{"answers", instruction.Filtre{File: instruction.Reponses}, []int{1}},
			{"to be decided", instruction.Filtre{File: instruction.AValider}, []int{0}},
			{"put aside", instruction.Filtre{File: instruction.EnAttente}, []int{2}},
			{"deadline near", instruction.Filtre{File: instruction.Echeances}, nil},
			{"all", instruction.Filtre{File: instruction.Toutes}, []int{0, 1, 2, 3, 4, 5}},
			{"all, the farthest first", instruction.Filtre{File: instruction.Toutes, Tri: instruction.ParEcheanceD}, []int{5, 4, 3, 2, 1, 0}},
			{"the highest first", instruction.Filtre{File: instruction.Toutes, Tri: instruction.ParMontantD}, []int{5, 4, 3, 2, 1, 0}},
			{"the lowest first", instruction.Filtre{File: instruction.APrendre, Tri: instruction.ParMontant}, []int{1, 4, 5}},
			{"at least", instruction.Filtre{File: instruction.Toutes, Min: montant + 400}, []int{4, 5}},
			{"at most", instruction.Filtre{File: instruction.Toutes, Max: montant + 100}, []int{0, 1}},
			{"a state", instruction.Filtre{File: instruction.Toutes, Etat: etat.Complete}, []int{4, 5}},
			{"a supplier", instruction.Filtre{File: instruction.Toutes, Fournisseur: f + 1}, nil},
			{"a software", instruction.Filtre{File: instruction.Toutes, Logiciel: "ANS0000001", Etat: etat.Instruction}, []int{1, 2, 3}},
			{"an OG", instruction.Filtre{File: instruction.Toutes, OG: "990000002"}, nil},
			{"held by", instruction.Filtre{File: instruction.Toutes, Tenue: m.ivan.Compte}, []int{2}},
			{"older than", instruction.Filtre{File: instruction.Toutes, Age: 1}, nil},
		} {
			for _, n := range []int{1, 2, 50} {
				if got := m.rangs(t, x.f, n); !slices.Equal(got, x.want) {
					t.Errorf("%s, by %d: %v, want %v", x.nom, n, got, x.want)
				}
			}
			if sans := x.f; sans.Min+sans.Max == 0 && sans.Age == 0 && sans.Etat == "" {
				if n, err := m.Compter(t.Context(), x.f); n != len(x.want) || err != nil {
					t.Errorf("%s: counted %d, %v", x.nom, n, err)
				}
			}
		}
		for _, x := range []struct {
			f            instruction.Filtre
			rang         int
			avant, apres int
		}{
			{instruction.Filtre{File: instruction.Toutes}, 2, 1, 3},
			{instruction.Filtre{File: instruction.Toutes, Tri: instruction.ParMontantD}, 2, 3, 1},
			{instruction.Filtre{File: instruction.APrendre}, 3, 1, 4}, // it has left the list
			{instruction.Filtre{File: instruction.APrendre}, 0, -1, 1},
			{instruction.Filtre{File: instruction.APrendre}, 5, 4, -1},
		} {
			avant, apres, err := m.Voisines(t.Context(), x.f, m.dossier(t, cle(x.rang)))
			if err != nil || rangDe(avant) != x.avant || rangDe(apres) != x.apres {
				t.Errorf("around %d in %+v: %d and %d, %v", x.rang, x.f, rangDe(avant), rangDe(apres), err)
			}
		}
		m.horloge = m.horloge.AddDate(0, 2, -10)
		if n, err := m.Compter(t.Context(), instruction.Filtre{File: instruction.Echeances}); n != 6 || err != nil {
			t.Errorf("ten days before the end: %d, %v", n, err)
		}
		if d := m.dossier(t, cle(4)); d.Jours(m.horloge) != 10 {
			t.Errorf("%d days are left", d.Jours(m.horloge))
		}
	})
}

func rangDe(d *instruction.Dossier) int {
	if d == nil {
		return -1
	}
	return d.Rang
}
