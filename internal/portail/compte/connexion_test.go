package compte_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// An unknown account, one not open yet and a wrong password get the same answer.
func TestOneAnswer(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		inviter(t, m, m.Fournisseur, compte.Lecteur, "invite@exemple.invalid")
		reponses := map[string]bool{}
		for _, a := range []string{m.Lecteur.Courriel, "inconnu@exemple.invalid", "invite@exemple.invalid"} {
			for _, mot := range []string{"", "pas le bon du tout", strings.Repeat("x", 100_000), "a\x00b"} {
				_, err := m.Connecter(t.Context(), a, mot, compte.Visite{Reseau: "192.0.2.1"})
				reponses[err.Error()] = true
			}
		}
		if len(reponses) != 1 {
			t.Errorf("answers: %v", reponses)
		}
		if e, err := m.Connecter(t.Context(), " "+strings.ToUpper(m.Lecteur.Courriel), essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil || e.Compte != m.Lecteur.Compte {
			t.Errorf("%+v, %v", e, err)
		}
	})
}

// Guessing at one account, or at many from one address, is stopped for a while, for known and unknown alike.
// ASVS 6.3.1.
func TestThrottled(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		for _, a := range []string{m.Lecteur.Courriel, "inconnu@exemple.invalid"} {
			var essais, refus atomic.Int64
			var wg sync.WaitGroup
			for range 14 {
				wg.Go(func() {
					var trop *compte.TropEssais
					if _, err := m.Connecter(t.Context(), a, "faux et archifaux", compte.Visite{Reseau: "192.0.2.1"}); errors.As(err, &trop) {
						refus.Add(1)
					} else {
						essais.Add(1)
					}
				})
			}
			wg.Wait()
			if essais.Load() != 10 || refus.Load() != 4 {
				t.Errorf("%s: %d tries, %d refused", a, essais.Load(), refus.Load())
			}
		}
		var trop *compte.TropEssais
		if _, err := m.Connecter(t.Context(), m.Lecteur.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); !errors.As(err, &trop) {
			t.Errorf("the right password, too late: %v", err)
		}
		if _, err := m.Connecter(t.Context(), m.Lecteur.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.9"}); err != nil {
			t.Errorf("the owner, elsewhere: %v", err)
		}
		m.Horloge.Avancer(15*time.Minute + time.Second)
		if _, err := m.Connecter(t.Context(), m.Lecteur.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil {
			t.Errorf("after the pause: %v", err)
		}
		for i := range 100 {
			_, _ = m.Connecter(t.Context(), fmt.Sprintf("x%d@exemple.invalid", i), "faux et archifaux", compte.Visite{Reseau: "192.0.2.7"})
		}
		if _, err := m.Connecter(t.Context(), m.Lecteur.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.7"}); !errors.As(err, &trop) {
			t.Errorf("the address that guesses: %v", err)
		}
		if _, err := m.Connecter(t.Context(), m.Lecteur.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.8"}); err != nil {
			t.Errorf("another address: %v", err)
		}
		for i := range 60 {
			_, _ = m.Connecter(t.Context(), m.Deposant.Courriel, "faux et archifaux", compte.Visite{Reseau: fmt.Sprintf("198.51.100.%d", i)})
		}
		if _, err := m.Connecter(t.Context(), m.Deposant.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.8"}); !errors.As(err, &trop) {
			t.Errorf("guessed at from everywhere: %v", err)
		}
	})
}

