package suivi

import (
	"strings"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// recherches are what the agency may ask for of its suppliers, with what finds little, or nothing, and with the last page.
var recherches = map[string]struct {
	texte string
	etat  etat.Etat
	page  int
}{
	"all": {}, "name": {texte: "société 99"}, "nobody": {texte: "aucun nom"}, "SIRET": {texte: "000 99"}, "state": {etat: etat.Incomplete},
	"rare state": {etat: etat.Complete}, "state of nobody": {etat: etat.Refusee}, "state and name": {texte: "société 7", etat: etat.Incomplete},
	"last": {page: 1999}, "beyond": {page: maxParcours},
}

// Suppliers, as they are looked for, are walked along their index alone; what they have is counted for one page.
func TestSuppliersGoAlongTheirIndex(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	for nom, r := range recherches {
		etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
			var x int
			return l.Scan(&x, &x, &x, etape)
		}, "EXPLAIN QUERY PLAN "+lesFournisseurs, argsFournisseurs(r.texte, r.etat, r.page)...)
		if err != nil {
			t.Fatal(err)
		}
		plan := strings.Join(etapes, "; ")
		if !strings.Contains(plan, "SCAN g USING COVERING INDEX fournisseur_liste") || strings.Count(plan, "SCAN") != 1 || strings.Count(plan, "TEMP B-TREE") != 1 {
			t.Errorf("%s: %s", nom, plan)
		}
	}
}

// peupler stores n suppliers: two of three have demandes that lack documents, one in a thousand a complete one.
func peupler(t testing.TB, b *db.Base, n int) {
	t.Helper()
	entretien := "ANALYZE"
	if b.Dialecte.Tableaux { // what PostgreSQL does by itself, within a minute
		entretien = "VACUUM ANALYZE"
	}
	const suite = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1) `
	for _, texte := range []string{
		suite + `INSERT INTO fournisseur (siret, raison_sociale, etat, contact, courriel, telephone, cree, cherche)
			SELECT CAST(10000000000000 + i AS TEXT), 'Société ' || CAST(i AS TEXT), 'actif', 'Contact', 'c@exemple.invalid', '', i, 'societe ' || CAST(i AS TEXT) FROM n`,
		suite + `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) SELECT i, 'incomplete', 3, 100 FROM n WHERE i % 3 > 0`,
		suite + `INSERT INTO demande_etat (fournisseur_id, etat, nombre, montant) SELECT i, 'complete', 1, 100 FROM n WHERE i % 1000 = 0`,
	} {
		if _, err := b.Pool().ExecContext(t.Context(), texte, n); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := b.Pool().ExecContext(t.Context(), entretien); err != nil {
		t.Fatal(err)
	}
}

// Whoever goes from page to page meets each supplier once, and no other.
func TestPagesOfSuppliers(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		peupler(t, b, 2*parPage+3)
		s := &Service{Config: Config{Base: b}}
		for _, x := range []struct {
			texte string
			etat  etat.Etat
			want  int
		}{{want: 2*parPage + 3}, {etat: etat.Incomplete, want: 69}, {etat: etat.Refusee}, {texte: "SOCIÉTÉ 10", want: 5}, {texte: "0000 7", etat: etat.Incomplete, want: 8}} {
			vus := map[string]bool{}
			for page := 0; ; page++ {
				liste, err := s.fournisseurs(t.Context(), x.texte, x.etat, page)
				if err != nil {
					t.Fatal(err)
				}
				for _, f := range liste[:min(parPage, len(liste))] {
					if vus[f.Adresse] || x.etat != "" && f.Nombre != 3 {
						t.Errorf("%+v: %+v again, or without", x, f)
					}
					vus[f.Adresse] = true
				}
				if len(liste) <= parPage {
					break
				}
			}
			if len(vus) != x.want {
				t.Errorf("%+v: %d suppliers", x, len(vus))
			}
		}
	})
}

// BenchmarkFournisseurs shows pages of 100 000 suppliers.
func BenchmarkFournisseurs(b *testing.B) {
	for nom, base := range map[string]func(testing.TB) *db.Base{"sqlite": essai.SQLite, "postgres": essai.Postgres} {
		s := &Service{Config: Config{Base: base(b)}}
		peupler(b, s.Base, 100_000)
		for quoi, r := range recherches {
			b.Run(nom+"/"+quoi, func(b *testing.B) {
				for b.Loop() {
					if _, err := s.fournisseurs(b.Context(), r.texte, r.etat, r.page); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
