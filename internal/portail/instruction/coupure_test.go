package instruction_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"guichet/internal/portail/compte"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/decision"
	"guichet/internal/portail/etat"
	"guichet/internal/portail/fichier"
	"guichet/internal/portail/lettre"
)

// The variables that make the test binary a counter which notifies until it is killed.
const (
	envAdresse = "GUICHET_ESSAI_ADRESSE"
	envDossier = "GUICHET_ESSAI_DOSSIER"
)

func TestMain(m *testing.M) {
	if adresse := os.Getenv(envAdresse); adresse != "" && os.Getenv(envPrendre) != "" {
		if err := prendreJusquAuBout(adresse); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	} else if adresse != "" {
		if err := notifierJusquAuBout(adresse, os.Getenv(envDossier)); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// notifierJusquAuBout notifies what is due until it is killed.
func notifierJusquAuBout(adresse, dossier string) error {
	ctx := context.Background()
	b, err := db.Ouvrir(ctx, adresse)
	if err != nil {
		return err
	}
	f, err := fichier.Ouvrir(dossier)
	if err != nil {
		return err
	}
	m := monter(b, f)
	m.horloge = demain
	fmt.Println("due")
	for {
		if _, err := m.decisions.Notifier(ctx); err != nil {
			return err
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// demain is after the delay of all that was decided.
var demain = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// noter takes charge of the mails on letters in a table, as the counter does: in the transaction that tells of them.
func noter(ctx context.Context, tx *sql.Tx, _ []compte.Destinataire, references []string) error {
	for _, r := range references {
		if _, err := tx.ExecContext(ctx, `INSERT INTO annonce (reference) VALUES ($1)`, r); err != nil {
			return err
		}
	}
	return nil
}

// Killed at any instant while it notifies, a counter goes on where it stood: each decision is told once, with its letter, whose PDF is
// whole.
func TestKilled(t *testing.T) {
	t.Parallel()
	essai.Coupures(t, tuer)
}

const aNotifier = 60

func tuer(t *testing.T, adresse string) {
	t.Helper()
	dossier, r := t.TempDir(), rand.New(rand.NewPCG(7, 8))
	f, err := fichier.Ouvrir(dossier)
	if err != nil {
		t.Fatal(err)
	}
	essai.Rouvrir(t, adresse, func(b *db.Base) {
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		m := monter(b, f)
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `CREATE TABLE annonce (reference TEXT NOT NULL)`)
			return err
		})
		m.peupler(t)
	})
	debut, fin, total, interrompus := time.Now(), essai.Duree(), 0, 0
	for tour := 0; tour < 2 || time.Since(debut) < fin; tour++ {
		essai.Rouvrir(t, adresse, func(b *db.Base) { total += decider(t, b, f, tour) })
		essai.Tuer(t, time.Duration(r.IntN(600))*time.Millisecond, func(string) {}, envAdresse+"="+adresse, envDossier+"="+dossier)
		essai.Rouvrir(t, adresse, func(b *db.Base) {
			m := monter(b, f)
			if n := m.envoyees(t); n > total-aNotifier && n < total {
				interrompus++
			}
			m.horloge = demain
			if _, err := m.decisions.Notifier(t.Context()); err != nil {
				t.Fatal(err)
			}
			if n := m.envoyees(t); n != total {
				t.Fatalf("%d letters were sent, want %d", n, total)
			}
		})
	}
	t.Logf("%d letters, %d times killed among them", total, interrompus)
}

// decider has demandes decided, which the counter then notifies.
func decider(t *testing.T, b *db.Base, f *fichier.Magasin, tour int) int {
	t.Helper()
	m := monter(b, f)
	m.retrouver(t)
	_, depot := m.deposer(t, fmt.Sprintf("%014d", tour), aNotifier)
	for rang := range aNotifier {
		c := etat.Cle{Depot: depot, Rang: rang}
		if err := m.Prendre(t.Context(), m.ines, c); err != nil {
			t.Fatal(err)
		}
		if err := m.proposer(m.ines, c, []decision.Sens{decision.Attribution, decision.Rejet}[rang%2]); err != nil {
			t.Fatal(err)
		}
		if err := m.trancher(c, m.victor); err != nil {
			t.Fatal(err)
		}
	}
	return aNotifier
}

// envoyees counts the letters that were sent, and checks that none is halved or doubled.
func (m *monde) envoyees(t *testing.T) (n int) {
	t.Helper()
	for quoi, texte := range map[string]string{
		"sent without being told": `SELECT COUNT(*) FROM decision d WHERE d.etat = 'notifiee' AND (SELECT COUNT(*) FROM annonce a WHERE a.reference = '2026-' || substr('00000' || d.numero, length('00000' || d.numero) - 5))
			+ (SELECT COUNT(*) FROM lettre_a_dire x WHERE x.decision_id = d.id) <> 1`,
		"told of nothing":           `SELECT (SELECT COUNT(*) FROM annonce) + (SELECT COUNT(*) FROM lettre_a_dire) - (SELECT COUNT(*) FROM lettre)`,
		"letters without decision":  `SELECT COUNT(*) FROM lettre l WHERE NOT EXISTS (SELECT 1 FROM decision d WHERE d.id = l.decision_id AND d.etat = 'notifiee')`,
		"decisions without letter":  `SELECT COUNT(*) FROM decision d WHERE d.etat = 'notifiee' AND NOT EXISTS (SELECT 1 FROM lettre l WHERE l.decision_id = d.id)`,
		"letters without their PDF": `SELECT COUNT(*) FROM lettre l JOIN lettre_figee g ON g.decision_id = l.decision_id AND g.langue = 'fr' WHERE g.pdf_sha256 = ''`,
		"states apart":              `SELECT COUNT(*) FROM decision d JOIN dossier x ON x.depot_id = d.depot_id AND x.rang = d.rang WHERE (d.etat = 'notifiee') <> (x.etat IN ('validee', 'refusee'))`,
	} {
		var k int
		if err := m.base.Lire().QueryRow(texte).Scan(&k); err != nil || k != 0 {
			t.Fatalf("%d %s, %v", k, quoi, err)
		}
	}
	envoyees, err := m.lettres.Recues(t.Context(), m.base.Lire(), lettre.Filtre{Limite: 1_000_000})
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range envoyees[:min(len(envoyees), aNotifier)] {
		figees, err := m.lettres.Figees(t.Context(), m.base.Lire(), e.ID)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := m.lettres.PDFDe(t.Context(), &figees[0], e.Decide); err != nil {
			t.Fatal(filepath.Base(figees[0].PDF), err)
		}
	}
	return len(envoyees)
}
