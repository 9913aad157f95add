package journal_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	journalessai "guichet/internal/portail/journal/essai"
)

var midi = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func ligne(chaine int64, objet string) journal.Ligne {
	return journal.Ligne{Chaine: chaine, Instant: midi, Acteur: 7, Action: "depot.accepte", Objet: objet, Details: map[string]string{"demandes": "3"}}
}

func ajouter(t *testing.T, b *db.Base, lignes ...journal.Ligne) {
	t.Helper()
	dans(t, b, func(ctx context.Context, tx *sql.Tx) error {
		for _, l := range lignes {
			if err := journal.Ajouter(ctx, tx, b.Dialecte, l); err != nil {
				return err
			}
		}
		return nil
	})
}

func dans(t *testing.T, b *db.Base, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := b.Ecrire(t.Context(), f); err != nil {
		t.Fatal(err)
	}
}

// executer runs statements as somebody would who holds the database.
func executer(t *testing.T, b *db.Base, textes ...string) {
	t.Helper()
	dans(t, b, func(ctx context.Context, tx *sql.Tx) error {
		for _, texte := range textes {
			if _, err := tx.ExecContext(ctx, texte); err != nil {
				return fmt.Errorf("%s: %w", texte, err)
			}
		}
		return nil
	})
}

func arbre(b *db.Base) *journal.Arbre { return &journal.Arbre{Base: b, Cle: journalessai.Cle()} }

// integrer gives places to all entries, and returns the head.
func integrer(t *testing.T, b *db.Base) (signee string) {
	t.Helper()
	if _, err := arbre(b).Integrer(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := b.Lire().QueryRowContext(t.Context(), `SELECT note FROM journal_tete`).Scan(&signee); err != nil {
		t.Fatal(err)
	}
	return signee
}

func verifier(t *testing.T, b *db.Base, ancres ...journal.Ancre) *journal.Bilan {
	t.Helper()
	bilan, err := journal.Verifier(t.Context(), b.Lire(), journalessai.Cle().Verifieurs(), ancres...)
	if err != nil {
		t.Fatal(err)
	}
	return bilan
}

// dire writes down findings.
func dire(b *journal.Bilan) string {
	var tout []string
	for _, c := range b.Constats {
		dit := fmt.Sprintf("%s %d-%d", c.Genre, c.De, c.A)
		if c.Ancre != "" {
			dit = c.Ancre + " " + dit
		}
		tout = append(tout, dit)
	}
	return strings.Join(tout, ", ")
}

// Entries written at once by many all get places, whoever integrates, and are read again about each.
func TestJournal(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		var wg sync.WaitGroup
		for i := range 60 {
			wg.Go(func() { ajouter(t, b, ligne(int64(i%2), fmt.Sprint(i))) })
			if i%5 == 0 {
				wg.Go(func() {
					if _, err := arbre(b).Integrer(t.Context()); err != nil {
						t.Error(err)
					}
				})
			}
		}
		wg.Wait()
		integrer(t, b)
		if v := verifier(t, b); !v.Intact() || v.Taille != 60 || v.Attente != 0 {
			t.Errorf("%+v", v)
		}
		entrees, err := journal.Partie(t.Context(), b.Lire(), 1, 0, 5)
		if err != nil || len(entrees) != 5 || entrees[0].Details["demandes"] != "3" || entrees[0].Acteur != 7 || entrees[0].Numero == 0 {
			t.Errorf("%+v, %v", entrees, err)
		}
		dernieres, err := journal.Dernieres(t.Context(), b.Lire(), 1, entrees[3].Entree, 100)
		if err != nil || len(dernieres) != 3 || dernieres[0].Entree != entrees[2].Entree {
			t.Errorf("%+v, %v", dernieres, err)
		}
	})
}

