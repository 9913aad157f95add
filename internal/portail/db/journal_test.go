package db_test

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"fmt"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/journal/essai"
	"guichet/modele"
)

// chainer writes a chain as earlier versions did.
func chainer(t *testing.T, b *db.Base, chaine, n int64) {
	t.Helper()
	var empreinte []byte
	for rang := int64(1); rang <= n; rang++ {
		h := sha256.New()
		h.Write(empreinte)
		fmt.Fprintf(h, `[%d,%d,%d,7,"depot.accepte","x","{\"demandes\":\"3\"}"]`, chaine, rang, 1000*rang)
		empreinte = h.Sum(nil)
		if _, err := b.Pool().ExecContext(t.Context(), `INSERT INTO journal (chaine, rang, instant, acteur, action, objet, details, empreinte) VALUES ($1, $2, $3, 7, 'depot.accepte', 'x', '{"demandes":"3"}', $4)`, chaine, rang, 1000*rang, empreinte); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Pool().ExecContext(t.Context(), `INSERT INTO journal_fin (chaine, rang, empreinte) VALUES ($1, $2, $3)`, chaine, n, empreinte); err != nil {
		t.Fatal(err)
	}
}

// The chains of an earlier version stay as they were, each with its end among the first entries of the log; they are sealed once, however
// often that is begun, and what is done to them afterwards is found.
func TestChainsBefore(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 96, func(t *testing.T, b *db.Base) {
		chainer(t, b, 0, 3)
		chainer(t, b, 5, 12)
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		for range 2 {
			if err := journal.Sceller(t.Context(), b); err != nil {
				t.Fatal(err)
			}
		}
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return journal.Ajouter(ctx, tx, b.Dialecte, journal.Ligne{Chaine: 5, Action: "depot.accepte", Objet: "y"})
		})
		if err != nil {
			t.Fatal(err)
		}
		if n, err := essai.Verifier(t.Context(), b, 5); n != 2 || err != nil {
			t.Errorf("%d entries, %v", n, err)
		}
		premieres := dernieres(t, b, 5, 0, 5)
		if got := numeros(append(premieres, dernieres(t, b, 5, premieres[4].Entree, 100)...)); got != "3.0 2.0 0.12 0.11 0.10 0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 " {
			t.Errorf("entries of a chain from the last on: %s", got)
		}
		for texte, want := range map[string]string{
			`UPDATE journal_chaine SET objet = 'z' WHERE chaine = 5 AND rang = 7`: "earlier chain 5: entry 7: changed later",
			`DELETE FROM journal_chaine WHERE chaine = 0 AND rang = 3`:            "earlier chain 0: entry 3: the journal is cut, its end is missing",
			`UPDATE journal_chaine SET chaine = 9 WHERE chaine = 5 AND rang = 12`: "earlier chain 9: put in later",
		} {
			if _, err := b.Pool().ExecContext(t.Context(), texte); err != nil {
				t.Fatal(err)
			}
			v, err := journal.Verifier(t.Context(), b.Lire(), essai.Cle().Verifieurs())
			vu := false
			for _, c := range v.Constats {
				vu = vu || c.In(modele.Anglais) == want
			}
			if err != nil || !vu {
				t.Errorf("%s: %+v, %v", texte, v.Constats, err)
			}
		}
	})
}

func dernieres(t *testing.T, b *db.Base, chaine, avant int64, max int) []journal.Ligne {
	t.Helper()
	lignes, err := journal.Dernieres(t.Context(), b.Lire(), chaine, avant, max)
	if err != nil {
		t.Fatal(err)
	}
	return lignes
}

func numeros(lignes []journal.Ligne) (textes string) {
	for _, l := range lignes {
		textes += fmt.Sprintf("%d.%d ", l.Numero, l.Rang())
	}
	return textes
}
