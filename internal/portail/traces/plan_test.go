package traces

import (
	"strings"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
)

// Traces are walked along an index of what is asked for: nothing is sorted, and few of them do not have all of them read.
func TestTracesGoAlongIndexes(t *testing.T) {
	t.Parallel()
	b := essai.SQLite(t)
	for nom, x := range map[string]struct {
		filtre Filtre
		veut   string
	}{
		"all": {Filtre{}, "SCAN trace"}, "further": {Filtre{Avant: 7}, "INTEGER PRIMARY KEY (rowid<?)"}, "kind": {Filtre{Genre: "frein"}, "trace_genre (genre=?)"},
		"kind, further": {Filtre{Genre: "frein", Avant: 7}, "trace_genre (genre=? AND id<?)"}, "account": {Filtre{Compte: 7}, "trace_compte (compte=?)"},
		"account, further": {Filtre{Compte: 7, Avant: 7}, "trace_compte (compte=? AND id<?)"},
	} {
		texte, args := x.filtre.requete()
		etapes, err := db.Lignes(t.Context(), b.Lire(), func(l db.Ligne, etape *string) error {
			var n int
			return l.Scan(&n, &n, &n, etape)
		}, "EXPLAIN QUERY PLAN "+texte, args...)
		if plan := strings.Join(etapes, "; "); err != nil || !strings.Contains(plan, x.veut) || strings.Contains(plan, "TEMP B-TREE") {
			t.Errorf("%s: %s, %v", nom, plan, err)
		}
	}
}