// Each code is taken once, also when it is sent many times at once; recovery codes too.
// ASVS 6.5.1.
func TestSecondFactor(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Deposant
		cle, err := m.PreparerFacteur(t.Context(), p.Compte, "essai")
		if err != nil {
			t.Fatal(err)
		}
		if encore, err := m.PreparerFacteur(t.Context(), p.Compte, "essai"); err != nil || encore.Secret() != cle.Secret() {
			t.Errorf("another key at the second look: %v", err)
		}
		autre, err := m.PreparerFacteur(t.Context(), p.Compte, "autre")
		if err != nil || autre.Secret() == cle.Secret() {
			t.Errorf("another session has the same key: %v", err)
		}
		if _, err := m.ActiverFacteur(t.Context(), p.Compte, "essai", m.Code(t, autre.Secret())); champ(err) != "code" {
			t.Errorf("the key of another session: %v", err)
		}
		for _, secret := range []string{cle.Secret(), ""} {
			if _, err := m.ActiverFacteur(t.Context(), p.Compte, "aucune", m.Code(t, secret)); champ(err) != "code" {
				t.Errorf("a session that prepared nothing, %q: %v", secret, err)
			}
		}
		secours, err := m.ActiverFacteur(t.Context(), p.Compte, "essai", m.Code(t, cle.Secret()))
		if err != nil || len(secours) != 10 {
			t.Fatalf("%d recovery codes, %v", len(secours), err)
		}
		if e, err := m.Connecter(t.Context(), p.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil || !e.SecondFacteur {
			t.Errorf("%+v, %v", e, err)
		}
		code := m.Code(t, cle.Secret())
		if n := combien(m, t, p.Compte, code[:3]+" "+code[3:]); n != 1 {
			t.Errorf("one code is taken %d times", n)
		}
		m.Horloge.Avancer(time.Hour)
		if n := combien(m, t, p.Compte, strings.ToUpper(secours[0])); n != 1 {
			t.Errorf("one recovery code is taken %d times", n)
		}
		if n, err := m.SecoursRestants(t.Context(), p.Compte); n != 9 || err != nil {
			t.Errorf("%d codes are left, %v", n, err)
		}
	})
}

func combien(m *essai.Monde, t *testing.T, id int64, code string) int64 {
	var pris atomic.Int64
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			if m.VerifierCode(t.Context(), id, code, compte.Visite{Reseau: "192.0.2.1"}) == nil {
				pris.Add(1)
			}
		})
	}
	wg.Wait()
	return pris.Load()
}

// Six digits are not guessed: five tries in a quarter of an hour.
// ASVS 6.3.1.
func TestCodesAreThrottled(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Administrateur
		for _, code := range []string{"000 000x", "\x00", "１２３４５６", "", "0", "000-000", "111111", "222222"} {
			if err := m.VerifierCode(t.Context(), p.Compte, code, compte.Visite{Reseau: "192.0.2.1"}); champ(err) != "code" {
				t.Errorf("%q: %v", code, err)
			}
		}
		var trop *compte.TropEssais
		if err := m.VerifierCode(t.Context(), p.Compte, m.Code(t, p.Secret), compte.Visite{Reseau: "192.0.2.1"}); !errors.As(err, &trop) {
			t.Errorf("the right one, too late: %v", err)
		}
	})
}

// Taking the second factor away asks for both factors; a new password ends the other sessions.
func TestChanges(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		p := m.Administrateur
		if err := m.RetirerFacteur(t.Context(), p.Compte, "pas le bon du tout", m.Code(t, p.Secret)); champ(err) != "actuel" {
			t.Errorf("wrong password: %v", err)
		}
		if err := m.RetirerFacteur(t.Context(), p.Compte, essai.MotDePasse, "123"); champ(err) != "code" {
			t.Errorf("wrong code: %v", err)
		}
		if _, err := m.RenouvelerSecours(t.Context(), p.Compte); err != nil {
			t.Errorf("new recovery codes: %v", err)
		}
		if err := m.RetirerFacteur(t.Context(), p.Compte, essai.MotDePasse, m.Code(t, p.Secret)); err != nil {
			t.Errorf("both right: %v", err)
		}
		if e, err := m.Connecter(t.Context(), p.Courriel, essai.MotDePasse, compte.Visite{Reseau: "192.0.2.1"}); err != nil || e.SecondFacteur {
			t.Errorf("%+v, %v", e, err)
		}
		if err := m.ChangerMotDePasse(t.Context(), p.Compte, essai.MotDePasse, "azertyuiop123", ""); champ(err) != "motdepasse" {
			t.Errorf("weak: %v", err)
		}
		if err := m.ChangerMotDePasse(t.Context(), p.Compte, essai.MotDePasse, "un tout autre secret", ""); err != nil {
			t.Error(err)
		}
	})
}
