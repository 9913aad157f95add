package main

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"
)

// columns are those of a table that each copy takes as they are.
var columns = map[string]string{
	"depot":   "compte_id, mandataire_id, type, edition, nom, sha256, taille, verdict, demandes, acceptees, incompletes, reponse, mentions_id, connu, cherche",
	"demande": "rang, numero, montant, esms, debut, fin, maj",
	"dossier": "rang, montant, esms, maj, revu",
	"piece":   "rang, type, ordre, etat, code, motif_fr, motif_en, archive_id, nom, format, sha256, taille, recu, libere, lu",
}

// Copies differ in who deposited them, for which software and OG, when, and in what became of them: of a hundred 80 wait, 5 are
// examined by somebody, 3 are put aside, 10 are decided, 2 have an answer; one in ten of those that wait has an alert.
const (
	supplier = "CASE WHEN k.id % 3 = 0 THEN 2 ELSE 1 END"
	software = "CASE WHEN k.id % 3 = 0 THEN 'ANS0000002' ELSE 'ANS0000001' END"
	og       = "'99' || CAST(1000000 + (k.id * 7 + d.rang) % 5000 AS TEXT)"
	sort     = "(d.rang * 37 + k.id) % 100"
	state    = "CASE WHEN " + sort + " < 10 THEN 'validee' WHEN " + sort + " < 17 THEN 'instruction' ELSE 'complete' END"
	alert    = "CASE WHEN " + sort + " >= 90 THEN 'A511:1' ELSE '' END"
	day      = 86_400_000_000 // microseconds
)

// fill copies a deposit until the agency has so many demandes.
func (c *counter) fill(ctx context.Context, model int64, demandes int) (time.Duration, error) {
	begun := time.Now()
	n := max(1, demandes/demandesOfFile)
	var last int64
	if err := c.base.Lire().QueryRowContext(ctx, `SELECT MAX(id) FROM depot`).Scan(&last); err != nil {
		return 0, err
	}
	texts := []string{
		fmt.Sprintf(`INSERT INTO depot (id, fournisseur_id, numero_ans, recu, %[1]s) WITH RECURSIVE k (id) AS (SELECT CAST(%[8]d + 1 AS BIGINT) UNION ALL SELECT id + 1 FROM k WHERE id < %[8]d + %[4]d)
			SELECT k.id, %[5]s, %[6]s, d.recu - (k.id %% 60) * %[7]d, %[2]s FROM depot d, k WHERE d.id = %[3]d`,
			columns["depot"], of("d", columns["depot"]), model, n, supplier, software, day, last),
		fmt.Sprintf(`INSERT INTO demande (depot_id, fournisseur_id, etat, og, %s) SELECT k.id, k.fournisseur_id, %s, %s, %s FROM depot k, demande d WHERE d.depot_id = %d AND k.id > %d`,
			columns["demande"], state, og, of("d", columns["demande"]), model, last),
		fmt.Sprintf(`INSERT INTO dossier (depot_id, fournisseur_id, numero_ans, etat, og, recu, echeance, agent_id, attente, repondu, alertes, %s)
			SELECT k.id, k.fournisseur_id, k.numero_ans, %s, %s, k.recu, d.echeance - (k.id %% 60) * %d, CASE WHEN %s BETWEEN 10 AND 16 THEN 4 ELSE 0 END,
			CASE WHEN %[5]s BETWEEN 20 AND 22 THEN d.echeance ELSE 0 END, CASE WHEN %[5]s BETWEEN 15 AND 16 THEN d.maj ELSE 0 END, %s, %s FROM depot k, dossier d WHERE d.depot_id = %d AND k.id > %d`,
			columns["dossier"], state, og, day, sort, alert, of("d", columns["dossier"]), model, last),
		fmt.Sprintf(`INSERT INTO dossier_alerte (code, echeance, montant, depot_id, rang) SELECT 'A511', echeance, montant, depot_id, rang FROM dossier WHERE alertes <> '' AND depot_id > %d AND etat = 'complete'`, last),
		fmt.Sprintf(`INSERT INTO piece (depot_id, %s) SELECT k.id, %s FROM depot k, piece d WHERE d.depot_id = %d AND k.id > %d`, columns["piece"], of("d", columns["piece"]), model, last),
		`DELETE FROM demande_etat`,
		`INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) SELECT fournisseur_id, etat, COUNT(*), CAST(SUM(montant) AS BIGINT) FROM demande GROUP BY 1, 2`,
	}
	if c.base.Dialecte.Nom == "postgres" {
		texts = append(texts, `SELECT setval(pg_get_serial_sequence('depot', 'id'), (SELECT MAX(id) FROM depot))`)
	}
	err := c.base.Ecrire(ctx, func(ctx context.Context, tx *sql.Tx) error {
		for _, text := range texts {
			if _, err := tx.ExecContext(ctx, text); err != nil {
				return fmt.Errorf("%.100s: %w", text, err)
			}
		}
		return nil
	})
	for _, text := range tidy[c.base.Dialecte.Nom] {
		if err == nil {
			_, err = c.base.Pool().ExecContext(ctx, text)
		}
	}
	return time.Since(begun), err
}

// tidy is what each database does by itself as it grows, but not at once: what is measured next is not to pay for it.
var tidy = map[string][]string{
	"postgres": {`VACUUM (ANALYZE)`, `CHECKPOINT`},
	"sqlite":   {`PRAGMA wal_checkpoint(PASSIVE)`},
}

// of names columns as those of a table.
func of(table, columns string) string {
	return table + "." + strings.ReplaceAll(columns, ", ", ", "+table+".")
}
