package etat_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/etat"
)

// Each state and each act has words in both languages, and each step leads between states that exist: one step for each actor.
func TestTable(t *testing.T) {
	t.Parallel()
	for _, d := range etat.Tous {
		if d.Nom.Fr == "" || d.Nom.En == "" || d.Suite.Fr == "" || d.Suite.En == "" || d.Ton == "" {
			t.Errorf("%s lacks words", d.Etat)
		}
		if _, ok := etat.Decrire(d.Etat.Montre()); !ok || d.Etat.Montre().Montre() != d.Etat.Montre() {
			t.Errorf("%s is shown as %q", d.Etat, d.Montre)
		}
	}
	for i, x := range etat.Transitions {
		_, de := etat.Decrire(x.De)
		_, a := etat.Decrire(x.A)
		if nom := etat.Noms[x.Acte]; !de || !a || x.De == x.A || x.Par == 0 || nom.Fr == "" || nom.En == "" || x.Qui().Fr == "" || x.Qui().En == "" {
			t.Errorf("step %+v", x)
		}
		for _, y := range etat.Transitions { // who took a step is found by the states it leads from and to
			if x.Sauf != "" && slices.ContainsFunc(etat.Pour(x.Sauf), func(z etat.Transition) bool { return z.De == y.De && z.A == y.A && y.Acte != x.Sauf }) {
				t.Errorf("step %+v: %+v cannot be told from %q", x, y, x.Sauf)
			}
		}
		if (x.Par&etat.Agence != 0) != (x.Role != 0) {
			t.Errorf("step %+v: a step of the agency says whose it is, and no other", x)
		}
		for _, autre := range etat.Transitions[:i] {
			if autre.De == x.De && autre.A == x.A && autre.Par&x.Par != 0 {
				t.Errorf("%+v and %+v are one step", autre, x)
			}
		}
	}
	for _, e := range []etat.Etat{etat.Payee, etat.Retiree} {
		if !e.Final() {
			t.Errorf("%s is not final", e)
		}
	}
}

// Who decides is not who proposed, and who pays has not decided (decree 2012-1246, art. 9).
func TestFourEyes(t *testing.T) {
	t.Parallel()
	for acte, sauf := range map[etat.Acte]etat.Acte{etat.Decider: etat.Proposer, etat.Payer: etat.Decider, etat.Revoquer: etat.Envisager, etat.Maintenir: etat.Envisager} {
		for _, x := range etat.Transitions {
			if x.Acte == acte && x.Sauf != sauf {
				t.Errorf("%+v: not by who did %q", x, sauf)
			}
		}
	}
}

// An act that changes no state is done in some, which the supplier sees as being examined or as its own turn, by somebody; what leads
// out of them ends it.
func TestActsOnTheSpot(t *testing.T) {
	t.Parallel()
	for _, s := range etat.Sejours {
		if len(s.Dans) == 0 || s.Nom.Fr == "" || s.Nom.En == "" || s.Qui.Fr == "" || s.Qui.En == "" || etat.Noms[s.Acte].Fr != "" || !s.Peut(etat.Instructeur) {
			t.Errorf("%+v", s)
		}
		for _, d := range etat.Tous {
			if etat.Permis(s.Acte, d.Etat) && (d.Etat.Final() || d.Etat == etat.Decidee || d.Etat == etat.Refusee) {
				t.Errorf("%s is done in %s", s.Acte, d.Etat)
			}
		}
	}
	if etat.Permis(etat.Consulter, etat.AValider) || !etat.Permis(etat.Aviser, etat.AValider) || etat.Permis(etat.Decider, etat.AValider) {
		t.Error("an opinion is asked for by who examines, and may still come when a decision is proposed")
	}
}

// What the agency has not told yet is still being examined to the supplier: nothing it sees leads to a decision but the notification.
func TestUntold(t *testing.T) {
	t.Parallel()
	for _, e := range []etat.Etat{etat.AValider, etat.Decidee} {
		if e.Montre() != etat.Instruction || !slices.Contains(etat.Instruction.Sous(), e) || slices.ContainsFunc(etat.Montres(), func(d etat.Description) bool { return d.Etat == e }) {
			t.Errorf("%s is shown as %s", e, e.Montre())
		}
	}
	if etat.RetraitDecide.Montre() != etat.RetraitEnvisage || etat.RetraitPropose.Montre() != etat.Validee || etat.RetraitTranche.Montre() != etat.Validee {
		t.Error("a withdrawal is shown before it is told")
	}
	for _, x := range etat.Transitions {
		if x.A == etat.AttributionRetiree && (x.Par != etat.Programme || x.De != etat.RetraitDecide && x.De != etat.RetraitTranche || x.Muet()) {
			t.Errorf("%+v tells of a withdrawal that was not decided", x)
		}
		if (x.A == etat.Validee && x.Acte != etat.Maintenir || x.A == etat.Refusee) && (x.Par != etat.Programme || x.De != etat.Decidee || x.Muet()) {
			t.Errorf("%+v tells of a decision that was not made", x)
		}
	}
}

// A supplier can give a demande up in every state but the final ones, a refusal and a withdrawal of the award, with a reason.
func TestRetrait(t *testing.T) {
	t.Parallel()
	for _, d := range etat.Tous {
		pas, ok := etat.Pas(d.Etat, etat.Retiree, etat.Fournisseur)
		if ok == (d.Etat.Final() || d.Etat.Abandonnee()) || ok && !pas.Motif {
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
		if !ici.Final() && !mene(ici, map[etat.Etat]bool{}) {
			t.Fatalf("%s leads nowhere", ici)
		}
	})
}

// mene tells whether some way leads from a state to a final one.
func mene(e etat.Etat, vus map[etat.Etat]bool) bool {
	vus[e] = true
	return e.Final() || slices.ContainsFunc(etat.Transitions, func(x etat.Transition) bool { return x.De == e && !vus[x.A] && mene(x.A, vus) })
}
