package suivi_test

import (
	"context"
	"database/sql"
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/internal/portail/suivi"
)

// A change is in the state, the history, the counters, the journal and the mails, or nowhere.
func TestChange(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 3)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0, 1)
		m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
		m.changer(t, f, d, etat.AModifier, etat.Agence, "Le bon de commande\n.n'a pas de <b>montant</b>", 0)
		demande, err := m.Demande(t.Context(), f, suivi.Cle{Depot: d})
		if err != nil || demande.Etat != etat.AModifier || !demande.Maj.Equal(m.horloge) {
			t.Fatalf("%+v, %v", demande, err)
		}
		h, err := m.Historique(t.Context(), demande)
		if err != nil || len(h) != 4 || h[0].A != etat.Incomplete || h[3].De != etat.Instruction || h[3].Par != etat.Agence || !strings.Contains(h[3].Motif, "montant") {
			t.Errorf("%+v, %v", h, err)
		}
		c := compter(t, m, f)
		if c[etat.Incomplete] != 1 || c[etat.Complete] != 1 || c[etat.AModifier] != 1 || c[etat.Instruction] != 0 {
			t.Errorf("counters %v", c)
		}
		if n, err := journalessai.Verifier(t.Context(), b, f); n != 3 || err != nil {
			t.Errorf("journal: %d rows, %v", n, err)
		}
		if len(m.courriels) != 3 || !strings.Contains(m.courriels[2].Texte, "> Le bon de commande\n> .n'a pas") || !strings.Contains(m.courriels[2].Sujet, "À modifier") {
			t.Errorf("mails %+v", m.courriels)
		}
	})
}

// What the agency proposes and decides is not seen by the supplier before it is notified: not in the state, the history, the counters,
// the mails, nor by a later time of change. Who follows the steps sees each.
func TestUntold(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		var suivis []etat.Acte
		m.Suivre = func(_ context.Context, _ *sql.Tx, pas []etat.Passage) error {
			for _, p := range pas {
				suivis = append(suivis, p.Acte)
			}
			return nil
		}
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 1)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
		m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
		vue := func() (suivi.Demande, []suivi.Evenement, map[etat.Etat]int64, int) {
			demande, err := m.Demande(t.Context(), f, suivi.Cle{Depot: d})
			if err != nil {
				t.Fatal(err)
			}
			h, err := m.Historique(t.Context(), demande)
			if err != nil {
				t.Fatal(err)
			}
			return *demande, h, compter(t, m, f), len(m.courriels)
		}
		avant, histoire, compte, courriels := vue()
		m.horloge = m.horloge.Add(time.Hour)
		for _, a := range []etat.Etat{etat.AValider, etat.Instruction, etat.AValider, etat.Decidee, etat.AValider, etat.Decidee} {
			m.changer(t, f, d, a, etat.Agence, "parce que", 0)
			apres, h, c, n := vue()
			if apres != avant || len(h) != len(histoire) || !maps.Equal(c, compte) || n != courriels {
				t.Errorf("%s shows: %+v, %+v, %v, %d mails", a, apres, h, c, n)
			}
		}
		m.changer(t, f, d, etat.Refusee, etat.Programme, "déjà financé", 0)
		apres, h, c, n := vue()
		if apres.Etat != etat.Refusee || h[len(h)-1].Motif != "déjà financé" || c[etat.Refusee] != 1 || c[etat.Instruction] != 0 || n != courriels+1 {
			t.Errorf("notified: %+v, %+v, %v, %d mails", apres, h, c, n)
		}
		if want := []etat.Acte{"completer", "prendre", "proposer", "renvoyer", "proposer", "decider", "reprendre", "decider", "refuser"}; !slices.Equal(suivis, want) {
			t.Errorf("steps %q", suivis)
		}
	})
}

// Who proposed does not decide, not even once somebody else has decided and taken the decision back.
func TestFourEyes(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 1)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0)
		for _, c := range []struct {
			a      etat.Etat
			compte int64
			sauf   etat.Acte
		}{
			{etat.Instruction, 1, ""},
			{etat.AValider, 2, ""}, // who proposes counts, not who began
			{etat.Decidee, 2, etat.Proposer},
			{etat.Decidee, 1, ""},
			{etat.AValider, 1, ""}, // taken back
			{etat.Decidee, 2, etat.Proposer},
			{etat.Instruction, 3, ""}, // sent back
			{etat.AValider, 1, ""},
			{etat.Decidee, 1, etat.Proposer},
			{etat.Decidee, 2, ""},
			{etat.Validee, 0, ""},
			{etat.Payee, 2, etat.Decider},
			{etat.Payee, 1, ""},
		} {
			par := etat.Agence
			if c.compte == 0 {
				par = etat.Programme
			}
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				return m.Changer(ctx, tx, suivi.Changement{Fournisseur: f, Depot: d, Rangs: []int{0}, A: c.a, Par: par, Compte: c.compte, Motif: "x"})
			})
			var refus *suivi.Refus
			if errors.As(err, &refus) && refus.Sauf == c.sauf && c.sauf != "" || err == nil && c.sauf == "" {
				continue
			}
			t.Errorf("%+v: %v", c, err)
		}
	})
}

