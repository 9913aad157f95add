package compte_test

import (
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
)

// An owner takes away the second factor of someone who has lost it, with a reason and the owner's own password: the
// person is out everywhere, is told, and comes in by the password.
func TestLostSecondFactor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		m.Lecteur.Secret = m.DonnerFacteur(t, m.Lecteur.Compte)
		site := m.Serveur(t).URL
		perdu, chef := m.Connecte(t, site, m.Lecteur), m.Connecte(t, site, m.Proprietaire)
		fiche := "/personnes/" + id(m.Lecteur.Compte)
		attendre(t, chef.Lire(t, fiche), 200, fiche, fiche+"/second-facteur")
		attendre(t, chef.Lire(t, fiche+"/second-facteur"), 200, fiche+"/second-facteur", m.Lecteur.Courriel, `name="motif"`, `name="actuel"`)
		attendre(t, chef.Poster(t, fiche+"/second-facteur", "motif", " \n", "actuel", "faux"), 422, fiche+"/second-facteur", `href="#motif"`, `href="#actuel"`)
		attendre(t, chef.Poster(t, fiche+"/second-facteur", "motif", strings.Repeat("é", 501), "actuel", essai.MotDePasse), 422, fiche+"/second-facteur", "500 caractères")
		dedans(t, perdu)

		attendre(t, chef.Poster(t, fiche+"/second-facteur", "motif", "Téléphone volé\u202e,\nreconnue de vive voix", "actuel", essai.MotDePasse), 200, "/personnes", "Le second facteur est retiré")
		dehors(t, perdu)
		attendre(t, perdu.Poster(t, "/connexion", "courriel", m.Lecteur.Courriel, "motdepasse", essai.MotDePasse, "suite", "/compte"), 200, "/compte", "Mettre en place")
		mail := m.DernierCourriel(t, m.Lecteur.Courriel)
		for _, x := range []string{"Téléphone volé", "reconnue de vive voix", "(ÉDITEUR D'EXEMPLE)", "/compte/second-facteur", "/mot-de-passe-oublie"} {
			if !strings.Contains(mail.Texte, x) || strings.Contains(mail.Texte, "\u202e") {
				t.Errorf("no %q in %q", x, mail.Texte)
			}
		}
		lignes, err := journal.Partie(t.Context(), b.Lire(), m.Fournisseur, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		if l := lignes[len(lignes)-2]; l.Action != "role.second_facteur_leve" || l.Acteur != m.Proprietaire.Compte || l.Objet != id(m.Lecteur.Compte) || !strings.HasPrefix(l.Details["motif"], "Téléphone volé") {
			t.Errorf("%+v", l) // the last one is the sign-in
		}
		attendre(t, chef.Lire(t, fiche+"/second-facteur"), 200, fiche+"/second-facteur", "n'a pas de second facteur")
		attendre(t, chef.Poster(t, fiche+"/second-facteur", "motif", "encore", "actuel", essai.MotDePasse), 422, fiche+"/second-facteur", "n'a pas de second facteur")
	})
}

// An owner weakens nobody who acts for others, too, and nobody of another supplier; an administrator helps everybody
// but himself.
func TestWhoLiftsASecondFactor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		deux := m.AjouterPersonne(t, autre, compte.Proprietaire)
		if err := m.Inviter(t.Context(), 0, compte.Invitation{Fournisseur: m.Fournisseur, Role: compte.Lecteur, Courriel: deux.Courriel, Nom: "Deux"}); err != nil {
			t.Fatal(err)
		}
		second := m.AjouterPersonneA(t, compte.Agence, compte.Administrateur, "second@exemple.invalid")
		for _, p := range []*essai.Personne{&deux, &second, &m.Proprietaire} {
			p.Secret = m.DonnerFacteur(t, p.Compte)
		}
		site := m.Serveur(t).URL
		chef, agence := m.Connecte(t, site, m.Proprietaire), m.Connecte(t, site, m.Administrateur)
		lever := func(c *essai.Client, adresse string, etat int, ou string, textes ...string) {
			t.Helper()
			attendre(t, c.Poster(t, adresse, "motif", "téléphone perdu", "actuel", essai.MotDePasse), etat, ou, textes...)
		}
		ici := "/personnes/" + id(deux.Compte) + "/second-facteur"
		lever(chef, ici, 422, ici, "pas encore répondu")
		m.Connecte(t, site, deux).Poster(t, "/invitations/"+id(m.Fournisseur)+"/acceptation")
		lever(chef, ici, 422, ici, "seule l'agence")
		soi := "/personnes/" + id(m.Proprietaire.Compte) + "/second-facteur"
		lever(chef, soi, 422, soi, "votre propre second facteur")
		for _, ailleurs := range []string{"/personnes/" + id(second.Compte), "/personnes/x", "/fournisseurs/" + id(m.Fournisseur) + "/personnes/" + id(deux.Compte)} {
			lever(chef, ailleurs+"/second-facteur", 404, ailleurs+"/second-facteur")
		}
		lui := m.Connecte(t, site, m.Deposant)
		lever(lui, ici, 404, ici)

		gens := "/fournisseurs/" + id(autre) + "/personnes"
		attendre(t, agence.Lire(t, gens), 200, gens, deux.Courriel, gens+"/"+id(deux.Compte)+"/second-facteur")
		for _, faux := range []string{"/fournisseurs/0/personnes", "/fournisseurs/999/personnes", "/fournisseurs/x/personnes", gens + "/" + id(m.Lecteur.Compte) + "/second-facteur"} {
			attendre(t, agence.Lire(t, faux), 404, faux)
		}
		lever(agence, gens+"/"+id(deux.Compte)+"/second-facteur", 200, gens, "Le second facteur est retiré")
		moi := "/personnes/" + id(m.Administrateur.Compte) + "/second-facteur"
		lever(agence, moi, 422, moi, "votre propre second facteur")
		lever(agence, "/personnes/"+id(second.Compte)+"/second-facteur", 200, "/personnes", "Le second facteur est retiré")
		c := m.Client(t, site)
		attendre(t, c.Poster(t, "/connexion", "courriel", second.Courriel, "motdepasse", essai.MotDePasse), 200, "/compte/second-facteur")
	})
}

// Who runs the program helps the last administrator.
func TestLiftFromOutside(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Administrateur
		for _, x := range []struct{ courriel, motif, champ string }{
			{"personne@exemple.invalid", "perdu", "courriel"}, {"x", "perdu", "courriel"}, {p.Courriel, " ", "motif"}, {m.Lecteur.Courriel, "perdu", ""},
		} {
			if err := m.LeverFacteurDe(t.Context(), x.courriel, x.motif); champ(err) != x.champ {
				t.Errorf("%+v: %v", x, err)
			}
		}
		if err := m.LeverFacteurDe(t.Context(), strings.ToUpper(p.Courriel), "téléphone perdu"); err != nil {
			t.Fatal(err)
		}
		if e, err := m.Connecter(t.Context(), p.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil || e.SecondFacteur {
			t.Errorf("%+v, %v", e, err)
		}
		if c := m.DernierCourriel(t, p.Courriel); !strings.Contains(c.Texte, "l'exploitant du guichet") {
			t.Error(c.Texte)
		}
		if _, err := journalessai.Verifier(t.Context(), b, compte.Agence); err != nil {
			t.Error(err)
		}
	})
}
