package compte_test

import (
	"slices"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// Each act about people tells whom it concerns, once, and nobody else.
func TestWhoIsTold(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		tiers, second := m.AjouterPersonne(t, autre, compte.Proprietaire), m.AjouterPersonneA(t, autre, compte.Proprietaire, "second@exemple.invalid")
		chef, admin := m.Proprietaire, compte.Identite{Compte: m.Administrateur.Compte, Nom: "Admin", Role: compte.Administrateur}
		m.DonnerFacteur(t, m.Lecteur.Compte)
		lecteur := compte.Mesure{Par: admin, Fournisseur: m.Fournisseur, Compte: m.Lecteur.Compte, Motif: "essai"}
		const neuf = "neuf@exemple.invalid"
		mandat := func() int64 {
			donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
			if err != nil || len(donnes) != 1 {
				t.Fatalf("%+v, %v", donnes, err)
			}
			return donnes[0].ID
		}
		inviterA := func(courriel string) error {
			return m.Inviter(t.Context(), chef.Compte, compte.Invitation{Fournisseur: m.Fournisseur, Role: compte.Lecteur, Courriel: courriel, Nom: "X"})
		}
		tous := []string{chef.Courriel, m.Deposant.Courriel, m.Lecteur.Courriel, m.Administrateur.Courriel, tiers.Courriel, second.Courriel, neuf}
		for _, x := range []struct {
			acte  string
			dits  []string
			faire func() error
		}{
			{"invite somebody new", []string{neuf}, func() error { return inviterA(neuf) }},
			{"invite again", []string{neuf}, func() error {
				return m.Relancer(t.Context(), chef.Compte, m.Fournisseur, trouver(t, m, m.Fournisseur, neuf))
			}},
			{"decline by link", []string{chef.Courriel}, func() error { return m.DeclinerLien(t.Context(), m.Lien(t, neuf)) }},
			{"invite who has an account", []string{tiers.Courriel}, func() error { return inviterA(tiers.Courriel) }},
			{"take back", nil, func() error { return m.Retirer(t.Context(), chef.Compte, m.Fournisseur, tiers.Compte) }},
			{"invite once more", []string{tiers.Courriel}, func() error { return inviterA(tiers.Courriel) }},
			{"change what is offered", nil, func() error {
				return m.ChangerRole(t.Context(), chef.Compte, m.Fournisseur, tiers.Compte, compte.Deposant)
			}},
			{"accept", nil, func() error { return m.Accepter(t.Context(), tiers.Compte, m.Fournisseur) }},
			{"change the role", []string{tiers.Courriel}, func() error {
				return m.ChangerRole(t.Context(), chef.Compte, m.Fournisseur, tiers.Compte, compte.Proprietaire)
			}},
			{"the same role again", nil, func() error {
				return m.ChangerRole(t.Context(), chef.Compte, m.Fournisseur, tiers.Compte, compte.Proprietaire)
			}},
			{"one's own role", nil, func() error {
				return m.ChangerRole(t.Context(), tiers.Compte, m.Fournisseur, tiers.Compte, compte.Lecteur)
			}},
			{"remove", []string{tiers.Courriel}, func() error { return m.Retirer(t.Context(), chef.Compte, m.Fournisseur, tiers.Compte) }},
			{"give a mandate", []string{tiers.Courriel, second.Courriel}, func() error { return m.DonnerMandat(t.Context(), chef.Compte, m.Fournisseur, "00000000200006") }},
			{"end the mandate", []string{tiers.Courriel, second.Courriel}, func() error { return m.RevoquerMandat(t.Context(), chef.Compte, m.Fournisseur, mandat()) }},
			{"take the second factor away", []string{m.Lecteur.Courriel}, func() error {
				return m.LeverFacteur(t.Context(), compte.Levee{Par: admin, MotDePasse: essai.MotDePasse, Fournisseur: m.Fournisseur, Compte: m.Lecteur.Compte, Motif: "essai"})
			}},
			{"end sessions", []string{m.Lecteur.Courriel}, func() error { return m.TerminerSessionsDe(t.Context(), lecteur) }},
			{"make an owner", []string{m.Lecteur.Courriel}, func() error { return m.NommerProprietaire(t.Context(), lecteur) }},
			{"close", []string{m.Lecteur.Courriel}, func() error { return m.FermerCompte(t.Context(), lecteur) }},
			{"change a closed account's role", nil, func() error {
				return m.ChangerRole(t.Context(), chef.Compte, m.Fournisseur, m.Lecteur.Compte, compte.Lecteur)
			}},
			{"open again", []string{m.Lecteur.Courriel}, func() error { return m.RouvrirCompte(t.Context(), lecteur) }},
			{"forget the password", []string{chef.Courriel}, func() error { return m.Oublier(t.Context(), chef.Courriel, "192.0.2.1") }},
			{"change the password", []string{m.Deposant.Courriel}, func() error {
				return m.ChangerMotDePasse(t.Context(), m.Deposant.Compte, essai.MotDePasse, "un tout autre secret", "")
			}},
		} {
			avant := map[string]int{}
			for _, a := range tous {
				avant[a] = m.NombreCourriels(a)
			}
			if err := x.faire(); err != nil {
				t.Errorf("%s: %v", x.acte, err)
			}
			for _, a := range tous {
				attendu := 0
				if slices.Contains(x.dits, a) {
					attendu = 1
				}
				if n := m.NombreCourriels(a) - avant[a]; n != attendu {
					t.Errorf("%s: %d mails to %s, want %d", x.acte, n, a, attendu)
				}
			}
		}
	})
}