func compter(t *testing.T, m *monde, f int64) map[etat.Etat]int64 {
	t.Helper()
	c, err := m.Chiffrer(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	n := map[etat.Etat]int64{}
	for _, p := range c.Etats {
		n[p.Etat] = p.Nombre
	}
	return n
}

// What may not be done leaves nothing, not even for the demandes before the one at fault.
// ASVS 2.3.1.
func TestRefusedChange(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		d := m.deposer(t, f, "a.json", 0, 3)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 1)
		long := strings.Repeat("é", suivi.MaxMotif+1)
		for _, c := range []suivi.Changement{
			{Fournisseur: f, Rangs: []int{0, 1}, A: etat.Complete, Par: etat.Programme},
			{Fournisseur: f, Rangs: []int{0}, A: etat.Complete, Par: etat.Fournisseur},
			{Fournisseur: f, Rangs: []int{0}, A: etat.Retiree, Par: etat.Fournisseur},
			{Fournisseur: f, Rangs: []int{0}, A: etat.Retiree, Par: etat.Fournisseur, Motif: " "},
			{Fournisseur: f, Rangs: []int{0}, A: etat.Retiree, Par: etat.Fournisseur, Motif: long},
			{Fournisseur: f, Rangs: []int{0}, A: "inconnu", Par: etat.Agence},
			{Fournisseur: f, Rangs: []int{0, 3}, A: etat.Complete, Par: etat.Programme},
			{Fournisseur: autre, Rangs: []int{0}, A: etat.Complete, Par: etat.Programme},
		} {
			c.Depot = d
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.Changer(ctx, tx, c) })
			var refus *suivi.Refus
			if !errors.As(err, &refus) && !errors.Is(err, suivi.ErrInconnue) {
				t.Errorf("%+v: %v", c, err)
			}
		}
		if c := compter(t, m, f); c[etat.Incomplete] != 2 || c[etat.Complete] != 1 || len(m.courriels) != 1 {
			t.Errorf("counters %v, %d mails", c, len(m.courriels))
		}
	})
}

// Whatever is tried in whatever order, the counters are what counting would give, the figures follow, and the accounts close.
func TestCountersAreCounts(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	siret := 0
	rapid.Check(t, func(r *rapid.T) {
		siret++
		f := m.fournisseur(t, etatessai.NumeroASP(int64(siret), 0))
		d := m.deposer(t, f, "a.json", 0, 4)
		for range rapid.IntRange(1, 12).Draw(r, "pas") {
			c := suivi.Changement{
				Fournisseur: f, Depot: d, Rangs: []int{rapid.IntRange(0, 3).Draw(r, "rang")}, A: rapid.SampledFrom(etat.Tous).Draw(r, "a").Etat,
				Par: etat.Programme | etat.Agence | etat.Fournisseur, Motif: "x",
			}
			_ = m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.Changer(ctx, tx, c) }) // most are refused
			comptabiliteessai.Suivre(r, m.base, f)
		}
		verifier(r, m, f, d)
	})
	comptabiliteessai.Verifier(t, m.base)
}

func verifier(r *rapid.T, m *monde, f, d int64) {
	c, err := m.Chiffrer(context.Background(), f)
	if err != nil {
		r.Fatal(err)
	}
	var paye, demande, avance int64
	for _, p := range c.Etats {
		var n int64
		err := m.base.Lire().QueryRow(`SELECT count(*) FROM demande WHERE fournisseur_id = $1 AND etat = $2`, f, string(p.Etat)).Scan(&n)
		if err != nil || n != p.Nombre || p.Montant != n*montant {
			r.Errorf("%s: counter %+v, counted %d, %v", p.Etat, p, n, err)
		}
		switch p.Etat {
		case etat.Payee:
			paye = n * suivi.Avance(montant)
			avance += paye
		case etat.Validee:
			avance += n * suivi.Avance(montant)
		}
		if p.Etat != etat.Refusee && p.Etat != etat.Retiree {
			demande += p.Montant
		}
	}
	var incompletes int64
	if err := m.base.Lire().QueryRow(`SELECT incompletes FROM depot WHERE id = $1`, d).Scan(&incompletes); err != nil || incompletes != c.Etats[0].Nombre {
		r.Errorf("deposit: %d incomplete, %v", incompletes, err)
	}
	if c.Demande != demande || c.Paye != paye || c.Avance != avance {
		r.Errorf("asked %d, want %d; advances granted %d, want %d, paid %d, want %d", c.Demande, demande, c.Avance, avance, c.Paye, paye)
	}
}

// The advance is 30 %, half a cent up.
func TestAvance(t *testing.T) {
	t.Parallel()
	for montant, want := range map[int64]int64{0: 0, 1: 0, 2: 1, 5: 2, 100: 30, 486667: 146000, 486665: 146000, 243333: 73000} {
		if got := suivi.Avance(montant); got != want {
			t.Errorf("%d: %d, want %d", montant, got, want)
		}
	}
}

