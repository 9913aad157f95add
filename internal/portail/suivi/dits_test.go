package suivi_test

import (
	"context"
	"database/sql"
	"slices"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
)

// Each act on a demande, and each message, with exactly who gets a mail of it: of the supplier who wants mails of that kind, of the agency
// where it is its turn, nobody for what the agency keeps to itself until it is notified.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	const etats, lettres, agence = "etats@exemple.invalid", "lettres@exemple.invalid", "agence@exemple.invalid"
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		autre := m.fournisseur(t, "00000000200006")
		m.Destinataires = func(_ context.Context, _ *sql.Tx, fournisseur int64, g compte.GenreCourriel) ([]compte.Destinataire, error) {
			a := map[int64]map[compte.GenreCourriel]string{
				f: {compte.CourrielEtats: etats, compte.CourrielMessages: lettres}, compte.Agence: {compte.CourrielMessages: agence},
				autre: {compte.CourrielEtats: "autre@exemple.invalid", compte.CourrielMessages: "autre@exemple.invalid"},
			}[fournisseur][g]
			if a == "" {
				return nil, nil
			}
			return []compte.Destinataire{{Compte: 100 + fournisseur, Nom: "Camille", Courriel: a}}, nil
		}
		d := m.deposer(t, f, "a.json", 0, 4)
		mener := func(a etat.Etat, par etat.Acteur, rangs ...int) func() {
			return func() { m.changer(t, f, d, a, par, "Texte", rangs...) }
		}
		moi := compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}
		ecrire := func(e suivi.Ecrit) func() {
			return func() {
				if _, err := m.Ecrire(t.Context(), e); err != nil {
					t.Fatal(err)
				}
			}
		}
		for _, x := range []struct {
			acte string
			dits []string
			fait func()
		}{
			{"all documents have come", []string{etats}, mener(etat.Complete, etat.Programme, 0, 1, 2)},
			{"taken", []string{etats}, mener(etat.Instruction, etat.Agence, 0, 1, 2)},
			{"asked for a change", []string{etats}, mener(etat.AModifier, etat.Agence, 0)},
			{"answered", []string{etats, agence}, mener(etat.Instruction, etat.Fournisseur, 0)},
			{"proposed", nil, mener(etat.AValider, etat.Agence, 0, 1)},
			{"sent back", nil, mener(etat.Instruction, etat.Agence, 1)},
			{"proposed again", nil, mener(etat.AValider, etat.Agence, 1)},
			{"decided", nil, mener(etat.Decidee, etat.Agence, 0, 1)},
			{"taken back", nil, mener(etat.AValider, etat.Agence, 1)},
			{"decided again", nil, mener(etat.Decidee, etat.Agence, 1)},
			{"award notified", []string{etats}, mener(etat.Validee, etat.Programme, 0)},
			{"refusal notified", []string{etats}, mener(etat.Refusee, etat.Programme, 1)},
			{"paid", []string{etats}, mener(etat.Payee, etat.Agence, 0)},
			{"opened again", []string{etats}, mener(etat.Instruction, etat.Agence, 1)},
			{"withdrawn", []string{etats}, mener(etat.Retiree, etat.Fournisseur, 3)},
			{"the supplier writes", []string{agence}, ecrire(suivi.Ecrit{Auteur: moi, Demande: suivi.Cle{Depot: d}, Sujet: "Sujet", Texte: "Texte"})},
			{"the agency answers", []string{lettres}, ecrire(suivi.Ecrit{Auteur: agent, Fil: 1, Texte: "Texte"})},
			{"the supplier answers", []string{agence}, ecrire(suivi.Ecrit{Auteur: moi, Fil: 1, Texte: "Texte"})},
			{"the agency writes first", []string{lettres}, ecrire(suivi.Ecrit{Auteur: agent, Demande: suivi.Cle{Depot: d, Rang: 2}, Sujet: "Autre", Texte: "Texte"})},
		} {
			m.courriels = nil
			x.fait()
			var got []string
			for _, c := range m.courriels {
				got = append(got, c.A)
			}
			if !slices.Equal(got, x.dits) {
				t.Errorf("%s: %q, want %q", x.acte, got, x.dits)
			}
		}
	})
}
