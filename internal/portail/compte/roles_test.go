package compte_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/modele"
)

// Whatever is asked in whatever order, a supplier with people has an owner, and one who has opened the account
// as soon as there was one.
func TestAlwaysAnOwner(t *testing.T) {
	t.Parallel()
	m := essai.Vide(dbessai.SQLite(t))
	suivant := 100
	rapid.Check(t, func(r *rapid.T) {
		suivant++
		f := m.AjouterFournisseur(t, fmt.Sprintf("000000%08d", suivant), "ÉDITEUR")
		ouvert := false
		role := rapid.SampledFrom(compte.RolesDe(f))
		for range rapid.IntRange(1, 25).Draw(r, "acts") {
			courriel := fmt.Sprintf("%c%d@exemple.invalid", rapid.SampledFrom([]rune("abcd")).Draw(r, "who"), suivant)
			id := trouver(t, m, f, courriel)
			var err error
			switch rapid.SampledFrom([]string{"invite", "open", "accept", "change", "remove"}).Draw(r, "act") {
			case "invite":
				err = m.Inviter(t.Context(), 0, compte.Invitation{Fournisseur: f, Role: role.Draw(r, "role"), Courriel: courriel, Nom: "Ana"})
			case "open":
				if lien, ok := m.DernierLien(courriel); id != 0 && ok {
					_, err = m.Ouvrir(t.Context(), lien, compte.Ouverture{Nom: "Ana", MotDePasse: essai.MotDePasse})
				}
			case "accept":
				err = m.Accepter(t.Context(), id, f)
			case "change":
				err = m.ChangerRole(t.Context(), 0, f, id, role.Draw(r, "role"))
			case "remove":
				err = m.Retirer(t.Context(), 0, f, id)
			}
			if champ(err) == "-" && err != nil && !errors.Is(err, compte.ErrMembre) && !errors.Is(err, compte.ErrLien) && !errors.Is(err, compte.ErrInvitation) {
				r.Fatal(err)
			}
			ouvert = tenir(r, t, m, f, ouvert)
		}
	})
}

func tenir(r *rapid.T, t *testing.T, m *essai.Monde, f int64, ouvert bool) bool {
	membres, err := m.Membres(t.Context(), f)
	if err != nil {
		r.Fatal(err)
	}
	chefs, actifs := 0, 0
	for _, x := range membres {
		if x.Role == compte.Proprietaire {
			chefs++
			if !x.Invite {
				actifs++
			}
		}
	}
	if len(membres) > 0 && chefs == 0 || ouvert && actifs == 0 {
		r.Fatalf("no owner among %+v", membres)
	}
	return ouvert || actifs > 0
}

func trouver(t *testing.T, m *essai.Monde, f int64, courriel string) int64 {
	membres, err := m.Membres(t.Context(), f)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range membres {
		if x.Courriel == courriel {
			return x.Compte
		}
	}
	return 0
}

// Two owners who remove each other at once: one stays.
func TestOwnersRemoveEachOther(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		if err := m.ChangerRole(t.Context(), 0, m.Fournisseur, m.Deposant.Compte, compte.Proprietaire); err != nil {
			t.Fatal(err)
		}
		var wg sync.WaitGroup
		for _, id := range []int64{m.Proprietaire.Compte, m.Deposant.Compte} {
			wg.Go(func() { _ = m.Retirer(t.Context(), 0, m.Fournisseur, id) })
		}
		wg.Wait()
		membres, err := m.Membres(t.Context(), m.Fournisseur)
		if err != nil || len(membres) != 2 || membres[0].Role != compte.Proprietaire && membres[1].Role != compte.Proprietaire {
			t.Errorf("%+v, %v", membres, err)
		}
	})
}

// The last administrator stays; an invited person who is removed is forgotten, link and all.
func TestRemoved(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		if err := m.Retirer(t.Context(), 0, compte.Agence, m.Administrateur.Compte); champ(err) != "" {
			t.Errorf("the last administrator: %v", err)
		}
		inviter(t, m, m.Fournisseur, compte.Lecteur, "z@exemple.invalid")
		if err := m.Retirer(t.Context(), 0, m.Fournisseur, trouver(t, m, m.Fournisseur, "z@exemple.invalid")); err != nil {
			t.Fatal(err)
		}
		if _, err := m.LireLien(t.Context(), m.Lien(t, "z@exemple.invalid")); !errors.Is(err, compte.ErrLien) {
			t.Errorf("the link of one who was removed: %v", err)
		}
		if err := m.ChangerRole(t.Context(), 0, m.Fournisseur, m.Administrateur.Compte, compte.Lecteur); !errors.Is(err, compte.ErrMembre) {
			t.Errorf("someone of elsewhere: %v", err)
		}
		if err := m.ChangerRole(t.Context(), 0, m.Fournisseur, m.Lecteur.Compte, compte.Administrateur); champ(err) != "role" {
			t.Errorf("a role that suppliers do not have: %v", err)
		}
	})
}

