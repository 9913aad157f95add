package suivi_test

import (
	"context"
	"database/sql"
	"testing"

	"guichet/internal/portail/compte"
	courrieressai "guichet/internal/portail/courriel/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/suivi"
	"guichet/modele"
)

// Each mail on demandes and messages, in both languages: what it is about, where to go, how to stop it.
func TestMessages(t *testing.T) {
	t.Parallel()
	for _, l := range []modele.Langue{modele.Francais, modele.Anglais} {
		m := nouveau(t, dbessai.SQLite(t))
		m.Destinataires = func(_ context.Context, _ *sql.Tx, fournisseur int64, _ compte.GenreCourriel) ([]compte.Destinataire, error) {
			return []compte.Destinataire{{Compte: 100 + fournisseur, Nom: "Camille", Courriel: "a@exemple.invalid", Langue: l}}, nil
		}
		f := m.fournisseur(t, "00000000100008")
		d := m.deposer(t, f, "a.json", 0, 60)
		seule, toutes := []int{0}, make([]int, 30)
		for i := range toutes {
			toutes[i] = i + 1
		}
		for _, pas := range []struct {
			a     etat.Etat
			par   etat.Acteur
			rangs []int
		}{
			{etat.Complete, etat.Programme, seule}, {etat.Instruction, etat.Agence, seule}, {etat.AModifier, etat.Agence, seule}, {etat.Instruction, etat.Fournisseur, seule},
			{etat.AValider, etat.Agence, seule}, {etat.Decidee, etat.Agence, seule}, {etat.Validee, etat.Programme, seule}, {etat.Payee, etat.Agence, seule}, {etat.Retiree, etat.Fournisseur, []int{40}},
			{etat.Complete, etat.Programme, toutes}, {etat.Instruction, etat.Agence, toutes}, {etat.AValider, etat.Agence, toutes},
			{etat.Decidee, etat.Agence, toutes}, {etat.Refusee, etat.Programme, toutes},
		} {
			m.changer(t, f, d, pas.a, pas.par, "Texte", pas.rangs...)
		}
		if _, err := m.Ecrire(t.Context(), suivi.Ecrit{Auteur: compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}, Sujet: "Sujet", Texte: "Texte"}); err != nil {
			t.Fatal(err)
		}
		if len(m.courriels) < 9 {
			t.Errorf("%d mails", len(m.courriels))
		}
		for _, c := range m.courriels {
			courrieressai.Verifier(t, c.Sujet, c.Sujet, c.Texte, l)
		}
	}
}
