package compte_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// Who has an account is invited, and nothing is given before the answer: yes, no, none in time, or taken back. The list of who
// invites says the same words of who has an account and of who has none.
func TestInvitationsAreAnswered(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		chef := m.AjouterPersonne(t, autre, compte.Proprietaire)
		site := m.Serveur(t).URL
		c, d := m.Connecte(t, site, chef), m.Connecte(t, site, m.Deposant)
		convier := func(courriel string) {
			t.Helper()
			attendre(t, c.Poster(t, "/personnes", "nom", "Nom Exemple", "courriel", courriel, "role", "lecteur"), 200, "/personnes", "L'invitation est partie", "invité, pas encore accepté")
		}
		oui, non := "/invitations/"+id(autre)+"/acceptation", "/invitations/"+id(autre)+"/refus"
		fiche := "/personnes/" + id(m.Deposant.Compte)
		choix := func(n int) {
			t.Helper()
			if x, err := m.Choix(t.Context(), m.Deposant.Compte); err != nil || len(x) != n {
				t.Errorf("%+v, %v, want %d", x, err, n)
			}
		}

		attendre(t, d.Lire(t, "/invitations"), 200, "/invitations", "Aucune invitation n'attend")
		convier(m.Deposant.Courriel)
		choix(1)
		if e := m.DernierCourriel(t, m.Deposant.Courriel); !strings.Contains(e.Texte, "/invitations\n") || !strings.Contains(e.Texte, "DISTRIBUTEUR") {
			t.Error(e.Texte)
		}
		attendre(t, d.Poster(t, "/agir-pour", "pour", id(autre)+"-0"), 422, "/agir-pour", "Une invitation attend votre réponse")
		attendre(t, d.Lire(t, "/invitations"), 200, "/invitations", "DISTRIBUTEUR", "Lecteur", "Accepter", "Décliner", "2026")

		attendre(t, c.Lire(t, fiche), 200, fiche, "attend une réponse jusqu'au", "Reprendre l'invitation")
		avant := m.NombreCourriels(m.Deposant.Courriel)
		attendre(t, c.Poster(t, fiche+"/retrait", "acte", "faire"), 200, "/personnes")
		if m.NombreCourriels(m.Deposant.Courriel) != avant {
			t.Error("who never acted is told that the role is gone")
		}
		attendre(t, d.Poster(t, oui), 404, oui)
		choix(1)

		convier(m.Deposant.Courriel)
		avant = m.NombreCourriels(chef.Courriel)
		attendre(t, d.Poster(t, non), 200, "/agir-pour", "déclinée")
		if e := m.DernierCourriel(t, chef.Courriel); m.NombreCourriels(chef.Courriel) != avant+1 || !strings.Contains(e.Texte, "Nom Exemple ("+m.Deposant.Courriel+") décline") {
			t.Error(e.Texte)
		}
		attendre(t, d.Poster(t, oui), 404, oui)
		attendre(t, d.Poster(t, non), 404, non)

		convier(m.Deposant.Courriel)
		m.Horloge.Avancer(7*24*time.Hour + time.Second)
		c, d = m.Connecte(t, site, chef), m.Connecte(t, site, m.Deposant)
		attendre(t, d.Lire(t, "/invitations"), 200, "/invitations", "Aucune invitation n'attend")
		attendre(t, d.Poster(t, oui), 404, oui)
		attendre(t, c.Lire(t, "/personnes"), 200, "/personnes", "sans réponse, échue")
		attendre(t, c.Poster(t, fiche+"/relance"), 200, "/personnes", "pas encore accepté")

		attendre(t, d.Poster(t, oui), 200, "/agir-pour", "est acceptée", "DISTRIBUTEUR")
		attendre(t, d.Poster(t, oui), 404, oui)
		choix(2)
		attendre(t, c.Poster(t, fiche+"/relance"), 422, fiche+"/relance", "a déjà accepté")
		attendre(t, c.Lire(t, "/personnes"), 200, "/personnes", "Camille deposant", ">ouvert<")
		attendre(t, d.Poster(t, "/invitations/x/refus"), 404, "/invitations/x/refus")
	})
}

// The agency's people act for no supplier, and those of a supplier not for the agency: who is invited across is told so, and declines.
func TestNobodyIsOnBothSides(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		for _, x := range []struct {
			qui   essai.Personne
			chez  int64
			role  compte.Role
			champ string
		}{{m.Administrateur, m.Fournisseur, compte.Lecteur, "ÉDITEUR D'EXEMPLE"}, {m.Lecteur, compte.Agence, compte.Administrateur, "L'agence"}} {
			if err := m.Inviter(t.Context(), 0, compte.Invitation{Fournisseur: x.chez, Role: x.role, Courriel: x.qui.Courriel, Nom: "X"}); err != nil {
				t.Fatal(err)
			}
			c := m.Connecte(t, site, x.qui)
			p := c.Lire(t, "/invitations")
			attendre(t, p, 200, "/invitations", x.champ, "vous ne pouvez que décliner")
			if strings.Contains(p.Corps, "/acceptation") {
				t.Error("one may accept")
			}
			oui := "/invitations/" + id(x.chez) + "/acceptation"
			attendre(t, c.Poster(t, oui), 422, oui, "n'agit pour aucun fournisseur")
			if choix, err := m.Choix(t.Context(), x.qui.Compte); err != nil || len(choix) != 1 {
				t.Errorf("%+v, %v", choix, err)
			}
			attendre(t, c.Poster(t, "/invitations/"+id(x.chez)+"/refus"), 200, "/agir-pour", "déclinée")
		}
	})
}

// Who has no account declines by the link of the invitation, which then does nothing more; what others offered stays.
func TestDeclinedByTheLink(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		m.AjouterPersonne(t, autre, compte.Proprietaire)
		const neuf = "neuf@exemple.invalid"
		inviter(t, m, m.Fournisseur, compte.Lecteur, neuf)
		un := "/ouverture/" + m.Lien(t, neuf)
		inviter(t, m, autre, compte.Deposant, neuf)
		deux := m.Lien(t, neuf)
		c := m.Client(t, m.Serveur(t).URL)
		attendre(t, c.Lire(t, un), 200, un, "ÉDITEUR D'EXEMPLE", "Lecteur", "Décliner")
		attendre(t, c.Poster(t, un+"/refus"), 200, "/connexion", "déclinée")
		attendre(t, c.Poster(t, un+"/refus"), 410, un+"/refus")
		attendre(t, c.Lire(t, un), 410, un)
		if e := m.DernierCourriel(t, m.Proprietaire.Courriel); !strings.Contains(e.Texte, neuf) {
			t.Error(e.Texte)
		}
		compteNeuf, err := m.Ouvrir(t.Context(), deux, compte.Ouverture{Nom: "Bo", MotDePasse: essai.MotDePasse})
		if err != nil {
			t.Fatal(err)
		}
		if choix, err := m.Choix(t.Context(), compteNeuf); err != nil || len(choix) != 1 || choix[0].Fournisseur != autre {
			t.Errorf("%+v, %v", choix, err)
		}
		if err := m.Oublier(t.Context(), neuf, "192.0.2.1"); err != nil {
			t.Fatal(err)
		}
		oubli := m.Lien(t, neuf)
		if err := m.DeclinerLien(t.Context(), oubli); !errors.Is(err, compte.ErrLien) {
			t.Errorf("the link of a password declines: %v", err)
		}
		if _, err := m.LireLien(t.Context(), oubli); err != nil {
			t.Errorf("and is used up: %v", err)
		}
	})
}
