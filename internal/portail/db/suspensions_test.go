package db_test

import (
	"testing"

	"guichet/internal/portail/db"
)

// The deadlines of what suppliers were asked for before suspensions counted are marked to be computed anew, with their place in the lists
// by rule; others stay.
func TestSuspendedBefore(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 76, func(t *testing.T, b *db.Base) {
		for _, texte := range []string{
			`INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj, alertes, revu) VALUES (1, 0, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 'A509:1', 'r'), (1, 1, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 'A509:1', 'r')`,
			`INSERT INTO dossier_alerte (code, echeance, montant, depot_id, rang) VALUES ('A509', 5, 1, 1, 0), ('A509', 5, 1, 1, 1)`,
			`INSERT INTO evenement (depot_id, rang, ordre, instant, acteur, compte_id, de, a, motif, echeance) VALUES (1, 0, 1, 1, 4, 1, 'instruction', 'a_modifier', 'x', 7), (1, 0, 2, 1, 2, 1, 'a_modifier', 'instruction', 'x', 0), (1, 1, 1, 1, 4, 1, 'complete', 'instruction', '', 0)`,
		} {
			if _, err := b.Pool().ExecContext(t.Context(), texte); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		for rang, want := range []int64{0, 1} {
			var echeance, rangees int64
			var revu string
			err := b.Lire().QueryRowContext(t.Context(), `SELECT echeance, revu, (SELECT COUNT(*) FROM dossier_alerte a WHERE a.depot_id = x.depot_id AND a.rang = x.rang) FROM dossier x WHERE rang = $1`, rang).Scan(&echeance, &revu, &rangees)
			if err != nil || echeance != 5*want || rangees != want || (revu == "r") != (want == 1) {
				t.Errorf("%d: %d, %q, %d rows, %v", rang, echeance, revu, rangees, err)
			}
		}
	})
}

// What was put aside before a wait kept it for its holder is kept from then on, unless a hearing has it wait, or nobody holds it.
func TestPutAsideBefore(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 80, func(t *testing.T, b *db.Base) {
		_, err := b.Pool().ExecContext(t.Context(), `INSERT INTO dossier (depot_id, rang, fournisseur_id, numero_ans, etat, montant, esms, og, recu, echeance, maj, agent_id, attente, contradictoire_id) VALUES
			(1, 0, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 3, 7, 0), (1, 1, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 0, 7, 0), (1, 2, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 3, 7, 9), (1, 3, 1, 'A', 'instruction', 1, 1, 'x', 1, 5, 1, 3, 0, 0)`)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		for rang, want := range []int64{86_400_000_007, 0, 0, 0} {
			var bail int64
			if err := b.Lire().QueryRowContext(t.Context(), `SELECT bail FROM dossier WHERE rang = $1`, rang).Scan(&bail); err != nil || bail != want {
				t.Errorf("%d: %d, %v", rang, bail, err)
			}
		}
	})
}
