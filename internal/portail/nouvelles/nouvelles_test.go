package nouvelles_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/courriel"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/nouvelles"
	"guichet/modele"
)

const fenetre = 5 * time.Minute

// envAdresse makes the test binary a counter which tells people until it is killed.
const envAdresse = "GUICHET_ESSAI_ADRESSE"

func TestMain(m *testing.M) {
	if adresse := os.Getenv(envAdresse); adresse != "" {
		if err := direJusquAuBout(adresse); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// monde is a counter whose people are told by mails that are kept in a table, as jobs are: in the transaction that takes what waits.
type monde struct {
	*nouvelles.Service
	base    *db.Base
	horloge time.Time
	sans    map[int64]bool // accounts that have lost their rights
	passer  func(string) error
}

func monter(b *db.Base) *monde {
	m := &monde{base: b, horloge: time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC), sans: map[int64]bool{}, passer: func(string) error { return nil }}
	m.Service = nouvelles.Nouveau(nouvelles.Config{
		Base: b, Maintenant: func() time.Time { return m.horloge }, Adresse: "http://guichet.exemple.invalid", Fenetre: fenetre,
		Destinataires: func(_ context.Context, _ *sql.Tx, f int64, _ compte.GenreCourriel) (gens []compte.Destinataire, err error) {
			for _, c := range []int64{1, 2} {
				if !m.sans[c] {
					gens = append(gens, compte.Destinataire{Compte: c, Nom: "Camille", Courriel: fmt.Sprintf("%d@exemple.invalid", c), Langue: modele.Langue(c - 1)})
				}
			}
			return gens, m.passer("people")
		},
		Ecrire: func(ctx context.Context, tx *sql.Tx, messages ...courriel.Message) error {
			for _, x := range messages {
				if _, err := tx.ExecContext(ctx, `INSERT INTO essai_envoye (a, sujet, texte) VALUES ($1, $2, $3)`, x.A, x.Sujet, x.Texte); err != nil {
					return err
				}
			}
			return m.passer("mails")
		},
	})
	return m
}

func nouveau(t testing.TB, b *db.Base) *monde {
	t.Helper()
	m := monter(b)
	m.executer(t, `CREATE TABLE essai_envoye (a TEXT NOT NULL, sujet TEXT NOT NULL, texte TEXT NOT NULL)`)
	return m
}

type echec interface{ Fatal(...any) }

func (m *monde) executer(t echec, texte string) {
	err := m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error { _, err := tx.ExecContext(ctx, texte); return err })
	if err != nil {
		t.Fatal(err)
	}
}

// annoncer has an account told of a demande.
func (m *monde) annoncer(qui int64, n int) error {
	numero := fmt.Sprintf("ASP-%05d", n)
	g := compte.Destinataire{Compte: qui, Courriel: "ancienne@exemple.invalid"}
	c := g.Annoncer(7, compte.CourrielEtats, compte.Courriel{Sujet: "Demande " + numero, Texte: "Seul : " + numero + "."}, compte.Ligne{Texte: "Demande " + numero, Adresse: "/demandes/" + numero})
	return m.base.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error { return m.Garder(ctx, tx, c) })
}

type envoye struct{ a, sujet, texte string }

// envois are the mails of since the last look.
func (m *monde) envois(t echec) []envoye {
	tous, err := db.Lignes(context.Background(), m.base.Lire(), func(l db.Ligne, x *envoye) error { return l.Scan(&x.a, &x.sujet, &x.texte) }, `SELECT a, sujet, texte FROM essai_envoye`)
	if err != nil {
		t.Fatal(err)
	}
	m.executer(t, `DELETE FROM essai_envoye`)
	return tous
}

func (m *monde) apres(t *testing.T, d time.Duration, want int) []envoye {
	t.Helper()
	m.horloge = m.horloge.Add(d)
	if _, err := m.Dire(t.Context()); err != nil {
		t.Fatal(err)
	}
	envois := m.envois(t)
	if len(envois) != want {
		t.Fatalf("%d mails after %s, want %d: %+v", len(envois), d, want, envois)
	}
	return envois
}

func (m *monde) plusieurs(t *testing.T, qui int64, de, a int) {
	t.Helper()
	for n := de; n <= a; n++ {
		if err := m.annoncer(qui, n); err != nil {
			t.Fatal(err)
		}
	}
}