// A mandate lets the other supplier's people deposit, never rule, until it is revoked.
func TestMandates(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR D'EXEMPLE")
		p := m.AjouterPersonne(t, autre, compte.Proprietaire)
		for siret, want := range map[string]string{"": "siret", "123": "siret", "00000000100008": "siret", "99999999999999": "siret"} {
			if err := m.DonnerMandat(t.Context(), 0, m.Fournisseur, siret); champ(err) != want {
				t.Errorf("%q: %v", siret, err)
			}
		}
		if err := m.DonnerMandat(t.Context(), 0, m.Fournisseur, "000 000 002 00006"); err != nil {
			t.Fatal(err)
		}
		if err := m.DonnerMandat(t.Context(), 0, m.Fournisseur, "00000000200006"); champ(err) != "siret" {
			t.Errorf("a second time: %v", err)
		}
		choix, err := m.Choix(t.Context(), p.Compte)
		if err != nil || len(choix) != 2 || choix[1].Fournisseur != m.Fournisseur || choix[1].Mandataire != autre || choix[1].Role != compte.Deposant {
			t.Errorf("%+v, %v", choix, err)
		}
		donnes, recus, err := m.Mandats(t.Context(), m.Fournisseur)
		if err != nil || len(donnes) != 1 || len(recus) != 0 {
			t.Fatalf("%+v, %+v, %v", donnes, recus, err)
		}
		if err := m.RevoquerMandat(t.Context(), 0, autre, donnes[0].ID); !errors.Is(err, compte.ErrMandat) {
			t.Errorf("revoked by another one: %v", err)
		}
		if err := m.RevoquerMandat(t.Context(), 0, m.Fournisseur, donnes[0].ID); err != nil {
			t.Fatal(err)
		}
		if choix, err := m.Choix(t.Context(), p.Compte); err != nil || len(choix) != 1 {
			t.Errorf("after the end: %+v, %v", choix, err)
		}
		if err := m.DonnerMandat(t.Context(), 0, m.Fournisseur, "00000000200006"); err != nil {
			t.Errorf("given again: %v", err)
		}
	})
}

// A mail on a deposit goes to the supplier's people and to the one who deposited for them, to each once, and to nobody
// who does not want it.
func TestWhomToWriteTo(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "DISTRIBUTEUR")
		deposant := m.AjouterPersonne(t, autre, compte.Proprietaire)
		a := func(qui int64) (courriels []string) {
			err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				courriels = nil
				gens, err := m.DestinatairesEt(ctx, tx, m.Fournisseur, qui, compte.CourrielDepots)
				for _, g := range gens {
					courriels = append(courriels, g.Courriel)
				}
				slices.Sort(courriels)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			return courriels
		}
		siens := []string{m.Deposant.Courriel, m.Lecteur.Courriel, m.Proprietaire.Courriel}
		slices.Sort(siens)
		if got := a(m.Deposant.Compte); !slices.Equal(got, siens) {
			t.Errorf("one of them deposited: %v, want %v", got, siens)
		}
		avec := slices.Sorted(slices.Values(append(siens, deposant.Courriel)))
		if got := a(deposant.Compte); !slices.Equal(got, avec) {
			t.Errorf("another deposited: %v, want %v", got, avec)
		}
		if err := m.ChangerProfil(t.Context(), deposant.Compte, compte.Profil{Nom: "Camille", Langue: modele.Francais}); err != nil {
			t.Fatal(err)
		}
		if got := a(deposant.Compte); !slices.Equal(got, siens) {
			t.Errorf("who wants none: %v, want %v", got, siens)
		}
	})
}

// A password made of the name of one's company is refused; that of a company that the person has nothing to do with is a name like others.
func TestPasswordOfTheCompany(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		autre := m.AjouterFournisseur(t, "00000000200006", "ZORBULINX QUAFTEGRO")
		sien := m.AjouterPersonne(t, autre, compte.Proprietaire)
		for _, x := range []struct {
			qui   int64
			champ string
		}{{sien.Compte, "motdepasse"}, {m.Lecteur.Compte, "-"}} {
			if err := m.ChangerMotDePasse(t.Context(), x.qui, essai.MotDePasse, "zorbulinx quaftegro", ""); champ(err) != x.champ {
				t.Errorf("account %d: %v", x.qui, err)
			}
		}
	})
}
