package suivi_test

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
)

// filer adds n threads of a supplier, two at each instant from debut on; one in three has a message that the agency has not seen, one in five one
// that the supplier has not.
func (m *monde) filer(t *testing.T, fournisseur int64, debut, n int) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		for i := range n {
			non := func(diviseur int) int { return max(0, 1-i%diviseur) }
			_, err := tx.ExecContext(ctx, `INSERT INTO fil (fournisseur_id, depot_id, rang, sujet, dernier, messages, non_lus_fournisseur, non_lus_agence) VALUES ($1, 0, 0, $2, $3, 1, $4, $5)`,
				fournisseur, fmt.Sprintf("Sujet %d", i), db.Instant(m.horloge)+int64(debut+i/2), non(5), non(3))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// tous lists the threads that a person finds, page by page: how many each page has.
func (m *monde) tous(t *testing.T, i compte.Identite, filtre suivi.FiltreFils) (fils []suivi.Fil, parties []int) {
	t.Helper()
	var place *suivi.Place
	for range 100 {
		partie, suite, err := m.Fils(t.Context(), i, filtre, place)
		if err != nil {
			t.Fatal(err)
		}
		fils, parties = append(fils, partie...), append(parties, len(partie))
		if place = suite; place == nil {
			return fils, parties
		}
	}
	t.Fatal("the list never ends")
	return nil, nil
}

// Threads are listed by 50, the newest first: a list of just 50 has no next page, and none is left out or told twice, however many are of one
// instant. Who asks for what is unread has what his own side has not seen.
func TestThreadsPageByPage(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		un, autre := m.fournisseur(t, "00000000100008"), m.fournisseur(t, "00000000200006")
		moi := compte.Identite{Compte: 7, Fournisseur: un, Role: compte.Deposant}
		m.filer(t, un, 0, 50)
		if _, parties := m.tous(t, moi, suivi.FiltreFils{}); !slices.Equal(parties, []int{50}) {
			t.Errorf("50 threads: pages of %v", parties)
		}
		m.filer(t, un, 25, 51)
		m.filer(t, autre, 0, 3)
		fils, parties := m.tous(t, moi, suivi.FiltreFils{})
		croissants := slices.IsSortedFunc(fils, func(a, b suivi.Fil) int {
			if c := b.Dernier.Compare(a.Dernier); c != 0 {
				return c
			}
			return int(b.ID - a.ID)
		})
		if !slices.Equal(parties, []int{50, 50, 1}) || !croissants {
			t.Errorf("101 threads: pages of %v, in order %v", parties, croissants)
		}
		for qui, veut := range map[compte.Identite]int{moi: 10 + 11, agent: 17 + 17 + 1} {
			fils, _ := m.tous(t, qui, suivi.FiltreFils{NonLus: true})
			if n, err := m.NonLus(t.Context(), qui); len(fils) != veut || int(n) != veut || err != nil {
				t.Errorf("%+v: %d unread, %d counted, %v; want %d", qui, len(fils), n, err, veut)
			}
			for _, f := range fils {
				if f.NonLus == 0 {
					t.Errorf("%+v is listed as unread", f)
				}
			}
		}
		if fils, _ := m.tous(t, agent, suivi.FiltreFils{}); len(fils) != 104 {
			t.Errorf("the agency has %d threads", len(fils))
		}
	})
}

// A text is looked for among all threads, as far as they go: 2000 are looked at for a page, then the next page goes on.
func TestThreadsSearched(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	d := m.deposer(t, f, "a.json", 0, 3)
	moi := compte.Identite{Compte: 7, Fournisseur: f, Role: compte.Deposant}
	if _, err := m.Ecrire(t.Context(), suivi.Ecrit{Auteur: moi, Demande: suivi.Cle{Depot: d, Rang: 2}, Sujet: "Été", Texte: "Bonjour"}); err != nil {
		t.Fatal(err)
	}
	n := etatessai.NumeroASP(d, 2)
	m.filer(t, f, 1, 1998)
	for autres, pages := range []int{1, 2, 2} { // the 2000th is left for the next page
		if _, parties := m.tous(t, moi, suivi.FiltreFils{Texte: "ete"}); len(parties) != pages {
			t.Errorf("%d threads: pages of %v, want %d pages", 1999+autres, parties, pages)
		}
		m.filer(t, f, 2000, 1)
	}
	for _, texte := range []string{"ete", n, strings.ReplaceAll(strings.ToLower(n), "-", " ")} {
		if fils, _ := m.tous(t, moi, suivi.FiltreFils{Texte: texte}); len(fils) != 1 || fils[0].Sujet != "Été" {
			t.Errorf("%q finds %+v", texte, fils)
		}
	}
}

// The links of the list keep what is asked for; a word that no filter knows is told, and lists nothing.
func TestThreadsOnThePage(t *testing.T) {
	t.Parallel()
	m := nouveau(t, dbessai.SQLite(t))
	f := m.fournisseur(t, "00000000100008")
	m.filer(t, f, 0, 300)
	moi := navigateurDe(t, m.site(t, f), "moi")
	p := moi.lire("/messages?etat=non_lus&q=sujet")
	suite := regexp.MustCompile(`href="(/messages\?[^"]*apres=[^"]*)"`).FindStringSubmatch(p.corps)
	if suite == nil {
		t.Fatalf("no next page:\n%s", p.corps)
	}
	p = moi.lire(strings.ReplaceAll(suite[1], "&amp;", "&"))
	if got := strings.Count(p.corps, `href="/messages/`) - strings.Count(p.corps, `href="/messages/nouveau`); got != 10 {
		t.Errorf("%d of 60 unread threads on the second page, want 10", got)
	}
	attendre(t, moi.lire("/messages?etat=lus"), 422, "", "« lus »")
}
