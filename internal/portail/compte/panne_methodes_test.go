package compte_test

import (
	"context"
	"database/sql"
	"errors"
	"io"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
	federeessai "guichet/internal/portail/federe/essai"
)

// actesAilleurs are the methods whose steps fail in TestWhollyOrNotAtAll, and TestSealedWhollyOrNotAtAll and TestGivenUpByPasskeyWhollyOrNotAtAll.
var actesAilleurs = []string{
	"AbandonnerAdresse", "Accepter", "AjouterCle", "Balayer", "ChangerProfil", "ChangerRole", "Connecter", "Decliner", "DeclinerLien", "Delier", "DemanderAdresse",
	"DonnerMandat", "EssayerLien", "Federer", "FermerCompte", "Finir", "Inviter", "LeverFacteurDe", "LireLien", "NommerProprietaire", "Ouvrir", "Relancer",
	"RenouvelerSecours", "Retirer", "RetirerCle", "RetirerFacteurParCle", "RevoquerMandat", "RouvrirCompte", "ScellerFacteurs", "TerminerSessionsDe", "VerifierCle",
}

// parLesPages are those whose steps fail in TestPagesTellFailures: nothing but a page asks for them.
var parLesPages = []string{
	"ActiverFacteur", "ArreterAdresse", "ChangerMotDePasse", "Confirmer", "ConfirmerAdresse", "LeverFacteur", "Oublier", "RetirerFacteur", "TerminerAutres", "TerminerSession", "VerifierCode",
}

// What other rooms and pages ask of the accounts tells that it failed, whichever step of it fails: what cannot be read is not told as if it
// were nothing, nor as a fault of the person.
func TestMethodsTellFailures(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := essai.Nouveau(t, b)
	if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000100008"); err == nil {
		t.Error("a mandate to oneself")
	}
	autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
	tiers := m.AjouterPersonne(t, autre, compte.Proprietaire)
	inviter(t, m, m.Fournisseur, compte.Lecteur, tiers.Courriel)
	errMandat := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000200006")
	if err := errors.Join(errMandat, m.DemanderAdresse(t.Context(), tiers.Compte, "autre@exemple.invalid")); err != nil {
		t.Fatal(err)
	}
	confirme := strings.TrimPrefix(lienDe(t, m, "autre@exemple.invalid", lienConfirme), lienConfirme)
	arret := strings.TrimPrefix(lienDe(t, m, tiers.Courriel, lienArret), lienArret)
	neuf := m.AjouterPersonne(t, autre, compte.Lecteur).Compte
	relier(m, federeessai.Nouveau(t, m.Horloge.Maintenant, "x", ""), "")
	sans := func(faire func(context.Context) error) func() error {
		return func() error {
			err := faire(t.Context())
			if err != nil && champ(err) != "-" {
				t.Error(err)
			}
			return err
		}
	}
	dans := func(faire func(context.Context, *sql.Tx) error) func() error {
		return sans(func(ctx context.Context) error { return b.Ecrire(ctx, faire) })
	}
	p.Methodes(t, b, m.Service, slices.Concat(actesAilleurs, parLesPages), map[string]func() error{
		"AdresseArretee":   sans(func(ctx context.Context) error { _, err := m.AdresseArretee(ctx, arret); return err }),
		"AdresseAttendue":  sans(func(ctx context.Context) error { _, err := m.AdresseAttendue(ctx, tiers.Compte); return err }),
		"AdresseDuLien":    sans(func(ctx context.Context) error { _, err := m.AdresseDuLien(ctx, tiers.Compte, confirme); return err }),
		"Choix":            sans(func(ctx context.Context) error { _, err := m.Choix(ctx, tiers.Compte); return err }),
		"Cles":             sans(func(ctx context.Context) error { _, err := m.Cles(ctx, m.Administrateur.Compte); return err }),
		"Connu":            sans(func(ctx context.Context) error { _, err := m.Connu(ctx, b.Lire(), tiers.Courriel); return err }),
		"CourrielsRefuses": sans(func(ctx context.Context) error { _, err := m.CourrielsRefuses(ctx, tiers.Compte); return err }),
		"Destinataires": dans(func(ctx context.Context, tx *sql.Tx) error {
			_, err := m.Destinataires(ctx, tx, m.Fournisseur, compte.CourrielMessages)
			return err
		}),
		"DestinatairesEt": dans(func(ctx context.Context, tx *sql.Tx) error {
			_, err := m.DestinatairesEt(ctx, tx, m.Fournisseur, tiers.Compte, compte.CourrielDepots)
			return err
		}),
		"FacteursIllisibles": sans(func(ctx context.Context) error { _, err := m.FacteursIllisibles(ctx); return err }),
		"FederationDe":       sans(func(ctx context.Context) error { _, err := m.FederationDe(ctx, tiers.Compte); return err }),
		"Homonymes":          sans(func(ctx context.Context) error { _, err := m.Homonymes(ctx, []string{"Ana"}); return err }),
		"Image":              sans(func(ctx context.Context) error { return m.Image(ctx, neuf, "une", io.Discard) }),
		"InvitationsDe":      sans(func(ctx context.Context) error { _, err := m.InvitationsDe(ctx, tiers.Compte); return err }),
		"InviterDans": dans(func(ctx context.Context, tx *sql.Tx) error {
			return m.InviterDans(ctx, tx, 0, compte.Invitation{Fournisseur: autre, Role: compte.Proprietaire, Courriel: "enrole@exemple.invalid", Nom: "Enrôlée"})
		}),
		"Mandats": sans(func(ctx context.Context) error { _, _, err := m.Mandats(ctx, m.Fournisseur); return err }),
		"Membres": sans(func(ctx context.Context) error { _, err := m.Membres(ctx, m.Fournisseur); return err }),
		"MembresAgence": sans(func(ctx context.Context) error {
			_, err := m.MembresAgence(ctx, b.Lire(), etat.Instructeur)
			return err
		}),
		"PreparerFacteur":       sans(func(ctx context.Context) error { _, err := m.PreparerFacteur(ctx, neuf, "une"); return err }),
		"PremierAdministrateur": sans(func(ctx context.Context) error { _, _, err := m.PremierAdministrateur(ctx); return err }),
		"SecoursRestants":       sans(func(ctx context.Context) error { _, err := m.SecoursRestants(ctx, m.Administrateur.Compte); return err }),
		"Sessions": sans(func(ctx context.Context) error {
			_, err := m.Sessions(ctx, compte.Identite{Compte: tiers.Compte})
			return err
		}),
	})
	p.Chaque(t, b, dbessai.Acte{Nom: "MandatValide", Faire: sans(func(ctx context.Context) error {
		_, err := compte.MandatValide(ctx, b.Lire(), m.Fournisseur, autre, m.Horloge.Maintenant(), "")
		return err
	})})
}
