package main

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
)

// counterWithJournal makes a database with one supplier, and a journal of six entries.
func counterWithJournal(t *testing.T) (folder string, write func(text string, args ...any), add func(n int)) {
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
	key, err := journal.CreerCle(filepath.Join(folder, journal.FichierCle), "guichet.exemple.invalid")
	if err != nil {
		t.Fatal(err)
	}
	add = func(n int) {
		t.Helper()
		for i := range n {
			do(func(ctx context.Context, tx *sql.Tx) error {
				return journal.Ajouter(ctx, tx, b.Dialecte, journal.Ligne{Chaine: int64(i % 2), Instant: time.Unix(1, 0), Acteur: 1, Action: "compte.connecte", Objet: "1"})
			})
		}
		if _, err := (&journal.Arbre{Base: b, Cle: key}).Integrer(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	add(6)
	return folder, write, add
}

// What was done to the journal is named, on one line each, and the status says so.
func TestJournalVerify(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		done, want string
		status     int
	}{
		"intact":  {"", "Journal : intact, 6 entrées, 1 ancre tenue\n", 0},
		"waiting": {`UPDATE journal SET indice = NULL WHERE indice = 5; UPDATE journal_tete SET taille = 6`, "Journal : rompu, 6 entrées, 1 en attente de sa place, 1 ancre tenue", 1},
		"changed": {`UPDATE journal SET objet = '2' WHERE indice = 1`, "Journal : entrée 2 : changement après coup\nJournal : rompu, 6 entrées", 1},
		"cut":     {`DELETE FROM journal WHERE indice >= 4`, "Journal : entrées 5 à 6 : le journal est coupé, sa fin manque\n", 1},
		"gone":    {`DELETE FROM journal; DELETE FROM journal_arbre; UPDATE journal_tete SET taille = 0, note = ''`, "Journal : ancre a.ancre : le journal entier manque\nJournal : ÉDITEUR D'EXEMPLE : rien n'est noté, pas même son enrôlement\nJournal : rompu, 0 entrée", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder, write, _ := counterWithJournal(t)
			anchors := filepath.Join(folder, "ailleurs")
			anchor(t, folder, anchors)
			if c.done != "" {
				write(c.done)
			}
			k := &keyboard{}
			if s := k.run(t.Context(), "journal", "verify", "--donnees", folder, "--ancre", anchors); s != c.status || !strings.Contains(k.stdout.String(), c.want) {
				t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
			}
		})
	}
}

// anchor keeps the head of a journal in a folder.
func anchor(t *testing.T, folder, anchors string) {
	t.Helper()
	b, err := db.Ouvrir(t.Context(), filepath.Join(folder, "portail.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = b.Fermer() }()
	var head string
	if err := b.Lire().QueryRowContext(t.Context(), `SELECT note FROM journal_tete`).Scan(&head); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(os.MkdirAll(anchors, 0o700), os.WriteFile(filepath.Join(anchors, "a.ancre"), []byte(head), 0o600)); err != nil {
		t.Fatal(err)
	}
}

// The journal and the traces are written as JSON lines; where there is no counter none is made.
func TestJournalExport(t *testing.T) {
	t.Parallel()
	folder, write, _ := counterWithJournal(t)
	write(`INSERT INTO trace (instant, genre, compte, reseau, reference) VALUES (1000000, 'connexion.refusee', 7, '192.0.2.0/24', 'abc')`)
	k := &keyboard{}
	if s := k.run(t.Context(), "journal", "export", "--donnees", folder); s != 0 || strings.Count(k.stdout.String(), "\n") != 6 ||
		!strings.HasPrefix(k.stdout.String(), `{"chaine":0,"entree":1,"numero":1,"instant":"1970-01-01T00:00:01Z","acteur":1,"action":"compte.connecte","objet":"1","sel":"`) {
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

// A supplier checks a proof with the public key alone, without a counter; a changed one proves nothing.
func TestJournalProve(t *testing.T) {
	t.Parallel()
	folder, _, _ := counterWithJournal(t)
	run := func(want int, args ...string) string {
		t.Helper()
		k := &keyboard{}
		if s := k.run(t.Context(), append([]string{"journal"}, args...)...); s != want {
			t.Fatalf("%v: %d, %s%s", args, s, &k.stdout, &k.stderr)
		}
		return k.stdout.String() + k.stderr.String()
	}
	key := strings.TrimSpace(run(0, "cle", "--donnees", folder))
	proofs := run(0, "prouver", "1", "--donnees", folder)
	elsewhere := t.TempDir()
	keep := func(text string) string {
		name := filepath.Join(elsewhere, "preuve.json")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return name
	}
	said := run(0, "prouver", "--verifier", keep(proofs), "--cle-publique", key, "--donnees", elsewhere)
	if strings.Count(said, "prouvé : entrée ") != 6 || !strings.Contains(said, "prouvé : entrée 6 du journal de guichet.exemple.invalid, qui en compte 6 : compte.connecte 1, 1970-01-01T00:00:01Z") {
		t.Error(said)
	}
	for name, text := range map[string]string{
		"changed":       strings.Replace(proofs, `"acteur": 1`, `"acteur": 2`, 1),
		"another key's": strings.Replace(proofs, "guichet.exemple.invalid", "guichet.exemple.ailleurs", 2),
	} {
		if said := run(1, "prouver", "--verifier", keep(text), "--cle-publique", key, "--donnees", elsewhere); !strings.Contains(said, "ne prouve rien") {
			t.Errorf("%s: %s", name, said)
		}
	}
	run(2, "prouver", "--verifier", keep("{"), "--cle-publique", key, "--donnees", elsewhere)
	run(2, "prouver", "--verifier", keep(proofs), "--donnees", elsewhere)
	run(2, "prouver", "2", "--donnees", folder)
	run(2, "prouver", "--donnees", folder)
}
