package compte_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	journalessai "guichet/internal/portail/journal/essai"
)

// Of many who use one link at once, one opens the account.
// ASVS 6.4.1.
func TestLinkWorksOnce(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		f := m.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")
		inviter(t, m, f, compte.Proprietaire, "a@exemple.invalid")
		secret := m.Lien(t, "a@exemple.invalid")
		var ouverts, refuses atomic.Int64
		var wg sync.WaitGroup
		for range 8 {
			wg.Go(func() {
				switch _, err := m.Ouvrir(t.Context(), secret, compte.Ouverture{Nom: "Ana", MotDePasse: essai.MotDePasse}); {
				case err == nil:
					ouverts.Add(1)
				case errors.Is(err, compte.ErrLien):
					refuses.Add(1)
				default:
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if ouverts.Load() != 1 || refuses.Load() != 7 {
			t.Errorf("%d opened, %d refused", ouverts.Load(), refuses.Load())
		}
		if n, err := journalessai.Verifier(t.Context(), b, f); n != 2 || err != nil {
			t.Errorf("journal: %d rows, %v", n, err)
		}
	})
}

// A link dies with time, and when a newer one is sent; a password that is too weak does not use it up.
// ASVS 6.4.1.
func TestLinkLifetime(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		f := m.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")
		inviter(t, m, f, compte.Proprietaire, "a@exemple.invalid")
		ancien := m.Lien(t, "a@exemple.invalid")
		membres, err := m.Membres(t.Context(), f)
		if err != nil || len(membres) != 1 || !membres[0].Invite {
			t.Fatalf("%+v, %v", membres, err)
		}
		if err := m.Relancer(t.Context(), 0, f, membres[0].Compte); err != nil {
			t.Fatal(err)
		}
		nouveau := m.Lien(t, "a@exemple.invalid")
		if _, err := m.LireLien(t.Context(), ancien); !errors.Is(err, compte.ErrLien) {
			t.Errorf("the older link: %v", err)
		}
		o := compte.Ouverture{Nom: "Ana", MotDePasse: "court"}
		if _, err := m.Ouvrir(t.Context(), nouveau, o); champ(err) != "motdepasse" {
			t.Errorf("a weak password: %v", err)
		}
		if l, err := m.LireLien(t.Context(), nouveau); err != nil || l.Courriel != "a@exemple.invalid" || !l.Nouveau {
			t.Errorf("%+v, %v", l, err)
		}
		m.Horloge.Avancer(7*24*time.Hour + time.Second)
		o.MotDePasse = essai.MotDePasse
		if _, err := m.Ouvrir(t.Context(), nouveau, o); !errors.Is(err, compte.ErrLien) {
			t.Errorf("an old link: %v", err)
		}
		if err := m.Balayer(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// There is a link for the first administrator while there is none, and the newest start's alone works.
func TestFirstAdministrator(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Vide(b)
		premier := func() (string, bool) {
			lien, ok, err := m.PremierAdministrateur(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return strings.TrimPrefix(lien, essai.Adresse+"/ouverture/"), ok
		}
		ancien, _ := premier()
		nouveau, ok := premier()
		if !ok || ancien == nouveau {
			t.Errorf("links %q, %q", ancien, nouveau)
		}
		o := compte.Ouverture{Courriel: "Admin@Exemple.invalid", Nom: "Ana", MotDePasse: essai.MotDePasse}
		if _, err := m.Ouvrir(t.Context(), ancien, o); !errors.Is(err, compte.ErrLien) {
			t.Errorf("the older link: %v", err)
		}
		f := m.AjouterFournisseur(t, "00000000100008", "ÉDITEUR")
		inviter(t, m, f, compte.Proprietaire, o.Courriel)
		if id, err := m.Ouvrir(t.Context(), nouveau, o); id != 0 || champ(err) != "courriel" {
			t.Errorf("the address of another account: %d, %v", id, err)
		}
		o.Courriel = "Chef@Exemple.invalid"
		if id, err := m.Ouvrir(t.Context(), nouveau, o); id <= 0 || err != nil {
			t.Fatal(id, err)
		}
		if _, ok := premier(); ok {
			t.Error("there is a link though there is an administrator")
		}
		if e, err := m.Connecter(t.Context(), "chef@exemple.invalid", essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil || e.SecondFacteur {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// A forgotten password is replaced by mail; an unknown address gets the same answer and no mail.
func TestForgotten(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Deposant
		for _, a := range []string{p.Courriel, "inconnu@exemple.invalid"} {
			if err := m.Oublier(t.Context(), a, "192.0.2.1"); err != nil {
				t.Errorf("%s: %v", a, err)
			}
		}
		if n := m.NombreCourriels("inconnu@exemple.invalid"); n != 0 {
			t.Errorf("%d mails to nobody", n)
		}
		nouveau := "un tout autre secret"
		if _, err := m.Ouvrir(t.Context(), m.Lien(t, p.Courriel), compte.Ouverture{MotDePasse: nouveau}); err != nil {
			t.Fatal(err)
		}
		if _, err := m.Connecter(t.Context(), p.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); champ(err) != "courriel" {
			t.Errorf("the old password: %v", err)
		}
		if _, err := m.Connecter(t.Context(), p.Courriel, nouveau, compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("the new password: %v", err)
		}
		var trop *compte.TropEssais
		for range 3 {
			_ = m.Oublier(t.Context(), p.Courriel, "192.0.2.1")
		}
		if err := m.Oublier(t.Context(), p.Courriel, "192.0.2.1"); !errors.As(err, &trop) {
			t.Errorf("asked again and again: %v", err)
		}
	})
}

func inviter(t *testing.T, m *essai.Monde, f int64, r compte.Role, courriel string) {
	t.Helper()
	if err := m.Inviter(t.Context(), 0, compte.Invitation{Fournisseur: f, Role: r, Courriel: courriel, Nom: "Ana"}); err != nil {
		t.Fatal(err)
	}
}

// champ is the field at fault; "-" for another error or none.
func champ(err error) string {
	var f *compte.Faute
	if errors.As(err, &f) {
		return f.Champ
	}
	return "-"
}

// An invitation tells the inviter neither whether an account has the address nor its name, until the person accepts; it
// lets nobody weaken it, and does not replace the link of another inviter.
// ASVS 8.2.3, 15.3.1: fields of a person are there for who may know them.
func TestInvitationsTellNothing(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		chef := m.AjouterPersonne(t, autre, compte.Proprietaire)
		par := compte.Identite{Compte: chef.Compte, Fournisseur: autre, Role: compte.Proprietaire}
		secret := m.DonnerFacteur(t, m.Lecteur.Compte)
		inviter(t, m, m.Fournisseur, compte.Lecteur, "jamais@exemple.invalid")
		lien := m.Lien(t, "jamais@exemple.invalid")
		for _, a := range []string{m.Lecteur.Courriel, "jamais@exemple.invalid", "personne@exemple.invalid"} {
			if err := m.Inviter(t.Context(), chef.Compte, compte.Invitation{Fournisseur: autre, Role: compte.Proprietaire, Courriel: a, Nom: "Nom tapé"}); err != nil {
				t.Fatal(err)
			}
		}
		membres, err := m.Membres(t.Context(), autre)
		if err != nil || len(membres) != 4 {
			t.Fatalf("%+v, %v", membres, err)
		}
		for _, x := range membres {
			if x.Compte == chef.Compte {
				continue
			}
			if x.Nom != "Nom tapé" || !x.Invite || x.Facteur || x.Ferme {
				t.Errorf("tells of an account: %+v", x)
			}
			if err := m.Relancer(t.Context(), chef.Compte, autre, x.Compte); err != nil {
				t.Errorf("%s: %v", x.Courriel, err)
			}
			err := m.LeverFacteur(t.Context(), compte.Levee{Par: par, MotDePasse: essai.MotDePasse, Fournisseur: autre, Compte: x.Compte, Motif: "m"})
			if err == nil || !strings.Contains(err.Error(), "not answered the invitation") {
				t.Errorf("%s: %v", x.Courriel, err)
			}
		}
		if err := m.Retirer(t.Context(), chef.Compte, autre, chef.Compte); err == nil {
			t.Error("the only owner who has come leaves")
		}
		if _, err := m.LireLien(t.Context(), lien); err != nil {
			t.Errorf("the link of the first inviter: %v", err)
		}
		c := m.Connecte(t, m.Serveur(t).URL, essai.Personne{Courriel: m.Lecteur.Courriel, Secret: secret})
		attendre(t, c.Poster(t, "/invitations/"+id(autre)+"/acceptation"), 200, "/agir-pour")
		membres, err = m.Membres(t.Context(), autre)
		if err != nil {
			t.Fatal(err)
		}
		for _, x := range membres {
			if x.Compte == m.Lecteur.Compte && (x.Nom != "Camille lecteur" || x.Invite || !x.Facteur) {
				t.Errorf("has come: %+v", x)
			}
		}
	})
}
