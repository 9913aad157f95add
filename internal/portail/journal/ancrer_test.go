package journal_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
)

// A head is kept outside once a day, in a file of its own that nobody writes again; of many who do so at once one tells. What is kept is
// what verification holds the journal to.
func TestAnchors(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		dites := 0
		x := journal.Ancrage{Dossier: filepath.Join(t.TempDir(), "ancres"), Chaque: 24 * time.Hour, Dire: func(context.Context, *sql.Tx, journal.Tete, string) error {
			dites++
			return nil
		}}
		ancrer := func(quand time.Time, want string) {
			t.Helper()
			if nom, err := arbre(b).Ancrer(t.Context(), x, quand); err != nil || filepath.Base(nom) != want {
				t.Errorf("%q, %v, want %q", nom, err, want)
			}
		}
		ancrer(midi, ".") // nothing to keep
		ajouter(t, b, ligne(1, "a"))
		integrer(t, b)
		ancrer(midi, "journal-000000000001.ancre")
		ajouter(t, b, ligne(1, "b"))
		integrer(t, b)
		ancrer(midi.Add(23*time.Hour), ".")
		ancrer(midi.Add(24*time.Hour), "journal-000000000002.ancre")
		ancrer(midi.Add(48*time.Hour), ".") // no entry since
		ancres, err := journal.LireAncres(x.Dossier)
		if err != nil || len(ancres) != 2 || dites != 2 {
			t.Fatalf("%+v, %v, told %d times", ancres, err, dites)
		}
		if v := verifier(t, b, ancres...); !v.Intact() || v.Ancres != 2 {
			t.Errorf("%s", dire(v))
		}
		if err := os.WriteFile(filepath.Join(x.Dossier, "journal-000000000003.ancre"), []byte("déjà là"), 0o600); err != nil {
			t.Fatal(err)
		}
		ajouter(t, b, ligne(1, "c"))
		integrer(t, b)
		if _, err := arbre(b).Ancrer(t.Context(), x, midi.Add(72*time.Hour)); !errors.Is(err, journal.ErrAncreAutre) {
			t.Errorf("another head is there: %v", err)
		}
		if octets, err := os.ReadFile(filepath.Join(x.Dossier, "journal-000000000003.ancre")); err != nil || string(octets) != "déjà là" {
			t.Errorf("a file was written again: %q, %v", octets, err)
		}
	})
}

// An anchor whose mail cannot be written is not noted: it is told of the next time.
func TestAnchorThatNobodyIsTold(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	ajouter(t, b, ligne(1, "a"))
	integrer(t, b)
	refus := errors.New("no")
	x := journal.Ancrage{Dossier: t.TempDir(), Chaque: time.Hour, Dire: func(context.Context, *sql.Tx, journal.Tete, string) error { return refus }}
	if _, err := arbre(b).Ancrer(t.Context(), x, midi); !errors.Is(err, refus) {
		t.Errorf("%v", err)
	}
	dite := false
	x.Dire = func(context.Context, *sql.Tx, journal.Tete, string) error { dite = true; return nil }
	if _, err := arbre(b).Ancrer(t.Context(), x, midi); err != nil || !dite {
		t.Errorf("told: %t, %v", dite, err)
	}
}
