package compte_test

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"testing"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/federe"
	federeessai "guichet/internal/portail/federe/essai"
)

// chaque has each step of an act fail, but for the look at a brake that spares a write: the try is counted all the same. A
// fault of the person is no answer to a failure.
func chaque(t *testing.T, m *essai.Monde, p *dbessai.Panne, nom string, faire func(context.Context) error) {
	t.Helper()
	p.Chaque(t, m.Base, dbessai.Acte{Nom: nom, Malgre: []string{"SELECT debut FROM tentative"}, Aussi: oublierEssais(t, m), Faire: func() error {
		err := faire(t.Context())
		if err != nil && champ(err) != "-" {
			t.Errorf("%s: %v", nom, err)
		}
		return err
	}})
}

// oublierEssais lets go of the brakes: tries are counted whether they succeed or not.
func oublierEssais(t *testing.T, m *essai.Monde) func() string {
	return func() string {
		err := m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `DELETE FROM tentative`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return ""
	}
}

// An act that cannot be done wholly is not done at all: whatever step fails, no row is changed, no mail is sent.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
	tiers, quart := m.AjouterPersonne(t, autre, compte.Proprietaire), m.AjouterPersonne(t, autre, compte.Lecteur)
	ferme := m.AjouterPersonneA(t, m.Fournisseur, compte.Lecteur, "ferme@exemple.invalid")
	admin := compte.Identite{Compte: m.Administrateur.Compte, Role: compte.Administrateur}
	sur := func(p essai.Personne) compte.Mesure {
		return compte.Mesure{Par: admin, Fournisseur: m.Fournisseur, Compte: p.Compte, Motif: "essai"}
	}
	if err := errors.Join(m.FermerCompte(t.Context(), sur(ferme)), m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000200006")); err != nil {
		t.Fatal(err)
	}
	donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
	if err != nil {
		t.Fatal(err)
	}
	for _, courriel := range []string{"jamais@exemple.invalid", tiers.Courriel, quart.Courriel, "non@exemple.invalid", "oui@exemple.invalid"} {
		inviter(t, m, m.Fournisseur, compte.Lecteur, courriel)
	}
	jamais, non, oui := trouver(t, m, m.Fournisseur, "jamais@exemple.invalid"), m.Lien(t, "non@exemple.invalid"), m.Lien(t, "oui@exemple.invalid")
	site := m.SurNom(m.Serveur(t).URL)
	chezTiers := m.Connecte(t, site, tiers)
	neuve := essai.NouvellesClefs(t, site).Creer(t, essai.Demande(chezTiers.Lire(t, "/compte/second-facteur/cle")))
	sessionTiers := sessionQuiAttend(t, m)
	porte := m.DonnerCle(t, m.Connecte(t, site, m.Administrateur), "clé")
	_, page := secondPas(t, m, site, m.Administrateur)
	montree, sessionAdmin := porte.Lire(t, essai.Demande(page)), sessionQuiAttend(t, m)
	cles, err := m.Cles(t.Context(), m.Administrateur.Compte)
	if err != nil || len(cles) != 1 {
		t.Fatal(cles, err)
	}
	relier(m, federeessai.Nouveau(t, m.Horloge.Maintenant, "x", ""), site)
	venue := federe.Personne{Emetteur: m.Federation.Emetteur, Sujet: "ana", Courriel: m.Administrateur.Courriel}
	err = m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO session (empreinte, compte_id, donnees, cree, vu, expire, session_la) VALUES ('la', $1, $2, 0, 0, 0, 'une')`, m.Administrateur.Compte, []byte{})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range []struct {
		nom   string
		faire func(context.Context) error
	}{
		{"invite", func(ctx context.Context) error {
			return m.Inviter(ctx, m.Proprietaire.Compte, compte.Invitation{Fournisseur: m.Fournisseur, Role: compte.Lecteur, Courriel: "neuf@exemple.invalid", Nom: "Neuf"})
		}},
		{"invite again", func(ctx context.Context) error { return m.Relancer(ctx, m.Proprietaire.Compte, m.Fournisseur, jamais) }},
		{"take back", func(ctx context.Context) error { return m.Retirer(ctx, m.Proprietaire.Compte, m.Fournisseur, jamais) }},
		{"accept", func(ctx context.Context) error { return m.Accepter(ctx, tiers.Compte, m.Fournisseur) }},
		{"decline", func(ctx context.Context) error { return m.Decliner(ctx, quart.Compte, m.Fournisseur) }},
		{"decline by link", func(ctx context.Context) error { return m.DeclinerLien(ctx, non) }},
		{"read a link", func(ctx context.Context) error { _, err := m.LireLien(ctx, oui); return err }},
		{"open", func(ctx context.Context) error {
			_, err := m.Ouvrir(ctx, oui, compte.Ouverture{Nom: "Oui", MotDePasse: essai.MotDePasse})
			return err
		}},
		{"change the role", func(ctx context.Context) error {
			return m.ChangerRole(ctx, 0, m.Fournisseur, m.Lecteur.Compte, compte.Deposant)
		}},
		{"make an owner", func(ctx context.Context) error { return m.NommerProprietaire(ctx, sur(m.Lecteur)) }},
		{"end sessions", func(ctx context.Context) error { return m.TerminerSessionsDe(ctx, sur(m.Lecteur)) }},
		{"close", func(ctx context.Context) error { return m.FermerCompte(ctx, sur(m.Lecteur)) }},
		{"open again", func(ctx context.Context) error { return m.RouvrirCompte(ctx, sur(ferme)) }},
		{"remove", func(ctx context.Context) error { return m.Retirer(ctx, 0, m.Fournisseur, m.Deposant.Compte) }},
		{"give a mandate", func(ctx context.Context) error { return m.DonnerMandat(ctx, tiers.Compte, autre, "00000000100008") }},
		{"end the mandate", func(ctx context.Context) error { return m.RevoquerMandat(ctx, 0, m.Fournisseur, donnes[0].ID) }},
		{"ask for another address", func(ctx context.Context) error { return m.DemanderAdresse(ctx, tiers.Compte, "autre@exemple.invalid") }},
		{"give that up", func(ctx context.Context) error { return m.AbandonnerAdresse(ctx, tiers.Compte) }},
		{"change the profile", func(ctx context.Context) error {
			return m.ChangerProfil(ctx, tiers.Compte, compte.Profil{Nom: "Autre", Voulus: []compte.GenreCourriel{compte.CourrielMessages}})
		}},
		{"new recovery codes", func(ctx context.Context) error {
			_, err := m.RenouvelerSecours(ctx, m.Administrateur.Compte)
			return err
		}},
		{"register a passkey", func(ctx context.Context) error {
			_, err := m.AjouterCle(ctx, tiers.Compte, sessionTiers, "clé", neuve)
			return err
		}},
		{"sign in by passkey", func(ctx context.Context) error {
			return m.VerifierCle(ctx, m.Administrateur.Compte, sessionAdmin, montree, compte.Visite{Reseau: "192.0.2.1"})
		}},
		{"remove a passkey", func(ctx context.Context) error { return m.RetirerCle(ctx, m.Administrateur.Compte, cles[0].ID) }},
		{"tie to the provider", func(ctx context.Context) error { _, err := m.Federer(ctx, venue); return err }},
		{"come back from the provider", func(ctx context.Context) error { _, err := m.Federer(ctx, venue); return err }},
		{"end what ended at the provider", func(ctx context.Context) error {
			return m.Finir(ctx, federe.Fin{Emetteur: venue.Emetteur, Sujet: venue.Sujet, Jeton: "un"})
		}},
		{"untie from the provider", func(ctx context.Context) error { return m.Delier(ctx, m.Administrateur.Compte) }},
		{"lift the second factor", func(ctx context.Context) error { return m.LeverFacteurDe(ctx, m.Administrateur.Courriel, "perdu") }},
		{"sign in", func(ctx context.Context) error {
			_, err := m.Connecter(ctx, tiers.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"})
			return err
		}},
		{"sweep", func(ctx context.Context) error { return m.Balayer(ctx) }},
		{"count a link", func(ctx context.Context) error { return m.EssayerLien(ctx, "un@exemple.invalid", "192.0.2.1") }},
	} {
		chaque(t, m, p, x.nom, x.faire)
	}
}

// An authenticator is given up by a passkey wholly or not at all.
func TestGivenUpByPasskeyWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	site := m.SurNom(m.Serveur(t).URL)
	c := m.Connecte(t, site, m.Administrateur)
	cle := m.DonnerCle(t, c, "clé")
	reponse := cle.Lire(t, essai.Demande(c.Lire(t, "/compte/second-facteur/retrait")))
	session := sessionQuiAttend(t, m)
	chaque(t, m, p, "give up the authenticator", func(ctx context.Context) error {
		return m.RetirerFacteurParCle(ctx, m.Administrateur.Compte, essai.MotDePasse, session, reponse, "192.0.2.1")
	})
}

// Keys that are still in the clear are sealed all of them, or none.
func TestSealedWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	ecrireCle(t, b, m.Administrateur.Compte, m.Administrateur.Secret)
	chaque(t, m, p, "seal", m.ScellerFacteurs)
	if cle := cleGardee(t, b, m.Administrateur.Compte); !strings.HasPrefix(cle, coffre.Entete) {
		t.Errorf("kept as %q", cle)
	}
}

// sessionQuiAttend is the session that was asked for a passkey last.
func sessionQuiAttend(t *testing.T, m *essai.Monde) (session string) {
	t.Helper()
	if err := m.Base.Lire().QueryRowContext(t.Context(), `SELECT session FROM cle_defi ORDER BY id DESC LIMIT 1`).Scan(&session); err != nil {
		t.Fatal(err)
	}
	return session
}
