package instruction

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"guichet/internal/portail/db"
	dbessai "guichet/internal/portail/db/essai"
	"guichet/internal/portail/etat"
)

// Each list, with each filter and in each order, is walked along an index: nothing is sorted, and no table is read whole.
func TestQueueGoesAlongIndexes(t *testing.T) {
	t.Parallel()
	b := dbessai.SQLite(t)
	s := Nouveau(Config{Base: b, Maintenant: func() time.Time { return time.UnixMicro(1e15) }})
	place := &Place{Valeur: 1, Cle: etat.Cle{Depot: 1}}
	for _, d := range files {
		for nom, f := range map[string]Filtre{
			"": {}, "supplier": {Fournisseur: 1}, "software": {Logiciel: "ANS0000001"}, "OG": {OG: "990000001"}, "held": {Tenue: 3}, "alert": {Alerte: AvecAlerte}, "rule": {Alerte: "A509"}, "opinions": {Avis: AvecAvis}, "missing opinions": {Avis: AvisAttendus},
		} {
			f.File, f.Agent = d.file, 7
			for _, f.Tri = range []Tri{ParEcheance, ParEcheanceD} {
				plan(t, b, fmt.Sprintf("%s %s %s", d.file, nom, f.Tri), s.parcours(f, place), f.Tri)
			}
		}
	}
	for _, tri := range []Tri{ParMontant, ParMontantD} {
		for _, avis := range []string{AvecAvis, AvisAttendus, AvisRendus} {
			c := s.parcours(Filtre{File: Toutes, Avis: avis, Tri: tri}, place)
			plan(t, b, string(tri)+" opinions "+avis, c, tri)
		}
		for _, alerte := range []string{"", AvecAlerte, "A509"} {
			plan(t, b, string(tri)+" "+alerte, s.parcours(Filtre{File: APrendre, Alerte: alerte, Tri: tri}, place), tri)
		}
		for nom, f := range map[string]Filtre{"": {}, "supplier": {Fournisseur: 1}, "software": {Logiciel: "ANS0000001"}, "bounds": {Min: 1, Max: 2}} {
			f.File, f.Tri = Toutes, tri
			plan(t, b, string(tri)+" "+nom, s.parcours(f, place), tri)
		}
	}
}

// The list of what lacks documents, and its count, follow the index of the deposits that lack some.
func TestPlanOfIncompletes(t *testing.T) {
	t.Parallel()
	b := dbessai.SQLite(t)
	for _, texte := range []string{
		`SELECT p.id FROM depot p WHERE p.incompletes > 0 AND (p.recu, p.id) >= (1, 1) AND (CAST(0 AS BIGINT) = 0 OR p.fournisseur_id = 0) ORDER BY p.recu, p.id LIMIT 52`,
		`SELECT incompletes AS n FROM depot WHERE incompletes > 0 ORDER BY recu, id LIMIT 1001`,
	} {
		etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
			var x int
			return l.Scan(&x, &x, &x, etape)
		}, "EXPLAIN QUERY PLAN "+texte)
		if tout := strings.Join(etapes, "; "); err != nil || !strings.Contains(tout, "INDEX depot_incomplets") || strings.Contains(tout, "TEMP B-TREE") {
			t.Errorf("%s, %v", tout, err)
		}
	}
}

func plan(t *testing.T, b *db.Base, nom string, c *parcours, tri Tri) {
	t.Helper()
	etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
		var x int
		return l.Scan(&x, &x, &x, etape)
	}, "EXPLAIN QUERY PLAN "+c.texte(tri)+"50", c.Args...)
	if err != nil {
		t.Fatal(err)
	}
	tout := strings.Join(etapes, "; ")
	if !strings.Contains(tout, "INDEX dossier_") && !strings.Contains(tout, "SEARCH a USING PRIMARY KEY") || strings.Contains(tout, "TEMP B-TREE") {
		t.Errorf("%s: %s", nom, tout)
	}
}
