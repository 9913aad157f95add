package compte_test

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"testing"

	"guichet/internal/portail/compte/essai"
	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
)

// Of many mandates those that hold come first, whenever they were given; a list that ends says so, and no more are given than are listed.
func TestManyMandates(t *testing.T) {
	t.Parallel()
	dbessai.Bases(t, func(t *testing.T, b *db.Base) {
		m := essai.Nouveau(t, b)
		site := m.Serveur(t).URL
		c := m.Connecte(t, site, m.Proprietaire)
		if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, siretDe(t, m, 0)); err != nil {
			t.Fatal(err)
		}
		for i := 1; i <= 500; i++ {
			siretDe(t, m, i)
		}
		remplir := func(etat string, debut int64) {
			t.Helper()
			err := m.Base.Ecrire(t.Context(), func(ctx context.Context, tx *sql.Tx) error {
				_, err := tx.ExecContext(ctx, `INSERT INTO mandat (mandant_id, mandataire_id, etat, debut, fin) SELECT $1, id, $2, $3, 0 FROM fournisseur WHERE raison_sociale LIKE 'AUTRE%'
					ON CONFLICT (mandant_id, mandataire_id) DO UPDATE SET etat = excluded.etat`, m.Fournisseur, etat, debut)
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		remplir("revoque", db.Instant(m.Horloge.Maintenant())+1)
		if page := c.Lire(t, "/mandats").Corps; strings.Count(page, "/revocation") != 0 || !strings.Contains(page, "s&#39;arrête à 500 mandats") {
			t.Error("501 that have ended are not told to be more than are shown")
		}
		remplir("actif", 0)
		donnes, _, err := m.Mandats(t.Context(), m.Fournisseur)
		if err != nil || len(donnes) != 501 || !donnes[0].Actif {
			t.Errorf("%d, %v", len(donnes), err)
		}
		m.AjouterFournisseur(t, "00000000900001", "UN DE TROP")
		if err := m.DonnerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, "00000000900001"); champ(err) != "siret" || !strings.Contains(err.Error(), "500") {
			t.Errorf("one mandate too many: %v", err)
		}
		if err := m.RevoquerMandat(t.Context(), m.Proprietaire.Compte, m.Fournisseur, donnes[300].ID); err != nil {
			t.Fatal(err)
		}
		donnes, _, err = m.Mandats(t.Context(), m.Fournisseur)
		if err != nil || len(donnes) != 501 || donnes[500].Actif || !donnes[499].Actif {
			t.Errorf("%d, one that has ended is not last: %v", len(donnes), err)
		}
	})
}

// siretDe adds a supplier, and returns its number.
func siretDe(t *testing.T, m *essai.Monde, i int) string {
	t.Helper()
	siret := fmt.Sprintf("8%013d", i)
	m.AjouterFournisseur(t, siret, fmt.Sprint("AUTRE ", i))
	return siret
}
