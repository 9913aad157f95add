package main

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// Accounts are verified beside a counter that stays open, on both databases; the first difference is named, and the status says so.
func TestComptesVerify(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		done   string
		want   []string
		status int
	}{
		"right":   {"", []string{"Comptes justes : 1 écritures, 2 demandes\n", "Demandé                          10\u00a0000,05\u00a0€\n  En instance"}, 0},
		"amount":  {`UPDATE demande SET montant = 500006 WHERE rang = 1`, []string{"Premier écart : les lignes d'une demande ne font pas ce que dit son état\n", "  demande       ASP", "  poste         demandes\n", "  trouvé        -5\u00a0000,05\u00a0€\n  attendu       -5\u00a0000,06\u00a0€\n"}, 1},
		"counter": {`UPDATE demande_etat SET nombre = 3`, []string{"Premier écart : un compteur", "  poste         incomplete\n  trouvé        3\n  attendu       2\n"}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			folder := t.TempDir()
			for _, a := range []struct{ base, option, value string }{{filepath.Join(folder, "portail.db"), "--donnees", folder}, {essai.AdressePostgres(t), "--db", ""}} {
				b, err := db.Ouvrir(t.Context(), a.base)
				if err != nil {
					t.Fatal(err)
				}
				t.Cleanup(func() { _ = b.Fermer() })
				if _, err := b.Migrer(t.Context()); err != nil {
					t.Fatal(err)
				}
				counterWithAccounts(t, b, c.done)
				if a.value == "" {
					a.value = a.base
				}
				k := &keyboard{}
				if s := k.run(t.Context(), "comptes", "verify", a.option, a.value); s != c.status {
					t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
				}
				for _, w := range c.want {
					if !strings.Contains(k.stdout.String(), w) {
						t.Errorf("%q is not in %q", w, &k.stdout)
					}
				}
			}
		})
	}
	k := &keyboard{}
	if s := k.run(t.Context(), "comptes", "verify", "--donnees", filepath.Join(t.TempDir(), "rien")); s != 2 || !strings.Contains(k.stderr.String(), "il n'y a pas de guichet ici") {
		t.Errorf("%d: %s%s", s, &k.stdout, &k.stderr)
	}
}

// counterWithAccounts deposits two demandes, and then does something beside.
func counterWithAccounts(t *testing.T, b *db.Base, beside string) {
	t.Helper()
	for _, text := range []string{
		`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES (1, '00000000100008', 'ÉDITEUR D''EXEMPLE', 'actif', '', '', '', 0)`,
		`INSERT INTO depot (id, fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES (1, 1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, 1764000000000000, 'accepte', 2, 2, 2, '{}', 'a.json')`,
		`INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES (1, 1, 0, 'A0001', 'incomplete', 500000, 1, 'x', 0, 0, 1), (1, 1, 1, 'A0002', 'incomplete', 500005, 1, 'x', 0, 0, 1)`,
		`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant, avance) VALUES (1, 'incomplete', 2, 1000005, 300002)`,
		"", beside,
	} {
		err := b.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
			if text == "" {
				return comptabiliteessai.Deposer(ctx, tx, b, 1, 1)
			}
			_, err := tx.ExecContext(ctx, text)
			return err
		})
		if err != nil && text != beside {
			t.Fatal(err)
		}
		if text == "" && beside == "" {
			return
		}
	}
}
