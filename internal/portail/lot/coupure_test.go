package lot_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/lot"
)

// envAdresse makes the test binary a counter which does lots until it is killed.
const envAdresse = "GUICHET_ESSAI_ADRESSE"

func TestMain(m *testing.M) {
	if adresse := os.Getenv(envAdresse); adresse != "" {
		if err := menerJusquAuBout(adresse); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// menerJusquAuBout does what the lots of a database still have to do, and prints a line after each part.
func menerJusquAuBout(adresse string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	m := monter(b)
	for encore := true; encore; {
		if encore, err = m.Avancer(ctx); err != nil {
			return err
		}
		fmt.Println("part")
	}
	time.Sleep(time.Minute) // until it is killed
	return nil
}

// Killed at any instant, a counter goes on with its lots where they stood: each demande is proposed once, decided once, by a number
// without gap, and what a lot says it has done is what was done.
func TestKilled(t *testing.T) {
	t.Parallel()
	essai.Coupures(t, tuer)
}

func tuer(t *testing.T, adresse string) {
	t.Helper()
	r := rand.New(rand.NewPCG(5, 6))
	essai.Rouvrir(t, adresse, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
	})
	debut, fin := time.Now(), essai.Duree()
	total := 0
	for tour := 0; tour < 2 || time.Since(debut) < fin; tour++ {
		total += 150
		for _, c := range []lot.Commande{{Genre: lot.Attribuer, Requete: "file=prendre", Reste: true}, {Genre: lot.Decider, Requete: "file=valider"}} {
			essai.Rouvrir(t, adresse, func(b *db.Base) {
				m := monter(b)
				if tour == 0 && c.Genre == lot.Attribuer {
					m.peupler(t)
				}
				qui := m.victor
				if c.Genre == lot.Attribuer {
					qui = m.ines
					m.deposer(t, fmt.Sprintf("%014d", tour), 150)
				}
				l := m.preparer(t, qui, c)
				if err := m.Confirmer(t.Context(), qui, l.ID); err != nil {
					t.Fatal(err)
				}
			})
			essai.Tuer(t, time.Duration(r.IntN(40))*time.Millisecond, func(string) {}, envAdresse+"="+adresse)
			essai.Rouvrir(t, adresse, func(b *db.Base) {
				m := monter(b)
				m.entier(t)
				m.avancer(t)
				m.entier(t)
			})
		}
		essai.Rouvrir(t, adresse, func(b *db.Base) {
			m := monter(b)
			for texte, want := range map[string]int{`SELECT COUNT(*) FROM decision WHERE etat = 'decidee'`: total, `SELECT COALESCE(MAX(numero), 0) FROM decision`: total, `SELECT COUNT(*) FROM decision`: total} {
				if n := m.nombre(t, texte); n != want {
					t.Fatalf("%s: %d, want %d", texte, n, want)
				}
			}
		})
	}
}

// entier checks that nothing is halved.
func (m *monde) entier(t *testing.T) {
	t.Helper()
	for quoi, texte := range map[string]string{
		"lines that say what was not done": `SELECT COUNT(*) FROM lot_ligne x JOIN lot l ON l.id = x.lot_id JOIN dossier d ON d.depot_id = x.depot_id AND d.rang = x.rang
			WHERE x.issue = 'faite' AND d.etat NOT IN ('a_valider', 'decidee')`,
		"proposals that no line tells of": `SELECT COUNT(*) FROM decision p WHERE NOT EXISTS (SELECT 1 FROM lot_ligne x WHERE x.depot_id = p.depot_id AND x.rang = p.rang AND x.issue = 'faite')`,
		"lots that miscount":              `SELECT COUNT(*) FROM lot l WHERE l.faites <> (SELECT COUNT(*) FROM lot_ligne x WHERE x.lot_id = l.id AND x.issue = 'faite')`,
		"left":                            `SELECT COUNT(*) FROM lot_ligne WHERE issue = 'laissee'`,
		"states apart":                    `SELECT COUNT(*) FROM dossier x JOIN demande d ON d.depot_id = x.depot_id AND d.rang = x.rang AND d.fournisseur_id = x.fournisseur_id WHERE x.etat <> CASE WHEN d.etape = '' THEN d.etat ELSE d.etape END`,
	} {
		if n := m.nombre(t, texte); n != 0 {
			t.Fatalf("%d %s", n, quoi)
		}
	}
}

func (m *monde) nombre(t *testing.T, texte string) (n int) {
	t.Helper()
	if err := m.base.Lire().QueryRowContext(t.Context(), texte).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
