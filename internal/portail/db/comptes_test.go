package db_test

import (
	"fmt"
	"testing"
	"time"

	"guichet/internal/portail/comptabilite"
	"guichet/internal/portail/db"
)

// Demandes that were there before the accounts have their entry, one for each deposit, whatever their state: the accounts close.
func TestAccountsBefore(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 92, func(t *testing.T, b *db.Base) {
		executer := func(texte string, args ...any) {
			t.Helper()
			if _, err := b.Pool().ExecContext(t.Context(), texte, args...); err != nil {
				t.Fatal(err)
			}
		}
		executer(`INSERT INTO fournisseur (id, siret, raison_sociale, etat, contact, courriel, telephone, cree) VALUES (1, '1', 'A', 'actif', 'c', 'c', 't', 1)`)
		recus := []string{"2023-12-31T22:59:59Z", "2023-12-31T23:00:00Z", "2024-12-31T22:59:59Z", "2024-12-31T23:00:00Z", "2027-03-01T00:00:00Z"}
		for i, recu := range recus {
			executer(`INSERT INTO depot (id, fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
				VALUES ($1, 1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a', '', 0, $2, 'accepte', 9, 9, 0, '{}', 'a')`, i+1, db.Instant(instantDe(t, recu)))
			for rang, etat := range []string{"incomplete", "complete", "instruction", "a_modifier", "validee", "payee", "refusee", "retrait_envisage", "attribution_retiree", "retiree", "validee"} {
				executer(`INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, accorde, esms, og, debut, fin, maj) VALUES (1, $1, $2, $3, $4, $5, $6, 1, 'x', 0, 0, 1)`,
					i+1, rang, fmt.Sprint(rang), etat, 1000+rang, 900+rang)
			}
		}
		executer(`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant, accorde, avance) SELECT 1, etat, COUNT(*), SUM(montant),
			CASE WHEN etat IN ('validee', 'payee', 'retrait_envisage') THEN SUM(accorde) ELSE 0 END,
			SUM(CASE WHEN etat IN ('validee', 'payee', 'retrait_envisage') THEN (accorde * 30 + 50) / 100 ELSE (montant * 30 + 50) / 100 END) FROM demande GROUP BY etat`)
		executer(`INSERT INTO avance_payee (fournisseur_id, montant) VALUES (1, $1)`, len(recus)*272) // 30 % of 9,05 €
		if _, err := b.Migrer(t.Context()); err != nil {
			t.Fatal(err)
		}
		v, err := (&comptabilite.Service{Base: b}).Verifier(t.Context())
		if err != nil || v.Ecritures != int64(len(recus)) || v.Demandes != int64(11*len(recus)) {
			t.Errorf("%+v, %v", v, err)
		}
		for i, annee := range []int{2023, 2024, 2024, 2025, 2027} {
			var got int
			if err := b.Lire().QueryRow(`SELECT annee FROM ecriture WHERE depot_id = $1`, i+1).Scan(&got); err != nil || got != annee {
				t.Errorf("%s: %d, %v", recus[i], got, err)
			}
		}
	})
}

func instantDe(t *testing.T, texte string) time.Time {
	t.Helper()
	i, err := time.Parse(time.RFC3339, texte)
	if err != nil {
		t.Fatal(err)
	}
	return i
}
