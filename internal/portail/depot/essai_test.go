package depot_test

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"testing"
	"time"

	"guichet/diag"
	"guichet/internal/corpus"
	"guichet/internal/portail/brouillon"
	"guichet/internal/portail/db"
	"guichet/internal/portail/depot"
	"guichet/internal/portail/fichier"
	"guichet/modele"
)

var instant = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// guichet is a counter with suppliers, all with the SIRET of the corpus but one.
type guichet struct {
	*depot.Service
	b            *db.Base
	m            *fichier.Magasin
	fournisseurs []int64
	racine       string // where m keeps
	controles    string // where controls are kept
}

func ouvrir(t testing.TB, b *db.Base, suppliers int) *guichet {
	t.Helper()
	racine := t.TempDir()
	m, err := fichier.Ouvrir(racine)
	if err != nil {
		t.Fatal(err)
	}
	g := &guichet{b: b, m: m, racine: racine, controles: t.TempDir()}
	g.Service, err = depot.Ouvrir(context.Background(), depot.Options{
		Base: b, Fichiers: m, Brouillons: brouillons(t, g.controles), Maintenant: func() time.Time { return instant },
	})
	if err != nil {
		t.Fatal(err)
	}
	g.fournisseurs = inscrire(t, b, suppliers)
	return g
}

func brouillons(t testing.TB, dossier string) *brouillon.Magasin {
	t.Helper()
	m, err := brouillon.Ouvrir(dossier, depot.BornesControles, func() time.Time { return instant })
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// inscrire enrols suppliers and returns their ids.
func inscrire(t testing.TB, b *db.Base, n int) (ids []int64) {
	t.Helper()
	err := b.Ecrire(context.Background(), func(ctx context.Context, tx *sql.Tx) error {
		ids = nil
		for i := range n {
			var id int64
			err := tx.QueryRowContext(ctx, `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree)
				VALUES ($1, 'EXEMPLE', 'actif', 'Exemple', 'contact@exemple.invalid', '+33 1 99 00 00 00', 0) RETURNING id`, siret(i)).Scan(&id)
			if err != nil {
				return err
			}
			if _, err := tx.ExecContext(ctx, `INSERT INTO logiciel (numero_ans, fournisseur_id, nom) VALUES ($1, $2, 'EXEMPLE')`, ans(id), id); err != nil {
				return err
			}
			ids = append(ids, id)
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// ans is the number of the software of a supplier: ids follow each other from 1 in an empty database.
func ans(fournisseur int64) string { return fmt.Sprintf("ANS%07d", fournisseur) }

func siret(i int) string { return fmt.Sprintf("%014d", 100008+i) }

// fichierDe makes a file of supplier i, whose numbers start with the two characters of serie.
func fichierDe(i, demandes int, serie string, fautives int) []byte {
	f := corpus.Fichier(corpus.Forme{Demandes: demandes, OGs: 1, ESMS: 2, Indente: true, Fautives: fautives})
	f = bytes.Replace(f, []byte(siret(0)), []byte(siret(i)), 1)
	f = bytes.ReplaceAll(f, []byte("ANS0000001"), []byte(ans(int64(i+1))))
	for _, avant := range []string{`"numeroEditeur": "`, `BDC-`, `-HT-`} {
		f = bytes.ReplaceAll(f, []byte(avant+"00"), []byte(avant+serie))
	}
	return f
}

func envoi(fournisseur int64, octets []byte) depot.Envoi {
	return depot.Envoi{
		Fournisseur: fournisseur, Compte: 7, Type: depot.Avance, NumeroAns: ans(fournisseur), Nom: "JSON-" + ans(fournisseur) + "-20261124-001.json",
		Corps: bytes.NewReader(octets),
	}
}

func (g *guichet) deposer(t testing.TB, e depot.Envoi) *depot.Depot {
	t.Helper()
	d, err := g.Deposer(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// controler has a file controlled, and reads what is found in it.
func (g *guichet) controler(t testing.TB, e depot.Envoi) (*depot.Depot, diag.Fichier) {
	t.Helper()
	d, err := g.Garder(t.Context(), e)
	if err != nil {
		t.Fatal(err)
	}
	f, err := g.Rapport(t.Context(), d, modele.Francais)
	if err != nil {
		t.Fatal(err)
	}
	return d, f
}

func (g *guichet) compter(t testing.TB, texte string, args ...any) (n int) {
	t.Helper()
	if err := g.b.Lire().QueryRowContext(t.Context(), texte, args...).Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}
