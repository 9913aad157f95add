package avis_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/avis"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/instruction"
	"guichet/modele"
)

// Several questions to one person within a while are one mail, here and outside, and so are several answers to who asked; nobody else is
// written to, nothing is told twice, and what was taken back before is not told at all.
func TestOneMail(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		_, cles := m.deposer(t, "00000000100008", 4)
		var tous []avis.Avis
		for i, c := range cles[:3] {
			q := m.question(c, []string{"a@ailleurs.exemple.invalid"}, m.ivan)
			if i == 2 {
				q = m.question(c, []string{"b@ailleurs.exemple.invalid"}, m.ivan, m.iris)
				q.Langue = modele.Anglais
			}
			tous = append(tous, m.demander(t, q)...)
			m.horloge = m.horloge.Add(time.Minute)
		}
		if err := m.Retirer(t.Context(), m.ines, false, tous[5].ID); err != nil { // of Iris
			t.Fatal(err)
		}
		if x := m.dire(t); len(x) != 0 {
			t.Errorf("told at once: %+v", x)
		}
		m.horloge = m.horloge.Add(avis.Fenetre)
		dits := m.dire(t)
		qui := func(a string) compte.Courriel {
			t.Helper()
			i := slices.IndexFunc(dits, func(c compte.Courriel) bool { return c.A == a })
			if i < 0 {
				t.Fatalf("%s is not told: %+v", a, dits)
			}
			return dits[i]
		}
		if len(dits) != 3 {
			t.Errorf("%d mails: %+v", len(dits), dits)
		}
		if c := qui("ivan@agence.exemple.invalid"); c.Sujet != "3 avis vous sont demandés" || strings.Count(c.Texte, "> Le scénario est-il plausible ?") != 3 || !strings.Contains(c.Texte, site+"/avis/") || strings.Contains(c.Texte, "donner-avis") {
			t.Errorf("%+v", c)
		}
		if c := qui("a@ailleurs.exemple.invalid"); c.Sujet != "Votre avis sur 2 demandes de financement" || strings.Count(c.Texte, site+"/donner-avis/") != 2 || strings.Contains(c.Texte, "plausible") || strings.Contains(c.Texte, "ASP-") || strings.Contains(c.Texte, "ÉDITEUR") {
			t.Errorf("%+v", c)
		}
		if c := qui("b@ailleurs.exemple.invalid"); c.Sujet != "Your opinion on a funding request" || c.Langue != modele.Anglais || !strings.Contains(c.Texte, "no later than") {
			t.Errorf("%+v", c)
		}
		if x := m.dire(t); len(x) != 0 {
			t.Errorf("told twice: %+v", x)
		}
		for i, r := range []avis.Reponse{{Sens: avis.Favorable, Texte: "Rien à redire."}, {Decline: true, Texte: "Je suis absent."}} {
			if err := m.Rendre(t.Context(), m.ivan, tous[2*i].ID, r); err != nil {
				t.Fatal(err)
			}
		}
		m.horloge = m.horloge.Add(avis.Fenetre)
		if dits = m.dire(t); len(dits) != 1 || dits[0].A != "inès@agence.exemple.invalid" || dits[0].Sujet != "2 réponses à des demandes d'avis" || !strings.Contains(dits[0].Texte, "> Rien à redire.") || !strings.Contains(dits[0].Texte, "ne peut pas le donner") {
			t.Errorf("answers: %+v", dits)
		}
		// Who holds the demande by now is told, not who asked; and nobody who has left.
		if err := m.Rendre(t.Context(), m.ivan, tous[4].ID, avis.Reponse{Sens: avis.Favorable}); err != nil {
			t.Fatal(err)
		}
		m.demander(t, m.question(cles[3], nil, m.ivan))
		m.ivan = instruction.Agent{Compte: 99, Nom: "Parti"}
		m.horloge = m.horloge.Add(avis.Fenetre)
		if dits = m.dire(t); len(dits) != 1 || dits[0].A != "inès@agence.exemple.invalid" {
			t.Errorf("who has left: %+v", dits)
		}
	})
}

// Two processes that look at once write one mail.
func TestToldOnce(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b, nil)
		_, cles := m.deposer(t, "00000000100008", 5)
		for _, c := range cles {
			m.demander(t, m.question(c, nil, m.ivan))
		}
		m.horloge = m.horloge.Add(avis.Fenetre)
		var mu sync.Mutex
		var groupe sync.WaitGroup
		ecrits := 0
		for range 4 {
			groupe.Go(func() {
				n, err := m.Dire(t.Context())
				mu.Lock()
				defer mu.Unlock()
				if ecrits += n; err != nil {
					t.Error(err)
				}
			})
		}
		if groupe.Wait(); ecrits != 1 {
			t.Errorf("%d mails", ecrits)
		}
	})
}