// Up to three things go out as they are, some seconds later; more of them are one mail, which names each with its link, in the language of its
// reader. Who is told of one thing after another gets three mails, then one for the rest. Both databases.
func TestFewAloneManyTogether(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.plusieurs(t, 1, 1, 3)
		m.apres(t, 5*time.Second, 0)
		for i, x := range m.apres(t, 5*time.Second, 3) {
			if want := fmt.Sprintf("Seul : ASP-%05d.", i+1); x.texte != want || x.a != "1@exemple.invalid" {
				t.Errorf("%+v, want %s", x, want)
			}
		}
		m.plusieurs(t, 1, 4, 4)
		m.plusieurs(t, 2, 4, 8)
		en := m.apres(t, 10*time.Second, 1)[0]
		if en.sujet != "5 news items at the counter" || en.a != "2@exemple.invalid" || strings.Count(en.texte, "http://guichet.exemple.invalid/demandes/ASP-0000") != 5 || strings.Contains(en.texte, "Seul") {
			t.Errorf("%+v", en)
		}
		m.plusieurs(t, 1, 5, 7)
		m.apres(t, time.Minute, 0)
		fr := m.apres(t, 4*time.Minute, 1)[0]
		want := "Voici ce qui vous attend au guichet, en un seul courriel.\n\n- Demande ASP-00004\n  http://guichet.exemple.invalid/demandes/ASP-00004\n- Demande ASP-00005\n"
		if fr.sujet != "4 nouvelles au guichet" || !strings.HasPrefix(fr.texte, want) {
			t.Errorf("%+v", fr)
		}
		m.plusieurs(t, 1, 9, 9+2*nouvelles.MaxLignes)
		if x := m.apres(t, fenetre, 1)[0]; !strings.Contains(x.texte, "et 201 autres") && !strings.Contains(x.texte, "et 201\u00a0autres") || strings.Count(x.texte, "\n- ") != nouvelles.MaxLignes {
			t.Errorf("%.300s … %s", x.texte, x.texte[len(x.texte)-200:])
		}
	})
}

// Who has lost the right to know meanwhile is told nothing, of it alone or of it among others.
func TestRightsLost(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.plusieurs(t, 1, 1, 5)
		m.plusieurs(t, 2, 6, 7)
		m.sans[1] = true
		for _, x := range m.apres(t, 10*time.Second, 2) {
			if x.a != "2@exemple.invalid" {
				t.Errorf("%+v", x)
			}
		}
		m.sans[1] = false
		m.apres(t, time.Hour, 0)
	})
}

// Whatever happens when, and whatever fails, each thing is told once, no later than the window after it happened, and nobody has more than
// three mails in a row that stand alone, then one for all.
func TestTold(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			quand, dits := map[string]time.Time{}, map[string]int{}
			panne := errors.New("it fails")
			for range rapid.IntRange(1, 12).Draw(r, "steps") {
				for range rapid.IntRange(0, 6).Draw(r, "things") {
					n++
					if err := m.annoncer(1, n); err != nil {
						r.Fatal(err)
					}
					quand[fmt.Sprintf("ASP-%05d", n)] = m.horloge
				}
				if rapid.Bool().Draw(r, "fails") {
					m.passer = func(string) error { return panne }
					if _, err := m.Dire(t.Context()); err != nil && !errors.Is(err, panne) {
						r.Fatal(err)
					}
					m.passer = func(string) error { return nil }
				}
				m.horloge = m.horloge.Add(time.Duration(rapid.IntRange(1, 200).Draw(r, "seconds")) * time.Second)
				m.direVite(r, quand, dits)
			}
			m.horloge = m.horloge.Add(fenetre)
			m.direVite(r, quand, dits)
			if len(dits) != len(quand) {
				r.Fatalf("%d things told of %d", len(dits), len(quand))
			}
			m.horloge = m.horloge.Add(2 * fenetre)
		})
	})
}

