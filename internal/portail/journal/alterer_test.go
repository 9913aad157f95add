package journal_test

import (
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
	"guichet/modele"
)

// lesTables are those of the journal, each with its copy in tests.
var lesTables = []string{"journal", "journal_arbre", "journal_tete"}

// copier keeps the journal as it is, and returns what puts it back.
func copier(t *testing.T, b *db.Base, nom string) (remettre []string) {
	t.Helper()
	for _, table := range lesTables {
		executer(t, b, "CREATE TABLE "+table+"_"+nom+" AS SELECT * FROM "+table)
		remettre = append(remettre, "DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM "+table+"_"+nom)
	}
	return remettre
}

// alteration is something done to a journal of n entries by who holds the database, the key or not.
type alteration struct {
	genre journal.Genre
	faire func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (de, a int64) // entries that have to be named
}

// decaler puts an entry in the place of another, and all from there on one further.
const (
	decaler = `UPDATE journal SET indice = -indice - 10 WHERE indice >= %d`
	revenir = `UPDATE journal SET indice = -indice - 9 WHERE indice <= -10`
	insere  = `INSERT INTO journal (chaine, instant, acteur, action, objet, details, sel, empreinte, indice)
		SELECT chaine, instant, acteur, action, 'faux', details, sel, %s, %d FROM journal WHERE entree = %d`
)

func alterations() map[string]alteration {
	un := func(n int64, r *rand.Rand) int64 { return r.Int64N(n) }
	return map[string]alteration{
		"edit": {journal.Modifiee, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := un(n, r)
			quoi := []string{`objet = objet || 'x'`, `action = 'x'`, `instant = instant + 1`, `acteur = acteur + 1`, `chaine = chaine + 1`, `details = '{"demandes":"4"}'`, `sel = empreinte`, `empreinte = sel`}
			executer(t, b, fmt.Sprintf(`UPDATE journal SET %s WHERE indice = %d`, quoi[r.IntN(len(quoi))], i))
			return i + 1, i + 1
		}},
		"edit with its hash": {journal.Modifiee, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := un(n, r)
			dans(t, b, func(ctx context.Context, tx *sql.Tx) error {
				l, sel := ligne(1, "faux"), []byte("0123456789abcdef")
				_, err := tx.ExecContext(ctx, `UPDATE journal SET chaine = 1, objet = 'faux', sel = $1, empreinte = $2 WHERE indice = $3`, sel, journal.Empreinte(l, sel, `{"demandes":"3"}`), i)
				return err
			})
			return i + 1, i + 1
		}},
		"deletion": {journal.Supprimee, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := un(n-1, r)
			executer(t, b, fmt.Sprintf(`DELETE FROM journal WHERE indice = %d`, i))
			return i + 1, i + 1
		}},
		"insertion": {journal.Inseree, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := un(n, r)
			executer(t, b, fmt.Sprintf(decaler, i), revenir, fmt.Sprintf(insere, "sel", i, 1))
			return i + 1, i + 1
		}},
		"insertion at the end": {journal.Inseree, func(t *testing.T, b *db.Base, n int64, _ *rand.Rand) (int64, int64) {
			executer(t, b, fmt.Sprintf(insere, "empreinte", n, 2))
			return n + 1, n + 1
		}},
		"reorder": {journal.Deplacee, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := un(n-2, r)
			j := i + 1 + r.Int64N(n-i-1)
			executer(t, b, fmt.Sprintf(`UPDATE journal SET indice = -1 WHERE indice = %d`, i), fmt.Sprintf(`UPDATE journal SET indice = %d WHERE indice = %d`, i, j),
				fmt.Sprintf(`UPDATE journal SET indice = %d WHERE indice = -1`, j))
			return i + 1, i + 1
		}},
		"truncation": {journal.Tronquee, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			i := 1 + un(n-1, r)
			executer(t, b, fmt.Sprintf(`DELETE FROM journal WHERE indice >= %d`, i))
			return i + 1, n
		}},
		"whole deletion": {journal.Vide, func(t *testing.T, b *db.Base, n int64, _ *rand.Rand) (int64, int64) {
			executer(t, b, `DELETE FROM journal`)
			return 1, n
		}},
		"whole deletion with the head": {journal.Vide, func(t *testing.T, b *db.Base, _ int64, _ *rand.Rand) (int64, int64) {
			executer(t, b, `DELETE FROM journal`, `DELETE FROM journal_arbre`, `UPDATE journal_tete SET taille = 0, note = ''`)
			return 0, 0
		}},
		"rewrite of the same length": {journal.TeteFausse, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			prive, publique, err := journal.NouvelleCle("essai")
			if err != nil {
				t.Fatal(err)
			}
			cle, err := journal.DeTextes(prive, publique)
			if err != nil {
				t.Fatal(err)
			}
			reecrire(t, b, un(n, r), n, cle)
			return 0, 0
		}},
		"rewrite with the key": {journal.Reecrite, func(t *testing.T, b *db.Base, n int64, r *rand.Rand) (int64, int64) {
			reecrire(t, b, un(n/2, r)+n/2, n, journalessai.Cle())
			return n/2 + 1, n // after the first anchor
		}},
		"older copy": {journal.Ancienne, func(t *testing.T, b *db.Base, n int64, _ *rand.Rand) (int64, int64) {
			for _, table := range lesTables {
				executer(t, b, "DELETE FROM "+table, "INSERT INTO "+table+" SELECT * FROM "+table+"_avant")
			}
			return n/2 + 1, n
		}},
	}
}

