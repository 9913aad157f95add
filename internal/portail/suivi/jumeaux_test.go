package suivi_test

import (
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/suivi"
)

// A message that is sent twice is one, in one thread, and is told once: also where both come at once. Other words, another document,
// another person, something in between or ten minutes make it another one.
func TestMessageSentTwice(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		f := m.fournisseur(t, "00000000100008")
		moi, toi := compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}, compte.Identite{Compte: 8, Fournisseur: f, Role: compte.Deposant}
		agent := compte.Identite{Compte: 9, Role: compte.Administrateur}
		var wg sync.WaitGroup
		fils := make([]int64, 4)
		for i := range fils {
			wg.Go(func() {
				var err error
				if fils[i], err = m.Ecrire(t.Context(), suivi.Ecrit{Auteur: moi, Sujet: "Sujet", Texte: "Bonjour"}); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		compter := func(quoi string, messages, threads int) {
			t.Helper()
			var n, k int
			if err := b.Lire().QueryRowContext(t.Context(), `SELECT (SELECT count(*) FROM message), (SELECT count(*) FROM fil)`).Scan(&n, &k); err != nil || n != messages || k != threads {
				t.Errorf("%s: %d messages in %d threads, %v, want %d in %d", quoi, n, k, err, messages, threads)
			}
		}
		compter("four times at once", 1, 1)
		m.courriels = m.courriels[:1] // what a transaction that ran again had said went with it
		for _, x := range fils {
			if x != fils[0] {
				t.Errorf("threads %v", fils)
			}
		}
		n := 1
		for _, x := range []struct {
			quoi string
			e    suivi.Ecrit
			plus int
		}{
			{"an answer", suivi.Ecrit{Auteur: moi, Texte: "Oui"}, 1},
			{"twice", suivi.Ecrit{Auteur: moi, Texte: "Oui"}, 0},
			{"other words", suivi.Ecrit{Auteur: moi, Texte: "Oui !"}, 1},
			{"a document", suivi.Ecrit{Auteur: moi, Texte: "Oui !", Nom: "a.png", Octets: png}, 1},
			{"a document twice", suivi.Ecrit{Auteur: moi, Texte: "Oui !", Nom: "a.png", Octets: png}, 0},
			{"somebody else", suivi.Ecrit{Auteur: toi, Texte: "Oui"}, 1},
			{"the agency", suivi.Ecrit{Auteur: agent, Texte: "Merci"}, 1},
			{"the agency twice", suivi.Ecrit{Auteur: agent, Texte: "Merci"}, 0},
			{"something was in between", suivi.Ecrit{Auteur: toi, Texte: "Oui"}, 1},
		} {
			x.e.Fil = fils[0]
			if _, err := m.Ecrire(t.Context(), x.e); err != nil {
				t.Errorf("%s: %v", x.quoi, err)
			}
			n += x.plus
			compter(x.quoi, n, 1)
		}
		for quoi, e := range map[string]suivi.Ecrit{
			"another subject": {Auteur: moi, Sujet: "Autre", Texte: "Bonjour"}, "another person": {Auteur: toi, Sujet: "Sujet", Texte: "Bonjour"}, "other words": {Auteur: moi, Sujet: "Sujet", Texte: "Bonsoir"},
		} {
			if x, err := m.Ecrire(t.Context(), e); err != nil || x == fils[0] {
				t.Errorf("%s: %d, %v", quoi, x, err)
			}
		}
		m.horloge = m.horloge.Add(11 * time.Minute)
		if x, err := m.Ecrire(t.Context(), suivi.Ecrit{Auteur: moi, Sujet: "Autre", Texte: "Bonjour"}); err != nil || x == fils[0] {
			t.Error(x, err)
		}
		compter("later", n+4, 5)
		if len(m.courriels) != n+4 {
			t.Errorf("%d mails, want %d", len(m.courriels), n+4)
		}
	})
}