// direVite tells what is due, and looks at the mails.
func (m *monde) direVite(r *rapid.T, quand map[string]time.Time, dits map[string]int) {
	if _, err := m.Dire(context.Background()); err != nil {
		r.Fatal(err)
	}
	envois := m.envois(r)
	if len(envois) > nouvelles.Seules {
		r.Fatalf("%d mails at once", len(envois))
	}
	for _, numero := range slices.Sorted(maps.Keys(quand)) {
		for _, x := range envois {
			if strings.Contains(x.texte, numero) {
				dits[numero]++
			}
		}
		if dits[numero] > 1 || dits[numero] == 0 && m.horloge.Sub(quand[numero]) >= fenetre {
			r.Fatalf("%s was told %d times, %s after", numero, dits[numero], m.horloge.Sub(quand[numero]))
		}
	}
}

// Two counters that tell at once tell each thing once.
func TestTwoAtOnce(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.plusieurs(t, 1, 1, 40)
		m.plusieurs(t, 2, 41, 43)
		m.horloge = m.horloge.Add(fenetre)
		var tous sync.WaitGroup
		for range 4 {
			tous.Go(func() {
				if _, err := m.Dire(t.Context()); err != nil {
					t.Error(err)
				}
			})
		}
		tous.Wait()
		if envois := m.envois(t); len(envois) != 4 {
			t.Errorf("%+v", envois)
		}
	})
}

// Whatever step fails, a thing is kept wholly or not at all, and so is what tells it.
func TestWhollyOrNotAtAll(t *testing.T) {
	t.Parallel()
	b, p := dbessai.Fragile(t)
	m := nouveau(t, b)
	m.passer = p.Passer
	p.Chaque(t, b, dbessai.Acte{Nom: "keep", Faire: func() error { return m.annoncer(1, 1) }})
	m.horloge = m.horloge.Add(fenetre)
	p.Chaque(t, b, dbessai.Acte{Nom: "tell one", Faire: func() error { _, err := m.Dire(t.Context()); return err }})
	m.plusieurs(t, 2, 2, 9)
	m.horloge = m.horloge.Add(fenetre)
	p.Chaque(t, b, dbessai.Acte{Nom: "tell many", Faire: func() error { _, err := m.Dire(t.Context()); return err }})
	p.Chaque(t, b, dbessai.Acte{Nom: "forget", Faire: func() error { return m.Oublier(t.Context()) }})
	m.horloge = m.horloge.Add(fenetre)
	p.Chaque(t, b, dbessai.Acte{Nom: "forget", Faire: func() error { return m.Oublier(t.Context()) }})
	if envois := m.envois(t); len(envois) != 2 {
		t.Errorf("%+v", envois)
	}
}

// direJusquAuBout tells what is due until it is killed.
func direJusquAuBout(adresse string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	m := monter(b)
	fmt.Println("due")
	for {
		m.horloge = m.horloge.Add(time.Minute)
		if _, err := m.Dire(ctx); err != nil {
			return err
		}
		time.Sleep(time.Millisecond)
	}
}

// Killed at any instant while it tells people, a counter tells each thing once all the same.
func TestKilled(t *testing.T) {
	t.Parallel()
	dbessai.Coupures(t, tuer)
}

func tuer(t *testing.T, adresse string) {
	t.Helper()
	alea := rand.New(rand.NewPCG(7, 8))
	dbessai.Rouvrir(t, adresse, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		nouveau(t, b)
	})
	debut, fin, n := time.Now(), dbessai.Duree(), 0
	for tour := 0; tour < 2 || time.Since(debut) < fin; tour++ {
		premiere := n + 1
		dbessai.Rouvrir(t, adresse, func(b *db.Base) {
			m := monter(b)
			for range 30 {
				n++
				if err := m.annoncer(1+int64(alea.IntN(2)), n); err != nil {
					t.Fatal(err)
				}
			}
		})
		dbessai.Tuer(t, time.Duration(alea.IntN(30))*time.Millisecond, func(string) {}, envAdresse+"="+adresse)
		dbessai.Rouvrir(t, adresse, func(b *db.Base) {
			m := monter(b)
			m.horloge = m.horloge.Add(24 * time.Hour)
			if _, err := m.Dire(t.Context()); err != nil {
				t.Fatal(err)
			}
			texte := ""
			for _, x := range m.envois(t) {
				texte += x.texte
			}
			for i := premiere; i <= n; i++ {
				if vus := strings.Count(texte, fmt.Sprintf("/demandes/ASP-%05d", i)) + strings.Count(texte, fmt.Sprintf("Seul : ASP-%05d.", i)); vus != 1 {
					t.Fatalf("thing %d was told %d times", i, vus)
				}
			}
		})
	}
}
