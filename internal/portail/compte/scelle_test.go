package compte_test

import (
	"context"
	"database/sql"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// cleGardee is the key of a second factor as the database has it.
func cleGardee(t *testing.T, b *db.Base, id int64) (cle string) {
	t.Helper()
	if err := b.Lire().QueryRowContext(t.Context(), `SELECT totp_secret FROM compte WHERE id = $1`, id).Scan(&cle); err != nil {
		t.Fatal(err)
	}
	return cle
}

func ecrireCle(t *testing.T, b *db.Base, id int64, cle string) {
	t.Helper()
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `UPDATE compte SET totp_secret = $1 WHERE id = $2`, cle, id)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// The database never has the key of a second factor in the clear; one that an earlier version left there still works,
// and is sealed at the next start.
// ASVS 13.3.1.
func TestFactorsAreSealed(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		a := m.Administrateur
		if cle := cleGardee(t, b, a.Compte); !strings.HasPrefix(cle, coffre.Entete) || strings.Contains(cle, a.Secret) {
			t.Errorf("kept as %q", cle)
		}
		ecrireCle(t, b, a.Compte, a.Secret)
		if err := m.VerifierCode(t.Context(), a.Compte, m.Code(t, a.Secret), compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("a key in the clear: %v", err)
		}
		for range 2 {
			if err := m.ScellerFacteurs(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if cle := cleGardee(t, b, a.Compte); !strings.HasPrefix(cle, coffre.Entete) {
			t.Errorf("left as %q", cle)
		}
		if err := m.VerifierCode(t.Context(), a.Compte, m.Code(t, a.Secret), compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("sealed: %v", err)
		}
		if n, err := compte.FacteursScelles(t.Context(), b.Lire()); n != 1 || err != nil {
			t.Errorf("%d sealed, %v", n, err)
		}
	})
}

// A sealed key that is copied to another's row opens nothing.
func TestSealedForItsAccount(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		secret := m.DonnerFacteur(t, m.Proprietaire.Compte)
		ecrireCle(t, b, m.Administrateur.Compte, cleGardee(t, b, m.Proprietaire.Compte))
		if err := m.VerifierCode(t.Context(), m.Administrateur.Compte, m.Code(t, secret), compte.Visite{Reseau: "192.0.2.1"}); champ(err) != "code" {
			t.Errorf("another's key: %v", err)
		}
	})
}

// When the key of the counter is lost, a code of the authenticator is refused with what to do, a recovery code still
// lets its person in, who takes the second factor away and sets up another.
func TestLostKey(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Proprietaire
		cle, err := m.PreparerFacteur(t.Context(), p.Compte, "essai")
		if err != nil {
			t.Fatal(err)
		}
		secours, err := m.ActiverFacteur(t.Context(), p.Compte, "essai", m.Code(t, cle.Secret()))
		if err != nil {
			t.Fatal(err)
		}
		if m.Coffre, err = coffre.DeCle(coffre.NouvelleCle()); err != nil {
			t.Fatal(err)
		}
		if n, err := m.FacteursIllisibles(t.Context()); n != 2 || err != nil {
			t.Errorf("%d cannot be read, %v", n, err)
		}
		if err := m.VerifierCode(t.Context(), p.Compte, m.Code(t, cle.Secret()), compte.Visite{Reseau: "192.0.2.1"}); champ(err) != "code" || !strings.Contains(err.Error(), "recovery") {
			t.Errorf("a code: %v", err)
		}
		if err := m.VerifierCode(t.Context(), p.Compte, secours[0], compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("a recovery code: %v", err)
		}
		if err := m.RetirerFacteur(t.Context(), p.Compte, essai.MotDePasse, secours[1]); err != nil {
			t.Fatal(err)
		}
		if err := m.VerifierCode(t.Context(), p.Compte, m.Code(t, m.DonnerFacteur(t, p.Compte)), compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("the new second factor: %v", err)
		}
	})
}

// The key of the counter is replaced without loss: the new one seals, the former one that stands behind it still opens, and once the
// counter has started the second factors need the former one no more.
// ASVS 11.2.2.
func TestKeyIsReplaced(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		a, neuve := m.Administrateur, coffre.NouvelleCle()
		avec := func(cles string) {
			t.Helper()
			c, err := coffre.DeCle(cles)
			if err != nil {
				t.Fatal(err)
			}
			m.Coffre = c
		}
		entrer := func(quoi string) {
			t.Helper()
			m.Horloge.Avancer(time.Minute) // a code works once
			if err := m.VerifierCode(t.Context(), a.Compte, m.Code(t, a.Secret), compte.Visite{Reseau: "192.0.2.1"}); err != nil {
				t.Errorf("%s: %v", quoi, err)
			}
		}
		avec(neuve + "\n" + essai.Cle + "\n")
		entrer("with both keys")
		if err := m.ScellerFacteurs(t.Context()); err != nil {
			t.Fatal(err)
		}
		avec(neuve)
		entrer("with the new key alone")
		if n, err := m.FacteursIllisibles(t.Context()); n != 0 || err != nil {
			t.Errorf("%d cannot be read, %v", n, err)
		}
		avec(coffre.NouvelleCle())
		avant := cleGardee(t, b, a.Compte)
		if err := m.ScellerFacteurs(t.Context()); err != nil || cleGardee(t, b, a.Compte) != avant {
			t.Errorf("what no key opens is changed: %v", err)
		}
	})
}
