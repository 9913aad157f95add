package db_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// A statement that is asked for again while its rows are being read, and more statements than are remembered,
// answer as if nothing were remembered.
func TestStatementsAgain(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
		for i := range 300 {
			texte := fmt.Sprintf(`INSERT INTO compteur (nom, valeur) VALUES ($1, %d)`, i)
			if _, err := tx.ExecContext(ctx, texte, fmt.Sprint(i)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if n := imbriquer(t, b, 3); n != 3+9+27+81 {
		t.Errorf("%d rows", n)
	}
}

// A script that is asked for again runs whole each time; so does a statement whose comment looks like two.
func TestScriptsAgain(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	for n := range 3 {
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO compteur (nom, valeur) SELECT 'a' || count(*), 1 FROM compteur; INSERT INTO compteur (nom, valeur) SELECT 'b' || count(*), 1 FROM compteur;`)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var vus int
		err = b.Lire().QueryRowContext(t.Context(), `SELECT count(*) -- of the script; both halves
			FROM compteur WHERE nom LIKE 'a%' OR nom LIKE 'b%'`).Scan(&vus)
		if err != nil || vus != 2*(n+1) {
			t.Errorf("%d rows after %d scripts, %v", vus, n+1, err)
		}
	}
}

// imbriquer runs one query inside its own rows, so deep, and counts the rows.
func imbriquer(t *testing.T, b *db.Base, fond int) int {
	t.Helper()
	c, err := b.Lire().Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close()
	var descendre func(fond int) int
	descendre = func(fond int) (n int) {
		if fond < 0 {
			return 0
		}
		lignes, err := c.QueryContext(t.Context(), `SELECT valeur FROM compteur WHERE valeur < $1 ORDER BY valeur`, 3)
		if err != nil {
			t.Fatal(err)
		}
		defer lignes.Close()
		for lignes.Next() {
			n += 1 + descendre(fond-1)
		}
		if err := lignes.Err(); err != nil {
			t.Fatal(err)
		}
		return n
	}
	return descendre(fond)
}
