package comptabilite_test

import (
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"guichet/internal/portail/comptabilite"
	comptabiliteessai "guichet/internal/portail/comptabilite/essai"
	"guichet/internal/portail/compte"
	"guichet/internal/portail/compteur"
	"guichet/internal/portail/db"
	"guichet/internal/portail/etat"
	etatessai "guichet/internal/portail/etat/essai"
	"guichet/internal/portail/suivi"
	"guichet/modele/ms1dui"
)

// monde is a counter with the lives of demandes, and their accounts.
type monde struct {
	*comptabilite.Service
	base    *db.Base
	suivis  *suivi.Service
	horloge time.Time
}

func nouveau(_ testing.TB, b *db.Base) *monde {
	m := &monde{Service: &comptabilite.Service{Base: b}, base: b, horloge: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)}
	m.suivis = suivi.Nouveau(suivi.Config{
		Base: b, Maintenant: func() time.Time { return m.horloge }, Adresse: "http://guichet.exemple.invalid", NumeroASP: etatessai.NumeroASP, LireNumeroASP: etatessai.LireNumeroASP, Modele: ms1dui.Edition,
		Destinataires: func(context.Context, *sql.Tx, int64, compte.GenreCourriel) ([]compte.Destinataire, error) {
			return nil, nil
		},
		Envoyer: func(context.Context, *sql.Tx, compte.Courriel) error { return nil },
	})
	return m
}

func (m *monde) ecrire(t testing.TB, f func(ctx context.Context, tx *sql.Tx) error) {
	t.Helper()
	if err := m.base.Ecrire(context.Background(), f); err != nil {
		t.Fatal(err)
	}
}

func (m *monde) executer(t testing.TB, texte string, args ...any) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, texte, args...)
		return err
	})
}

func (m *monde) fournisseur(t testing.TB, siret string) (id int64) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
			VALUES ($1, 'ÉDITEUR D''EXEMPLE', 'actif', 'Contact', 'contact@exemple.invalid', '+33199000000', 1) RETURNING id`, siret).Scan(&id)
	})
	return id
}

// deposer deposits demandes that ask for so much, and completes them.
func (m *monde) deposer(t testing.TB, fournisseur int64, montants ...int64) (depot int64) {
	t.Helper()
	m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
		err := tx.QueryRowContext(ctx, `INSERT INTO depot (fournisseur_id, compte_id, type, numero_ans, edition, nom, sha256, taille, recu, verdict, demandes, acceptees, incompletes, reponse, cherche)
			VALUES ($1, 1, 'avance', 'ANS0000001', '2023-10-02', 'a.json', '', 0, $2, 'accepte', $3, $3, $3, '{}', 'a.json') RETURNING id`, fournisseur, db.Instant(m.horloge), len(montants)).Scan(&depot)
		if err != nil {
			return err
		}
		for i, montant := range montants {
			_, err = tx.ExecContext(ctx, `INSERT INTO demande (fournisseur_id, depot_id, rang, numero, etat, montant, esms, og, debut, fin, maj) VALUES ($1, $2, $3, $4, 'incomplete', $5, 2, '990000001', 0, 0, $6)`,
				fournisseur, depot, i, fmt.Sprintf("A%04d", i), montant, db.Instant(m.horloge))
			if err != nil {
				return err
			}
			if err := compteur.Ajouter(ctx, tx, fournisseur, etat.Incomplete, compteur.De(etat.Incomplete, montant, 0)); err != nil {
				return err
			}
		}
		return comptabiliteessai.Deposer(ctx, tx, m.base, fournisseur, depot)
	})
	return depot
}

// mener leads the first demande of a deposit through states; an award grants so much.
func (m *monde) mener(t testing.TB, fournisseur, depot, accorde int64, etats ...etat.Etat) {
	t.Helper()
	for _, a := range etats {
		m.ecrire(t, func(ctx context.Context, tx *sql.Tx) error {
			compte := int64(7)
			if a == etat.Decidee || a == etat.RetraitDecide {
				compte = 8
			}
			return m.suivis.Changer(ctx, tx, etat.Changement{
				Fournisseur: fournisseur, Depot: depot, Rangs: []int{0}, A: a, Par: etat.Programme | etat.Fournisseur | etat.Agence, Compte: compte, Motif: "x", Accorde: accorde,
			})
		})
	}
}
