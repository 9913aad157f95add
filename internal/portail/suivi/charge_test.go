package suivi_test

import (
	"context"
	"database/sql"
	"slices"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// agence gives the counter an agency of four: Inès (1) and Ivan (2) examine, Victor (3) decides, Carla (4) reads. tient is who holds demandes.
func (m *monde) agence(tient *int64) {
	gens := []compte.Destinataire{{Compte: 1, Courriel: "ines@exemple.invalid"}, {Compte: 2, Courriel: "ivan@exemple.invalid"}, {Compte: 3, Courriel: "victor@exemple.invalid"}, {Compte: 4, Courriel: "carla@exemple.invalid"}}
	avant := m.Destinataires
	m.Destinataires = func(ctx context.Context, tx *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error) {
		if fournisseur == compte.Agence {
			return slices.Clone(gens), nil
		}
		return avant(ctx, tx, fournisseur, g)
	}
	m.Charge = func(context.Context, *sql.Tx, suivi.Cle) (int64, error) { return *tient, nil }
	m.Examinent = func(context.Context, db.Lecteur) ([]int64, error) { return []int64{1, 2}, nil }
}

// ecrits are whom the counter has written to since, as "ines: subject".
func (m *monde) ecrits() (ecrits []string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.courriels {
		qui, _, _ := strings.Cut(c.A, "@")
		quoi, _, _ := strings.Cut(c.Sujet, " : ")
		ecrits = append(ecrits, qui+": "+quoi)
	}
	m.courriels = nil
	slices.Sort(ecrits)
	return ecrits
}

// What a supplier says about a demande is told to who holds it; else to who asked; where there is nobody, to all who examine, in one mail for all
// that came within the hour. Nobody else of the agency is written to.
func TestWhoIsToldOfTheAgency(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		var tient int64
		m.agence(&tient)
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 1, 3)
		lui := compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}
		veut := func(quoi string, attendus ...string) {
			t.Helper()
			if got := m.ecrits(); !slices.Equal(got, attendus) {
				t.Errorf("%s: %q, want %q", quoi, got, attendus)
			}
		}
		ecrire := func(rang int) {
			t.Helper()
			if _, err := m.Ecrire(t.Context(), suivi.Ecrit{Auteur: lui, Demande: suivi.Cle{Depot: d, Rang: rang}, Sujet: "Question", Texte: "Bonjour"}); err != nil {
				t.Fatal(err)
			}
		}
		pas := func(a etat.Etat, par etat.Acteur, motif string, qui int64) {
			t.Helper()
			m.ecrits()
			m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
				return m.Changer(ctx, tx, suivi.Changement{Fournisseur: f, Depot: d, Rangs: []int{0}, A: a, Par: par, Compte: qui, Motif: motif})
			})
		}
		demander := func(qui int64) {
			t.Helper()
			pas(etat.AModifier, etat.Agence, "Signer", qui)
			pas(etat.Instruction, etat.Fournisseur, "Voici", lui.Compte)
		}
		pas(etat.Complete, etat.Programme, "", 0)
		pas(etat.Instruction, etat.Agence, "", 1)
		m.ecrits()
		tient = 2
		ecrire(0)
		veut("a message to who holds it", "ivan: Nouveau message")
		tient = 1
		demander(2)
		veut("an answer to who holds it", "f1: Demande ASP-1-1", "ines: Réponse du fournisseur")
		tient = 3 // examines no longer
		demander(2)
		veut("an answer to who asked", "f1: Demande ASP-1-1", "ivan: Réponse du fournisseur")
		tient = 0
		demander(4)
		veut("an answer to nobody", "f1: Demande ASP-1-1")
		ecrire(1)
		ecrire(1)
		veut("messages to nobody")
		m.horloge = m.horloge.Add(59 * time.Minute)
		condenser := func() {
			t.Helper()
			if err := m.Condenser(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		condenser()
		veut("before the hour")
		m.horloge = m.horloge.Add(time.Minute)
		condenser()
		if n := len(m.courriels); n != 2 || !strings.Contains(m.courriels[0].Texte, "ASP-1-1 : http") || !strings.Contains(m.courriels[0].Texte, "ASP-1-2 : http") || !strings.HasSuffix(m.courriels[0].Sujet, "2 demandes") {
			t.Errorf("%d mails: %+v", n, m.courriels)
		}
		veut("after the hour", "ines: Sans personne pour les suivre", "ivan: Sans personne pour les suivre")
		condenser()
		veut("told once")
		if _, err := m.Ecrire(t.Context(), suivi.Ecrit{Auteur: lui, Sujet: "Sans demande", Texte: "Bonjour"}); err != nil {
			t.Fatal(err)
		}
		veut("about no demande", "carla: Nouveau message", "ines: Nouveau message", "ivan: Nouveau message", "victor: Nouveau message")
	})
}
