package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
)

// counterWithJournal makes a database with one supplier and two chains of three rows.
func counterWithJournal(t *testing.T) (folder string, write func(text string, args ...any)) {
	t.Helper()
	folder = t.TempDir()
	b, err := db.Ouvrir(t.Context(), filepath.Join(folder, "portail.db"))
	if err == nil {
		t.Cleanup(func() { _ = b.Fermer() })
		_, err = b.Migrer(t.Context())
	}
	if err != nil {
		t.Fatal(err)
	}
	do := func(f func(ctx context.Context, tx *sql.Tx) error) {
		t.Helper()
		if err := b.Ecrire(t.Context(), f); err != nil {
			t.Fatal(err)
		}
	}
	write = func(text string, args ...any) {
		t.Helper()
		do(func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, text, args...)
			return err
		})
	}
	write(`INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES ('00000000100008', 'ÉDITEUR D''EXEMPLE', 'actif', '', '', '', 0)`)
	for i := range 6 {
		do(func(ctx context.Context, tx *sql.Tx) error {
			return journal.Ajouter(ctx, tx, b.Dialecte, journal.Ligne{Chaine: int64(i % 2), Instant: time.Unix(1, 0), Acteur: 1, Action: "compte.connecte", Objet: "1"})
		})
	}
	return folder, write
}

// Chains are verified each; the first broken row of each is named, and the status says so.
func TestJournalVerify(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		done, want string
		status     int
	}{
		"intact":   {"", "Journal de l'agence : intact, 3 entrées\nJournal de ÉDITEUR D'EXEMPLE : intact, 3 entrées\n", 0},
		"changed":  {`UPDATE journal SET objet = '2' WHERE chaine = 1 AND rang = 2`, "Journal de ÉDITEUR D'EXEMPLE : rompu à l'entrée 2 : l'empreinte", 1},
		"cut":      {`DELETE FROM journal WHERE chaine = 0 AND rang = 3`, "Journal de l'agence : rompu à l'entrée 3 : l'entrée manque", 1},
		"no chain": {`DELETE FROM journal WHERE chaine = 1; DELETE FROM journal_fin WHERE chaine = 1`, "ÉDITEUR D'EXEMPLE : rompu à l'entrée 1 : la chaîne entière manque", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, write := counterWithJournal(t)
			if c.done != "" {
				write(c.done)
			}
			k := &keyboard{}
			if s := k.run(t.Context(), "journal", "verify", "--donnees", folder); s != c.status || !strings.Contains(k.stdout.String(), c.want) {
				t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
			}
		})
	}
}

// The journal and the traces are written as JSON lines; where there is no counter none is made.
func TestJournalExport(t *testing.T) {
	t.Parallel()
	folder, write := counterWithJournal(t)
	write(`INSERT INTO trace (instant, genre, compte, reseau, reference) VALUES (1000000, 'connexion.refusee', 7, '192.0.2.0/24', 'abc')`)
	k := &keyboard{}
	if s := k.run(t.Context(), "journal", "export", "--donnees", folder); s != 0 || strings.Count(k.stdout.String(), "\n") != 6 ||
		!strings.HasPrefix(k.stdout.String(), `{"chaine":0,"rang":1,"instant":"1970-01-01T00:00:01Z","acteur":1,"action":"compte.connecte","objet":"1","empreinte":"`) {
		t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
	}
	k = &keyboard{}
	want := `{"instant":"1970-01-01T00:00:01Z","genre":"connexion.refusee","compte":7,"reseau":"192.0.2.0/24","reference":"abc"}` + "\n"
	if s := k.run(t.Context(), "journal", "export", "--traces", "--donnees", folder); s != 0 || k.stdout.String() != want {
		t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
	}
	k = &keyboard{}
	nowhere := filepath.Join(t.TempDir(), "rien")
	if s := k.run(t.Context(), "journal", "verify", "--donnees", nowhere); s != 2 || !strings.Contains(k.stderr.String(), "il n'y a pas de guichet ici") {
		t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
	}
}
