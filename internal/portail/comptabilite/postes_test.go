package comptabilite_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/etat"
)

// ecrits are amounts as a person reads them, the places that are not zero.
func ecrits(s comptabilite.Soldes) string {
	var mots []string
	for p, montant := range s {
		if montant != 0 {
			mots = append(mots, fmt.Sprintf("%s %d", comptabilite.Postes[p].Code, montant))
		}
	}
	return strings.Join(mots, ", ")
}

// Each state, by hand: 1 000,01 € asked, 500,05 € granted, of which 150,015 are rounded up. What the supplier was not told counts for nothing.
func TestWhereMoneyStands(t *testing.T) {
	t.Parallel()
	const instance = "demandes -100001, en_instance 100001"
	const accordee = "demandes -100001, accorde 50005, non_accorde 49996, octroi -50005, avance_due 15002, solde_du 35003"
	attendus := map[etat.Etat]string{
		"":               "",
		etat.Incomplete:  instance,
		etat.Complete:    instance,
		etat.Instruction: instance,
		etat.AModifier:   instance,
		etat.AValider:    instance,
		etat.Decidee:     instance,
		etat.Validee:     accordee,
		etat.Payee:       "demandes -100001, accorde 50005, non_accorde 49996, octroi -50005, solde_du 35003, paye 15002",
		etat.Refusee:     "demandes -100001, refuse 100001",

		etat.RetraitEnvisage:    accordee,
		etat.RetraitDecide:      accordee,
		etat.RetraitPropose:     accordee,
		etat.RetraitTranche:     accordee,
		etat.AttributionRetiree: "demandes -100001, attribution_retiree 100001",
		etat.Retiree:            "demandes -100001, retire 100001",
	}
	for _, d := range etat.Tous {
		if _, ok := attendus[d.Etat]; !ok {
			t.Errorf("%s: nobody has said where its money stands", d.Etat)
		}
	}
	for e, attendu := range attendus {
		if got := ecrits(comptabilite.Demande{Etat: e, Montant: 100001, Accorde: 50005}.Soldes()); got != attendu {
			t.Errorf("%s: %s, want %s", e, got, attendu)
		}
	}
}

// A million amounts: advance and rest are what is granted, 30 % to half a cent; each ledger sums to zero, the difference of two states, too.
func TestAMillionAmounts(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 2))
	avant := comptabilite.Soldes{}
	for range 1_000_000 {
		montant := r.Int64N(1 << (1 + r.IntN(40)))
		d := comptabilite.Demande{Etat: etat.Tous[r.IntN(len(etat.Tous))].Etat, Montant: montant, Accorde: r.Int64N(montant + 1)}
		s := d.Soldes()
		avance := s[comptabilite.AvanceDue] + s[comptabilite.Paye]
		if accorde := s[comptabilite.Accorde]; avance+s[comptabilite.SoldeDu] != accorde || 2*(10*avance-3*accorde) > 10 || 2*(10*avance-3*accorde) <= -10 || s[comptabilite.Octroi] != -accorde {
			t.Fatalf("%+v: %s", d, ecrits(s))
		}
		if !s.Equilibres() || !s.Moins(avant).Equilibres() || s[comptabilite.Demandes] != -montant {
			t.Fatalf("%+v: %s", d, ecrits(s))
		}
		avant = s
	}
}

// Words of places are kept in the database: each is of one place.
func TestWordsOfPlaces(t *testing.T) {
	t.Parallel()
	for i, d := range comptabilite.Postes {
		if p, ok := comptabilite.Lire(d.Code); !ok || int(p) != i || d.Poste != p || d.Nom.Fr == "" || d.Nom.En == "" {
			t.Errorf("%d: %+v is read as %d, %t", i, d, p, ok)
		}
	}
	if _, ok := comptabilite.Lire("ailleurs"); ok {
		t.Error("a place that there is not")
	}
}
