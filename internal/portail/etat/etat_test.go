package etat_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/etat"
)

// Each state has words in both languages, and each step leads between states that exist, once.
func TestTable(t *testing.T) {
	t.Parallel()
	vus := map[[2]etat.Etat]bool{}
	for _, d := range etat.Tous {
		if d.Nom.Fr == "" || d.Nom.En == "" || d.Suite.Fr == "" || d.Suite.En == "" || d.Ton == "" {
			t.Errorf("%s lacks words", d.Etat)
		}
	}
	for _, x := range etat.Transitions {
		_, de := etat.Decrire(x.De)
		_, a := etat.Decrire(x.A)
		if cle := [2]etat.Etat{x.De, x.A}; !de || !a || x.De == x.A || x.Par == 0 || vus[cle] {
			t.Errorf("step %+v", x)
		} else {
			vus[cle] = true
		}
	}
	for _, e := range []etat.Etat{etat.Payee, etat.Refusee, etat.Retiree} {
		if !e.Final() {
			t.Errorf("%s is not final", e)
		}
	}
}

// A supplier can give a demande up in every state but the final ones, with a reason.
func TestRetrait(t *testing.T) {
	t.Parallel()
	for _, d := range etat.Tous {
		pas, ok := etat.Pas(d.Etat, etat.Retiree, etat.Fournisseur)
		if ok == d.Etat.Final() || ok && !pas.Motif {
			t.Errorf("%s: %t, %+v", d.Etat, ok, pas)
		}
		if _, ok := etat.Pas(d.Etat, etat.Retiree, etat.Agence|etat.Programme); ok {
			t.Errorf("%s: somebody else withdraws", d.Etat)
		}
	}
}

// Whatever anybody tries in whatever order, nothing leaves a final state, and a final state can be reached from
// wherever one stands.
func TestPaths(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		ici := etat.Incomplete
		for _, essai := range rapid.SliceOf(rapid.Custom(func(t *rapid.T) etat.Transition {
			return etat.Transition{
				A:   rapid.SampledFrom(etat.Tous).Draw(t, "a").Etat,
				Par: etat.Acteur(rapid.Uint8Range(1, 7).Draw(t, "par")),
			}
		})).Draw(t, "essais") {
			_, ok := etat.Pas(ici, essai.A, essai.Par)
			if ok && ici.Final() {
				t.Fatalf("%s → %s", ici, essai.A)
			}
			if ok {
				ici = essai.A
			}
		}
		if !ici.Final() && !slices.ContainsFunc(etat.Transitions, func(x etat.Transition) bool { return x.De == ici && x.A.Final() }) {
			t.Fatalf("%s leads nowhere", ici)
		}
	})
}
