// Package essai makes a small world of accounts for tests: a supplier with an owner, a depositor and a reader,
// and an administrator with a second factor. It is imported by tests alone.
package essai

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/pquerna/otp/totp"

	"guichet/internal/portail/coffre"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/ecrit"
	"guichet/internal/portail/web"
)

// MotDePasse is everybody's.
const MotDePasse = "quatre mots sans rapport"

// Adresse is where the site is found until a test says otherwise.
const Adresse = "http://guichet.exemple.invalid"

// Cle is the key of the installation.
const Cle = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="

// bonMarche is a password hash that costs nothing.
var bonMarche = &argon2id.Params{Memory: 64, Iterations: 1, Parallelism: 1, SaltLength: 16, KeyLength: 32}

// Horloge is a clock that tests move. The zero value is not one: Monde has it.
type Horloge struct{ micros atomic.Int64 }

// Maintenant is the time that it shows.
func (h *Horloge) Maintenant() time.Time { return time.UnixMicro(h.micros.Load()).UTC() }

// Avancer moves it forward.
func (h *Horloge) Avancer(d time.Duration) { h.micros.Add(d.Microseconds()) }

// Personne is someone with an account.
type Personne struct {
	Compte   int64
	Courriel string
	Role     compte.Role
	Secret   string // of the second factor; "" without one
}

// Monde is the small world.
type Monde struct {
	*compte.Service
	Base        *db.Base
	Horloge     *Horloge
	Fournisseur int64

	Proprietaire, Deposant, Lecteur, Administrateur Personne

	mu        sync.Mutex
	courriels []compte.Courriel
}

// Vide makes the service alone, on an empty database.
func Vide(b *db.Base) *Monde {
	m := &Monde{Base: b, Horloge: &Horloge{}}
	m.Horloge.micros.Store(time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC).UnixMicro())
	cle, err := coffre.DeCle(Cle)
	if err != nil {
		panic(err) // a constant
	}
	m.Service = compte.Nouveau(compte.Config{
		Base: b, Coffre: cle, Maintenant: m.Horloge.Maintenant, Adresse: Adresse, Argon2: bonMarche, Envoyer: m.envoyer,
		Agence: web.Agence{Courriel: "agence@exemple.invalid", Telephone: "+33 1 99 00 00 00"},
	})
	return m
}

// Nouveau makes the world with its people.
func Nouveau(t testing.TB, b *db.Base) *Monde {
	t.Helper()
	m := Vide(b)
	m.Fournisseur = m.AjouterFournisseur(t, "00000000100008", "ÉDITEUR D'EXEMPLE")
	m.Proprietaire = m.AjouterPersonne(t, m.Fournisseur, compte.Proprietaire)
	m.Deposant = m.AjouterPersonne(t, m.Fournisseur, compte.Deposant)
	m.Lecteur = m.AjouterPersonne(t, m.Fournisseur, compte.Lecteur)
	m.Administrateur = m.AjouterPersonne(t, compte.Agence, compte.Administrateur)
	m.Administrateur.Secret = m.DonnerFacteur(t, m.Administrateur.Compte)
	return m
}

func (m *Monde) envoyer(_ context.Context, _ *sql.Tx, c compte.Courriel) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.courriels = append(m.courriels, c)
	return nil
}

// DernierCourriel is the last mail to an address; it fails when there is none.
func (m *Monde) DernierCourriel(t testing.TB, a string) compte.Courriel {
	t.Helper()
	m.mu.Lock()
	defer m.mu.Unlock()
	for i := len(m.courriels) - 1; i >= 0; i-- {
		if m.courriels[i].A == a {
			return m.courriels[i]
		}
	}
	t.Fatalf("no mail to %s", a)
	return compte.Courriel{}
}

// Courriels are all mails so far.
func (m *Monde) Courriels() []compte.Courriel {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.courriels)
}

// NombreCourriels counts the mails to an address.
func (m *Monde) NombreCourriels(a string) (n int) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range m.courriels {
		if c.A == a {
			n++
		}
	}
	return n
}

// Lien is the secret of the link in the last mail to an address; it fails when that mail has none.
func (m *Monde) Lien(t testing.TB, a string) string {
	t.Helper()
	secret, ok := m.DernierLien(a)
	if !ok {
		t.Fatalf("no link in:\n%s", m.DernierCourriel(t, a).Texte)
	}
	return secret
}

// DernierLien is the secret of the link in the last mail to an address, if that mail has one: who already has a
// password and is invited again is told to log in as usual.
func (m *Monde) DernierLien(a string) (secret string, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, c := range slices.Backward(m.courriels) {
		if c.A == a {
			_, suite, ok := strings.Cut(c.Texte, "/ouverture/")
			secret, _, _ = strings.Cut(suite, "\n")
			return secret, ok
		}
	}
	return "", false
}

// AjouterFournisseur adds an enrolled supplier.
func (m *Monde) AjouterFournisseur(t testing.TB, siret, nom string) (id int64) {
	t.Helper()
	err := m.Base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree, cherche)
			VALUES ($1, $2, 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', $3, $4) RETURNING id`,
			siret, nom, db.Instant(m.Horloge.Maintenant()), ecrit.Plier(nom)).Scan(&id)
	})
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// AjouterPersonne invites a person, who opens the account with MotDePasse.
func (m *Monde) AjouterPersonne(t testing.TB, fournisseur int64, r compte.Role) Personne {
	t.Helper()
	return m.AjouterPersonneA(t, fournisseur, r, fmt.Sprintf("%s%d@exemple.invalid", strings.ReplaceAll(string(r), " ", "-"), fournisseur))
}

// AjouterPersonneA does so for a person of that address.
func (m *Monde) AjouterPersonneA(t testing.TB, fournisseur int64, r compte.Role, courriel string) Personne {
	t.Helper()
	ctx := context.Background()
	p := Personne{Courriel: courriel, Role: r}
	err := m.Inviter(ctx, 0, compte.Invitation{Fournisseur: fournisseur, Role: r, Courriel: p.Courriel, Nom: "Camille " + string(r)})
	if err != nil {
		t.Fatal(err)
	}
	p.Compte, err = m.Ouvrir(ctx, m.Lien(t, p.Courriel), compte.Ouverture{Nom: "Camille " + string(r), MotDePasse: MotDePasse})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// DonnerRole lets somebody act for one more supplier.
func (m *Monde) DonnerRole(t testing.TB, compte, fournisseur int64, r compte.Role) {
	t.Helper()
	err := m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `INSERT INTO role (compte_id, fournisseur_id, role) VALUES ($1, $2, $3)`, compte, fournisseur, string(r))
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// DonnerFacteur sets up a second factor and returns its secret.
func (m *Monde) DonnerFacteur(t testing.TB, id int64) string {
	t.Helper()
	cle, err := m.PreparerFacteur(context.Background(), id, "essai")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := m.ActiverFacteur(context.Background(), id, "essai", m.Code(t, cle.Secret())); err != nil {
		t.Fatal(err)
	}
	return cle.Secret()
}

// Code is what an authenticator shows; the clock moves on first, for a code is taken once.
func (m *Monde) Code(t testing.TB, secret string) string {
	t.Helper()
	m.Horloge.Avancer(30 * time.Second)
	code, err := totp.GenerateCode(secret, m.Horloge.Maintenant())
	if err != nil {
		t.Fatal(err)
	}
	return code
}
