package db_test

import (
	"strconv"
	"strings"
	"testing"

	"guichet/internal/portail/db"
)

// Names that were stored before they were folded are looked for as those that come later; there may be more than a lot of them.
func TestNamesAreFolded(t *testing.T) {
	t.Parallel()
	depuisEtape(t, 32, func(t *testing.T, b *db.Base) {
		_, err := b.Pool().ExecContext(t.Context(), `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ('00000000100008', 'ÉDITEUR', 'actif', 'C', 'c@exemple.invalid', '', 1)`)
		var lignes []string
		for i := range 2100 {
			lignes = append(lignes, `(1, 1, 'avance', 'ANS0000001', 'x', 'Crèche `+strconv.Itoa(i)+`', '', 0, 1, 'accepte', 1, 1, 1, '{}')`)
		}
		if err == nil {
			_, err = b.Pool().ExecContext(t.Context(), `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu,
				verdict, demandes, acceptees, incompletes, reponse) VALUES `+strings.Join(lignes, ", "))
		}
		if err == nil {
			_, err = b.Migrer(t.Context())
		}
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT count(*) FROM depot WHERE cherche LIKE 'creche %'`).Scan(&n); err != nil || n != 2100 {
			t.Errorf("%d, %v", n, err)
		}
		var fournisseur string
		if err := b.Lire().QueryRowContext(t.Context(), `SELECT cherche FROM fournisseur`).Scan(&fournisseur); err != nil || fournisseur != "editeur" {
			t.Errorf("%q, %v", fournisseur, err)
		}
	})
}