// The figures of one supplier are its own; those of the agency add all up.
func TestFigures(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		m.horloge = m.horloge.AddDate(0, 0, -7)
		m.deposer(t, f, "a.json", 0, 2)
		m.horloge = m.horloge.AddDate(0, 0, 7)
		m.deposer(t, f, "b.json", 10, 3)
		m.deposer(t, autre, "c.json", 0, 4)
		for fournisseur, want := range map[int64][3]int64{f: {2, 3, 2}, autre: {0, 4, 1}, 0: {2, 7, 3}, 99: {0, 0, 0}} {
			c, err := m.Chiffrer(t.Context(), fournisseur)
			if err != nil || len(c.Semaines) != 12 {
				t.Fatalf("%d weeks, %v", len(c.Semaines), err)
			}
			var rejets int64
			for _, r := range c.Rejets {
				rejets += r.Nombre
			}
			if got := [3]int64{c.Semaines[10].Acceptees, c.Semaines[11].Acceptees, rejets}; got != want {
				t.Errorf("supplier %d: %v, want %v", fournisseur, got, want)
			}
		}
	})
}

// Who is told by the mail on documents that demandes are complete is not told so twice; other changes are told.
func TestNobodyIsToldTwice(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.deposer(t, f, "a.json", 0, 2)
	m.suitPieces = true
	m.changer(t, f, d, etat.Complete, etat.Programme, "", 0, 1)
	if len(m.courriels) != 0 {
		t.Errorf("mails %+v", m.courriels)
	}
	m.changer(t, f, d, etat.Instruction, etat.Agence, "", 0)
	if len(m.courriels) != 1 {
		t.Errorf("mails %+v", m.courriels)
	}
}

// An award that the agency proposes to take back is granted until its supplier is told that it is taken back: to the agency as to the supplier.
func TestGrantedUntilTakenBack(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 2)
		m.changer(t, f, d, etat.Complete, etat.Programme, "", 0, 1)
		const accorde = 200_001 // of one of them; of the other, all that it asks for
		mener := func(a etat.Etat, rang int) {
			t.Helper()
			c := suivi.Changement{Fournisseur: f, Depot: d, Rangs: []int{rang}, A: a, Par: etat.Agence | etat.Programme, Compte: 7, Motif: "x"}
			if slices.Contains([]etat.Etat{etat.Decidee, etat.RetraitDecide, etat.Validee}, a) {
				c.Compte = 8
			}
			if a == etat.Validee && rang == 0 {
				c.Accorde = accorde
			}
			if err := m.base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error { return m.Changer(ctx, tx, c) }); err != nil {
				t.Fatalf("%s: %v", a, err)
			}
		}
		verifier := func(quand string, accordes ...int64) {
			t.Helper()
			var somme, avance int64
			for _, n := range accordes {
				somme, avance = somme+n, avance+suivi.Avance(n)
			}
			for _, qui := range []int64{f, 0} {
				if c, err := m.Chiffrer(t.Context(), qui); err != nil || c.Accorde != somme || c.Avance != avance {
					t.Errorf("%s, supplier %d: granted %d, advance %d, want %d and %d, %v", quand, qui, c.Accorde, c.Avance, somme, avance, err)
				}
			}
		}
		for _, a := range []etat.Etat{etat.Instruction, etat.AValider, etat.Decidee} {
			mener(a, 0)
			mener(a, 1)
			verifier(string(a))
		}
		mener(etat.Validee, 0)
		verifier("one", accorde)
		mener(etat.Validee, 1)
		verifier("both", accorde, montant)
		mener(etat.RetraitPropose, 0)
		verifier("proposed to be taken back", accorde, montant)
		mener(etat.Validee, 0) // as much is granted as before
		verifier("kept", accorde, montant)
		if x, err := m.Demande(t.Context(), f, suivi.Cle{Depot: d, Rang: 0}); err != nil || x.Accorde != 200_001 || x.Montant != montant {
			t.Errorf("the demande: %+v, %v", x, err)
		}
		mener(etat.Payee, 1)
		verifier("paid", accorde, montant)
		for _, a := range []etat.Etat{etat.RetraitEnvisage, etat.RetraitDecide} {
			mener(a, 0)
			verifier(string(a), accorde, montant)
		}
		mener(etat.AttributionRetiree, 0)
		verifier("taken back", montant)
		if x, err := m.Demande(t.Context(), f, suivi.Cle{Depot: d, Rang: 0}); err != nil || x.Accorde != 0 {
			t.Errorf("the demande whose award was taken back: %+v, %v", x, err)
		}
		if c, err := m.Chiffrer(t.Context(), f); err != nil || c.Paye != suivi.Avance(montant) || c.Demande != montant {
			t.Errorf("%+v, %v", c, err)
		}
	})
}
