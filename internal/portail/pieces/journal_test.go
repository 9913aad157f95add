package pieces_test

import (
	"fmt"
	"maps"
	"testing"

	"guichet/internal/portail/db"
	"guichet/internal/portail/db/essai"
	"guichet/internal/portail/journal"
	"guichet/internal/portail/pieces"
)

// The journal tells what came and what was found in it, though the bytes are let go: which archive, its SHA-256 and size, how
// many documents of each kind, why it was refused, who sent it.
func TestJournalTellsWhatCame(t *testing.T) {
	t.Parallel()
	essai.Bases(t, func(t *testing.T, b *db.Base) {
		m := nouveau(t, b)
		m.vue(false)
		bonne := m.envoyer(t, "lot.zip", zipper(t, completes(t)[0], entree{"MS1-DUI-Va1-BDC-A0002.pdf", []byte("pas un PDF")}, entree{"lisez-moi.txt", []byte("x")}))
		abimee := m.envoyer(t, "abimee.zip", []byte("PK\x03\x04 et rien de plus"))
		m.envoyer(t, "MS1-DUI-Va1-BDC-A0001.pdf", pdf("autre")) // takes the place of the first
		lignes, err := journal.Partie(t.Context(), b.Lire(), m.fournisseur, 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		vues := map[string]journal.Ligne{}
		for _, l := range lignes {
			vues[l.Action+" "+l.Details["archive"]] = l.Ligne
		}
		for _, c := range []struct {
			action                              string
			a                                   *pieces.Archive
			acteur                              int64
			code, acceptees, refusees, ecartees string
		}{
			{"pieces.recues", bonne, 1, "", "0", "0", "0"}, {"pieces.examinees", bonne, 0, "", "1", "1", "1"},
			{"pieces.recues", abimee, 1, "", "0", "0", "0"}, {"pieces.examinees", abimee, 0, abimee.Code, "0", "0", "0"},
		} {
			l, ok := vues[fmt.Sprintf("%s %d", c.action, c.a.ID)]
			want := map[string]string{
				"archive": fmt.Sprint(c.a.ID), "sha256": c.a.SHA256, "taille": fmt.Sprint(c.a.Taille), "code": c.code,
				"acceptees": c.acceptees, "refusees": c.refusees, "ecartees": c.ecartees,
			}
			if !ok || l.Acteur != c.acteur || !maps.Equal(l.Details, want) {
				t.Errorf("%s: %+v, want %v", c.action, l, want)
			}
		}
		if abimee.Code == "" || len(bonne.SHA256) != 64 {
			t.Errorf("%+v, %+v", abimee, bonne)
		}
	})
}
