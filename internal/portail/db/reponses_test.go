package db_test

import (
	"testing"

	"guichet/internal/portail/db"
)

// What suppliers were asked for before the counter looked at it is looked at from then on, by the day they were told last.
func TestAskedBefore(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 45, func(t *testing.T, b *db.Base) {
		for _, texte := range []string{
			`INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj) VALUES (1, 0, 1, 'A', 'a_modifier', 1, 1, 'x', 1, 1, 1), (1, 1, 1, 'A', 'instruction', 1, 1, 'x', 1, 1, 1)`,
			`INSERT INTO evenement (depot_id, rang, ordre, instant, acteur, compte_id, de, a, motif, echeance) VALUES (1, 0, 1, 1, 4, 1, 'instruction', 'a_modifier', 'x', 7),
			(1, 0, 2, 1, 2, 1, 'a_modifier', 'instruction', 'x', 0), (1, 0, 3, 1, 4, 1, 'instruction', 'a_modifier', 'x', 9), (1, 1, 1, 1, 4, 1, 'instruction', 'a_modifier', 'x', 7), (1, 1, 2, 1, 2, 1, 'a_modifier', 'instruction', 'x', 0)`,
		} {
			if _, err := b.Pool().ExecContext(t.Context(), texte); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		for rang, want := range [][2]int64{{9, 1}, {0, 0}} {
			var got [2]int64
			err := b.Lire().QueryRowContext(t.Context(), `SELECT reponse, relance FROM dossier WHERE rang = $1`, rang).Scan(&got[0], &got[1])
			if err != nil || got != want {
				t.Errorf("%d: %v, %v", rang, got, err)
			}
		}
	})
}
