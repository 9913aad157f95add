package enrolement

import (
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// filtres are those of the page, with those that find little, or nothing, and with the last page.
var filtres = map[string]Filtre{
	"all": {}, "to look at": {Etat: "demande"}, "second opinion": {Etat: "avis"}, "to correct": {Etat: "refuse"}, "kind": {Genre: "banque"},
	"name": {Cherche: "société 77"}, "nobody": {Cherche: "aucun nom"}, "SIRET": {Cherche: "000000 09"}, "reference": {Cherche: "ENR-00099"},
	"all at once": {Etat: "accepte", Genre: "enrolement", Cherche: "000 099"}, "last": {Page: 1999}, "beyond": {Page: 10_000},
}

// The list, with each filter, is walked along its index, from which alone what is not shown is read: nothing is sorted but the
// page.
func TestListGoesAlongItsIndex(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	for nom, f := range filtres {
		etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
			var x int
			return l.Scan(&x, &x, &x, etape)
		}, "EXPLAIN QUERY PLAN "+lister, f.args()...)
		if err != nil {
			t.Fatal(err)
		}
		plan := strings.Join(etapes, "; ")
		if !strings.Contains(plan, "enrolement USING COVERING INDEX enrolement_liste") || strings.Count(plan, "TEMP B-TREE") != 1 || !strings.HasSuffix(plan, "USE TEMP B-TREE FOR ORDER BY") {
			t.Errorf("%s: %s", nom, plan)
		}
	}
	etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
		var x int
		return l.Scan(&x, &x, &x, etape)
	}, `EXPLAIN QUERY PLAN SELECT count(*) FROM (SELECT 1 FROM enrolement WHERE etat = 'demande' LIMIT 9) n`)
	if plan := strings.Join(etapes, "; "); err != nil || !strings.Contains(plan, "COVERING INDEX enrolement_etat") {
		t.Errorf("those that wait: %s, %v", plan, err)
	}
}

// remplir stores n requests, of which one in fifty waits, each as heavy as they are.
func remplir(t testing.TB, b *db.Base, n int) {
	t.Helper()
	_, err := b.Pool().ExecContext(t.Context(), `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < $1)
		INSERT INTO enrolement (reference, empreinte, genre, etat, siret, nom, cherche, donnees, langue, cree, modifie, envoye, avis)
		SELECT 'ENR-' || CAST(1000000 + i AS TEXT), CAST(i AS TEXT), CASE WHEN i % 9 = 0 THEN 'banque' ELSE 'enrolement' END,
			CASE WHEN i % 50 = 0 THEN 'demande' WHEN i % 7 = 0 THEN 'refuse' WHEN i % 11 = 0 THEN 'brouillon' ELSE 'accepte' END,
			CAST(10000000000000 + i AS TEXT), 'Société ' || CAST(i AS TEXT), 'societe ' || CAST(i AS TEXT), CAST($2 AS TEXT), 'fr', i, i, i, CASE WHEN i % 500 = 0 THEN 1 ELSE 0 END FROM n`,
		n, `{"adresse":"`+strings.Repeat("x", 1500)+`"}`)
	entretien := "ANALYZE"
	if b.Dialecte.Tableaux { // what PostgreSQL does by itself, within a minute
		entretien = "VACUUM ANALYZE"
	}
	if err == nil {
		_, err = b.Pool().ExecContext(t.Context(), entretien)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// BenchmarkListe shows each page of the list among 100 000 requests.
func BenchmarkListe(b *testing.B) {
	for nom, base := range map[string]func(testing.TB) *db.Base{"sqlite": essai.SQLite, "postgres": essai.Postgres} {
		s := &Service{Config: Config{Base: base(b), Maintenant: time.Now}}
		remplir(b, s.Base, 100_000)
		for quoi, f := range filtres {
			b.Run(nom+"/"+quoi, func(b *testing.B) {
				for b.Loop() {
					if _, _, err := s.Lister(b.Context(), f); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}
