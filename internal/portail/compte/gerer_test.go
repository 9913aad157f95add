package compte_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// The agency ends somebody's sessions, closes the account, opens it again and names an owner; each with a reason that the
// person reads.
// ASVS 7.4.2, 7.4.5.
func TestAgencyActs(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		p := m.Proprietaire
		chef, admin := m.Connecte(t, site, p), m.Connecte(t, site, m.Administrateur)
		gens := "/fournisseurs/" + id(m.Fournisseur) + "/personnes"
		fiche := gens + "/" + id(p.Compte)
		attendre(t, admin.Lire(t, gens), 200, gens, fiche+"/gestion", "Nommer un propriétaire")
		attendre(t, admin.Lire(t, fiche+"/gestion"), 200, fiche+"/gestion", p.Courriel, "Terminer toutes ses sessions")
		attendre(t, admin.Poster(t, fiche+"/sessions"), 422, fiche+"/sessions", `href="#motif"`)
		attendre(t, admin.Poster(t, fiche+"/sessions", "motif", "ordinateur volé", "acte", "faire"), 200, fiche+"/gestion", "Les sessions sont terminées")
		dehors(t, chef)
		if c := m.DernierCourriel(t, p.Courriel); !strings.Contains(c.Texte, "a terminé vos sessions") || !strings.Contains(c.Texte, "ordinateur volé") {
			t.Error(c.Texte)
		}
		chef = m.Connecte(t, site, p)
		attendre(t, admin.Poster(t, fiche+"/fermeture", "motif", "compte compromis", "acte", "faire"), 200, fiche+"/gestion", "Le compte est fermé", "Rouvrir le compte")
		dehors(t, chef)
		attendre(t, chef.Poster(t, "/connexion", "courriel", p.Courriel, "motdepasse", essai.MotDePasse), 422, "/connexion")
		avant := m.NombreCourriels(p.Courriel)
		if err := m.Oublier(t.Context(), p.Courriel, "192.0.2.1"); err != nil || m.NombreCourriels(p.Courriel) != avant {
			t.Errorf("a closed account gets a new password: %v", err)
		}
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		if err := m.Inviter(t.Context(), 0, compte.Invitation{Fournisseur: autre, Role: compte.Proprietaire, Courriel: p.Courriel, Nom: "X"}); err != nil || m.NombreCourriels(p.Courriel) != avant {
			t.Errorf("a closed account is opened by an invitation: %v", err)
		}
		depose := gens + "/" + id(m.Deposant.Compte)
		attendre(t, admin.Poster(t, depose+"/proprietaire", "motif", "le propriétaire est parti"), 200, depose+"/gestion", "est propriétaire")
		attendre(t, m.Connecte(t, site, m.Deposant).Lire(t, "/personnes"), 200, "/personnes", "fermé")
		attendre(t, admin.Poster(t, gens, "nom", "Neuf Exemple", "courriel", "neuf@exemple.invalid"), 200, gens, "Neuf Exemple")
		attendre(t, admin.Poster(t, gens, "nom", "Neuf Exemple", "courriel", "neuf@exemple.invalid"), 422, gens)
		attendre(t, admin.Poster(t, fiche+"/reouverture", "motif", "vérifié"), 200, fiche+"/gestion", "rouvert")
		m.Connecte(t, site, p)
	})
}

// An administrator does nothing of the kind to the own account, and the last one stays.
func TestLastAdministratorStays(t *testing.T) {
	t.Parallel()
	m := essai.Nouveau(t, dbessai.SQLite(t))
	a := compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}
	if err := m.FermerCompte(t.Context(), compte.Mesure{Par: a, Compte: a.Compte, Motif: "x"}); err == nil {
		t.Error("one closes the own account")
	}
	deux := m.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "deux@exemple.invalid")
	if err := m.FermerCompte(t.Context(), compte.Mesure{Par: compte.Identite{Compte: deux.Compte}, Compte: a.Compte, Motif: "x"}); err != nil {
		t.Error(err)
	}
	if err := m.FermerCompte(t.Context(), compte.Mesure{Par: a, Compte: deux.Compte, Motif: "x"}); err == nil {
		t.Error("the last administrator is closed")
	}
}
