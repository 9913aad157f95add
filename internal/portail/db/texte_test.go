package db_test

import (
	"context"
	"database/sql"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

type mot string

// What PostgreSQL refuses in a text is kept and looked for in the same form in both databases; bytes are left alone.
func TestTextsThatNobodyTypes(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		octets := []byte("a\x00\xff")
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `CREATE TABLE essai (n BIGINT, texte TEXT NOT NULL, octets `+b.Dialecte.Octets+`)`)
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO essai (n, texte, octets) VALUES ($1, $2, $3)`, 1, "a\x00b\xffc", octets)
			}
			if err != nil {
				return err
			}
			i := db.Insertion{Table: "essai", Communes: []db.Colonne{{Nom: "n", Type: "bigint"}}, Colonnes: []db.Colonne{{Nom: "texte", Type: "text"}}}
			i.Preparer(b.Dialecte)
			return i.Executer(ctx, tx, []any{int64(2)}, db.Textes{"a\x00", "\xfe"})
		})
		if err != nil {
			t.Fatal(err)
		}
		var texte string
		var lus []byte
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT texte, octets FROM essai WHERE texte = $1`, mot("a\x00b\xffc")).Scan(&texte, &lus); err != nil || texte != "a␀b\uFFFDc" || string(lus) != string(octets) {
			t.Errorf("%q %q, %v", texte, lus, err)
		}
		var n int
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM essai WHERE n = 2 AND texte IN ('a␀', $1)`, sql.NullString{String: "\uFFFD", Valid: true}).Scan(&n); err != nil || n != 2 {
			t.Errorf("%d, %v", n, err)
		}
	})
}