// reecrire writes all entries from one on anew, with the tree and a head that a key signs.
func reecrire(t *testing.T, b *db.Base, depuis, n int64, cle journal.Cle) {
	t.Helper()
	executer(t, b, fmt.Sprintf(`DELETE FROM journal WHERE indice >= %d`, depuis), `UPDATE journal SET indice = NULL`, `DELETE FROM journal_arbre`, `UPDATE journal_tete SET taille = 0, note = ''`)
	var faux []journal.Ligne
	for i := depuis; i < n; i++ {
		faux = append(faux, ligne(1, "faux"))
	}
	ajouter(t, b, faux...)
	if _, err := (&journal.Arbre{Base: b, Cle: cle}).Integrer(t.Context()); err != nil {
		t.Fatal(err)
	}
}

// moitie and tout are how many entries the journal has at its two anchors.
const (
	moitie = 270 // more than a tile
	tout   = 2 * moitie
)

// altere makes a journal with two anchors, and what puts it back.
func altere(t *testing.T, b *db.Base) (ancres []journal.Ancre, remettre []string) {
	t.Helper()
	for moment := range 2 {
		var lignes []journal.Ligne
		for i := range moitie {
			lignes = append(lignes, ligne(int64(i%3), fmt.Sprint(moment, " ", i)))
		}
		ajouter(t, b, lignes...)
		ancres = append(ancres, journal.Ancre{Nom: []string{"premiere", "seconde"}[moment], Signee: integrer(t, b)})
		if moment == 0 {
			copier(t, b, "avant")
		}
	}
	return ancres, copier(t, b, "apres")
}

// Whatever is done to the journal by who holds the database, or the key as well, is found, and named with its entry. Each kind many times,
// at places that a seed draws. Both databases.
// ASVS 16.4.2.
func TestTampering(t *testing.T) {
	t.Parallel()
	fois := 12
	if testing.Short() {
		fois = 3
	}
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		ancres, remettre := altere(t, b)
		if v := verifier(t, b, ancres...); !v.Intact() || v.Ancres != 2 {
			t.Fatalf("%s %+v", dire(v), v)
		}
		for nom, x := range alterations() {
			for graine := range fois {
				de, a := x.faire(t, b, tout, rand.New(rand.NewPCG(uint64(graine), 14)))
				v := verifier(t, b, ancres...)
				if !nomme(v, x.genre, de, a) {
					t.Errorf("%s, seed %d: want %s %d-%d, got %s", nom, graine, x.genre, de, a, dire(v))
				}
				if len(v.Constats) > 0 && (v.Constats[0].In(modele.Francais) == "" || strings.Contains(v.Constats[0].In(modele.Anglais), "%!")) {
					t.Errorf("%s is not told: %q", nom, v.Constats[0].In(modele.Anglais))
				}
				executer(t, b, remettre...)
			}
		}
		if v := verifier(t, b, ancres...); !v.Intact() {
			t.Errorf("after all is put back: %s", dire(v))
		}
	})
}

// nomme tells whether a verification found this.
func nomme(v *journal.Bilan, g journal.Genre, de, a int64) bool {
	for _, c := range v.Constats {
		if c.Genre == g && c.De <= de && de <= c.A && a <= c.A {
			return true
		}
	}
	return false
}

// Hashes that are changed, with the entry or alone, do not pass: the head knows.
func TestTamperedTree(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	ancres, remettre := altere(t, b)
	for nom, x := range map[string]struct{ texte, want string }{
		"a leaf":        {`UPDATE journal_arbre SET empreintes = zeroblob(32) || substr(empreintes, 33) WHERE niveau = 0 AND numero = 0`, "arbre 1-256"},
		"a tile":        {`DELETE FROM journal_arbre WHERE niveau = 0 AND numero = 1`, "arbre 257-512"},
		"an upper tile": {`DELETE FROM journal_arbre WHERE niveau = 1`, "arbre 1-512"},
		"the head":      {`UPDATE journal_tete SET note = ''`, "tete 0-0"},
		"its size":      {`UPDATE journal_tete SET taille = 300`, "tete 0-0"},
		"no head":       {`DELETE FROM journal_tete`, "vide 0-0"},
	} {
		executer(t, b, x.texte)
		if v := verifier(t, b, ancres...); !strings.Contains(dire(v), x.want) {
			t.Errorf("%s: want %s, got %s", nom, x.want, dire(v))
		}
		executer(t, b, remettre...)
	}
	autre := journal.Ancre{Nom: "autre", Signee: strings.Replace(ancres[0].Signee, "\n270\n", "\n271\n", 1)}
	if v := verifier(t, b, autre); dire(v) != "autre ancre 0-0" {
		t.Errorf("a changed anchor: %s", dire(v))
	}
}