// No entry, no act; no act, no entry.
func TestEntryGoesWithItsAct(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			return fmt.Errorf("no: %w", journal.Ajouter(ctx, tx, b.Dialecte, ligne(1, "a")))
		})
		if n, errAttente := journal.Attente(t.Context(), b.Lire()); err == nil || n != 0 || errAttente != nil {
			t.Errorf("%d entries, %v", n, errAttente)
		}
		executer(t, b, `ALTER TABLE journal RENAME TO ailleurs`)
		err = b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			if _, err := tx.ExecContext(ctx, `INSERT INTO compteur (nom, valeur) VALUES ('acte', 1)`); err != nil {
				return err
			}
			return journal.Ajouter(ctx, tx, b.Dialecte, ligne(1, "a"))
		})
		var n int
		if e := b.Lire().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM compteur`).Scan(&n); err == nil || n != 0 || e != nil {
			t.Errorf("%d acts without their entry, %v, %v", n, err, e)
		}
	})
}

// What was written earlier and commits later gets its place when it is seen; nobody waits for it.
func TestCommittedOutOfOrder(t *testing.T) {
	t.Parallel()
	b := essai.Postgres(t)
	type dernier struct{} // written after the entries: its name comes later in the order
	ecrite, finir, fini := make(chan struct{}), make(chan struct{}), make(chan error)
	go func() {
		fini <- b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			err := db.Differer(ctx, tx, dernier{}, func(ctx context.Context, tx *sql.Tx, _ []dernier) error {
				var un int
				err := tx.QueryRowContext(ctx, `SELECT 1`).Scan(&un) // sends what waits
				close(ecrite)
				<-finir
				return err
			})
			return errors.Join(err, journal.Ajouter(ctx, tx, b.Dialecte, ligne(1, "lente")))
		})
	}()
	<-ecrite
	ajouter(t, b, ligne(1, "vive"))
	premiere := integrer(t, b)
	close(finir)
	if err := <-fini; err != nil {
		t.Fatal(err)
	}
	integrer(t, b)
	v := verifier(t, b, journal.Ancre{Nom: "premiere", Signee: premiere})
	entrees, err := journal.Partie(t.Context(), b.Lire(), 1, 0, 5)
	if err != nil || len(entrees) != 2 || entrees[0].Objet != "lente" || entrees[0].Numero != 2 || entrees[1].Numero != 1 || !v.Intact() || v.Ancres != 1 {
		t.Errorf("%+v, %v, %+v", entrees, err, v)
	}
}

// An integration that dies on its way leaves nothing half: whatever step of it fails, the next one does the whole.
func TestIntegrationIsWhole(t *testing.T) {
	t.Parallel()
	b, panne := essai.Fragile(t)
	var lot []journal.Ligne
	for i := range 255 {
		lot = append(lot, ligne(1, fmt.Sprint(i)))
	}
	ajouter(t, b, lot...)
	ancre := journal.Ancre{Nom: "x", Signee: integrer(t, b)}
	ajouter(t, b, lot[:3]...) // over the end of a tile
	panne.Chaque(t, b, essai.Acte{Nom: "integration", Faire: func() error {
		_, err := arbre(b).Integrer(t.Context())
		return err
	}})
	if v := verifier(t, b, ancre); !v.Intact() || v.Taille != 258 || v.Ancres != 1 || v.Attente != 0 {
		t.Errorf("%s %+v", dire(v), v)
	}
}

// The details of an entry are erased, and no proof breaks; details that go without a word do not pass for erased.
func TestErasure(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		ajouter(t, b, ligne(1, "a"), ligne(1, "b"), ligne(1, "c"))
		ancre := journal.Ancre{Nom: "x", Signee: integrer(t, b)}
		dans(t, b, func(ctx context.Context, tx *sql.Tx) error { return journal.Effacer(ctx, tx, b.Dialecte, 2, 9, midi) })
		integrer(t, b)
		if v := verifier(t, b, ancre); !v.Intact() || v.Effacees != 1 || v.Ancres != 1 || v.Taille != 4 {
			t.Errorf("%s %+v", dire(v), v)
		}
		entrees, err := journal.Partie(t.Context(), b.Lire(), 1, 0, 5)
		if err != nil || len(entrees[1].Details) != 0 || !entrees[1].Effacee || entrees[3].Action != "journal.efface" || entrees[3].Objet != "2" {
			t.Errorf("%+v, %v", entrees, err)
		}
		var reste int
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT COUNT(*) FROM journal WHERE entree = 2 AND (details <> '' OR length(sel) > 0)`).Scan(&reste); err != nil || reste != 0 {
			t.Errorf("something is left, %v", err)
		}
		executer(t, b, `UPDATE journal SET engagement = (SELECT engagement FROM journal WHERE entree = 2) WHERE entree = 1`)
		if v := verifier(t, b); dire(v) != "modifiee 1-1, effacee 1-1" {
			t.Errorf("%s", dire(v))
		}
	})
}
