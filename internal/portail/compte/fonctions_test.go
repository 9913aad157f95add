package compte_test

import (
	"slices"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// The functions of a role are those that it is made of: reading and administering are none, and a supplier's person has none.
func TestFunctionsOfRoles(t *testing.T) {
	t.Parallel()
	for role, veut := range map[compte.Role]etat.Role{
		compte.Instructeur: etat.Instructeur, compte.Valideur: etat.Valideur, compte.Comptable: etat.Comptable, compte.Controleur: 0, compte.Administrateur: 0,
		compte.Ensemble(compte.Instructeur, compte.Valideur): etat.Instructeur | etat.Valideur, compte.Proprietaire: 0, "": 0,
	} {
		if f := role.Fonctions(); f != veut {
			t.Errorf("%s: %v, want %v", role, f, veut)
		}
		chez := compte.Identite{Compte: 1, Role: role, Fournisseur: compte.Agence}
		if f := chez.Fonctions(); f != veut {
			t.Errorf("%s at the agency: %v, want %v", role, f, veut)
		}
		if chez.Fournisseur = 1; chez.Fonctions() != 0 {
			t.Errorf("%s of a supplier: %v", role, chez.Fonctions())
		}
	}
}

// Who may take steps for a function are the agency's people who have it, by name, with open accounts.
func TestPeopleOfAFunction(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		zoe := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "zoe@exemple.invalid")
		m.AjouterPersonneA(t, compte.Agence, compte.Comptable, "caisse@exemple.invalid")
		deux := m.AjouterPersonneA(t, compte.Agence, compte.Ensemble(compte.Instructeur, compte.Valideur), "deux@exemple.invalid")
		ferme := m.AjouterPersonneA(t, compte.Agence, compte.Instructeur, "ferme@exemple.invalid")
		inviter(t, m, compte.Agence, compte.Instructeur, "invite@exemple.invalid")
		par := compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}
		if err := m.FermerCompte(t.Context(), compte.Mesure{Par: par, Compte: ferme.Compte, Motif: "essai"}); err != nil {
			t.Fatal(err)
		}
		for f, veut := range map[etat.Role][]int64{
			etat.Instructeur: {zoe.Compte, deux.Compte}, etat.Valideur: {deux.Compte}, etat.Instructeur | etat.Valideur: {zoe.Compte, deux.Compte},
		} {
			gens, err := m.MembresAgence(t.Context(), m.Base.Lire(), f)
			var comptes []int64
			for _, g := range gens {
				comptes = append(comptes, g.Compte)
			}
			if !slices.Equal(comptes, veut) || err != nil {
				t.Errorf("%v: %v, %v; want %v", f, gens, err, veut)
			}
		}
	})
}

// A mandate holds from the instant at which it is given to that at which it ends, between these two suppliers, while the one who acts is not
// suspended.
func TestMandateHolds(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		vaut := func(mandant, mandataire int64, quand time.Time) bool {
			oui, err := compte.MandatValide(t.Context(), m.Base.Lire(), mandant, mandataire, quand, "")
			if err != nil {
				t.Fatal(err)
			}
			return oui
		}
		debut := m.Horloge.Maintenant()
		if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000200006"); err != nil {
			t.Fatal(err)
		}
		if !vaut(m.Fournisseur, autre, debut) || vaut(m.Fournisseur, autre, debut.Add(-time.Microsecond)) || vaut(autre, m.Fournisseur, debut) {
			t.Error("a mandate holds before it is given, not from then on, or the other way round")
		}
		donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
		if err != nil {
			t.Fatal(err)
		}
		m.Horloge.Avancer(time.Hour)
		if err := m.RevoquerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, donnes[0].ID); err != nil {
			t.Fatal(err)
		}
		if vaut(m.Fournisseur, autre, m.Horloge.Maintenant()) {
			t.Error("a mandate that has ended holds")
		}
	})
}
